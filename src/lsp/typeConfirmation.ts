import { join } from 'node:path';
import { contentHash } from '../core/hash';
import type { TypeAnswers } from '../detect/typeAnswers';
import { readSource } from '../workspace/files';
import type { Session } from './session';
import { TypeProcess } from './typeProcess';

/** Types are asked for once typing has paused: an answer to a text that has changed meanwhile is worth nothing. */
const PAUSE_MS = 150;

interface Asked {
  readonly session: Session;
  readonly file: string;
}

/**
 * Has a type checker confirm or withdraw what the detector could only guess, one file at a time: documents
 * that are open first, then the rest of the folder. A finding that is withdrawn disappears without a word.
 */
export class TypeConfirmation {
  private readonly process: TypeProcess;
  private readonly pending = new Map<string, Asked>();
  private timer?: NodeJS.Timeout;
  private isAsking = false;

  /** @param answered called when the findings of a file may have changed. */
  constructor(
    program: string,
    warn: (message: string) => void,
    private readonly answered: (session: Session, file: string) => void,
  ) {
    this.process = new TypeProcess(program, warn);
  }

  /** A document was analysed anew. */
  document(session: Session, file: string): void {
    this.add(session, file);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.work(), PAUSE_MS);
  }

  /** A folder was scanned. */
  folder(session: Session): void {
    for (const { file } of session.detector.facts()) this.add(session, file);
    void this.work();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.pending.clear();
    this.process.dispose();
  }

  private add(session: Session, file: string): void {
    if (session.names.root === undefined || session.detector.questions(file).questions.length === 0) return;
    this.pending.set(`${session.names.root.uri}\0${file}`, { session, file });
  }

  private async work(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      for (let next = this.takeNext(); next; next = this.takeNext()) await this.ask(next);
    } finally {
      this.isAsking = false;
    }
  }

  private takeNext(): Asked | undefined {
    const entries = [...this.pending];
    const next = entries.find(([, { session, file }]) => session.open.has(file)) ?? entries[0];
    if (next === undefined) return undefined;
    this.pending.delete(next[0]);
    return next[1];
  }

  private async ask({ session, file }: Asked): Promise<void> {
    const { textHash, questions } = session.detector.questions(file);
    const text = await textOf(session, file);
    // Another text than the one that was analysed: its analysis is on its way, and asks again.
    if (text === undefined || questions.length === 0 || contentHash(text) !== textHash) return;
    const root = session.names.root!.path;
    const spans = questions.map(({ span }) => span);
    const kinds = await this.process.ask({ root: forwardSlashes(root), file: forwardSlashes(join(root, file)), text, spans });
    if (kinds === undefined) return;
    const answers: TypeAnswers = new Map(questions.map(({ key }, index) => [key, kinds[index]]));
    session.answer(file, answers);
    this.answered(session, file);
  }
}

async function textOf(session: Session, file: string): Promise<string | undefined> {
  const document = session.open.get(file);
  if (document) return document.getText();
  const reading = await readSource(session.names.root!.path, file);
  return reading.kind === 'source' ? reading.text : undefined;
}

/** The compiler knows no other. */
function forwardSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}
