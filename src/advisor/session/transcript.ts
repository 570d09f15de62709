import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError, failures } from '../../core/failures';
import { RUN_ID } from '../../evidence/runId';
import { EVIDENCE_FOLDER } from '../../evidence/store';
import type { EvidenceItem } from '../evidence/item';
import type { Message } from '../model';
import { REDACTED } from '../privacy/redact';
import type { Entry } from '../view';

const FOLDER = 'advisor';

/** One line of a transcript. Lines are only ever added; the last one about a thing counts. */
export type TranscriptLine =
  | { readonly type: 'start'; readonly version: 1; readonly at: string; readonly fence: string }
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'forget'; readonly length: number }
  | { readonly type: 'evidence'; readonly key: string; readonly item: EvidenceItem }
  | { readonly type: 'entry'; readonly entry: Entry };

/** Keeps conversations in `.performance/advisor/<id>.jsonl`, which nobody else can read and git ignores. */
export class TranscriptStore {
  private readonly folder: string;

  constructor(private readonly workspace: string) {
    this.folder = join(workspace, EVIDENCE_FOLDER, FOLDER);
  }

  /** Begins to write one down. `secrets` never reach the disk. */
  writer(id: string, secrets: () => readonly string[]): TranscriptWriter {
    return new TranscriptWriter(this.workspace, join(this.folder, `${id}.jsonl`), `${EVIDENCE_FOLDER}/${FOLDER}/${id}.jsonl`, secrets);
  }

  /** undefined where there is none. A line that was cut off by a crash is passed over. @throws FailureError */
  async read(id: string): Promise<readonly TranscriptLine[] | undefined> {
    if (!RUN_ID.test(id)) return undefined;
    const text = await readFile(join(this.folder, `${id}.jsonl`), 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const lines = text.split('\n').flatMap((line) => lineOf(line) ?? []);
    const [first] = lines;
    if (first?.type !== 'start' || first.version !== 1) throw new FailureError(failures.brokenTranscript(`${EVIDENCE_FOLDER}/${FOLDER}/${id}.jsonl`));
    return lines;
  }
}

export class TranscriptWriter {
  private queue: Promise<void> = Promise.resolve();
  private hasFailed = false;
  private pending?: TranscriptLine;

  constructor(
    private readonly workspace: string,
    private readonly path: string,
    private readonly name: string,
    private readonly secrets: () => readonly string[],
  ) {}

  /** Called once, when nothing more can be written down; the conversation goes on. */
  onFailure: (error: FailureError) => void = () => undefined;

  /** Sets the first line, which is written with the second: a conversation in which nothing was said leaves no file. */
  begin(line: TranscriptLine): void {
    this.pending = line;
  }

  write(line: TranscriptLine): void {
    if (this.pending !== undefined) {
      const first = this.pending;
      this.pending = undefined;
      this.write(first);
    }
    let text = JSON.stringify(line);
    for (const secret of this.secrets()) if (secret !== '') text = text.replaceAll(secret, REDACTED);
    this.queue = this.queue.then(() => this.append(`${text}\n`));
  }

  /** Resolves when everything so far is on the disk. */
  flushed(): Promise<void> {
    return this.queue;
  }

  private async append(text: string): Promise<void> {
    if (this.hasFailed) return;
    try {
      await mkdir(join(this.path, '..'), { recursive: true });
      await writeFile(join(this.workspace, EVIDENCE_FOLDER, '.gitignore'), '*\n', { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
      await appendFile(this.path, text, { mode: 0o600 });
    } catch (error) {
      this.hasFailed = true;
      this.onFailure(new FailureError(failures.transcriptNotWritten(this.name, error)));
    }
  }
}

const TYPES: ReadonlySet<unknown> = new Set<TranscriptLine['type']>(['start', 'message', 'forget', 'evidence', 'entry']);

function lineOf(text: string): TranscriptLine | undefined {
  try {
    const line = JSON.parse(text) as TranscriptLine;
    return TYPES.has(line.type) ? line : undefined;
  } catch {
    return undefined;
  }
}
