import { fork, type ChildProcess } from 'node:child_process';
import type { TypeKind } from '../core/rule';
import type { Answer, Question } from '../types/protocol';

/** After this long without a question the process is ended and its memory is free again. */
const IDLE_MS = 20_000;
/** A process that says nothing for so long hangs; it is ended, and its questions stay open. */
const HANGING_MS = 30_000;
/** V8's own limit, in megabytes: a type is not worth more. */
const HEAP_LIMIT_MB = 320;

/**
 * The process that answers type questions.
 *
 *   none    --ask--> running
 *   running --answered, nothing asked for a while--> none
 *   running --crash or silence--> none; what was asked has no answer
 */
export class TypeProcess {
  private child?: ChildProcess;
  private timer?: NodeJS.Timeout;
  private lastId = 0;
  private readonly waiting = new Map<number, (answer: Answer | undefined) => void>();

  /**
   * @param program absolute path of the program to start.
   * @param warn told why questions stay open.
   */
  constructor(
    private readonly program: string,
    private readonly warn: (message: string) => void,
  ) {}

  /** @returns one answer for each span; undefined where the process could not say anything. */
  async ask(question: Omit<Question, 'id'>): Promise<readonly (TypeKind | undefined)[] | undefined> {
    const id = ++this.lastId;
    const answer = await new Promise<Answer | undefined>((resolve) => {
      this.waiting.set(id, resolve);
      this.watch(HANGING_MS);
      this.running().send({ ...question, id }, (error) => error && this.settle(id, undefined));
    });
    if (answer?.failure !== undefined) this.warn(`types of ${question.file}: ${answer.failure}`);
    return answer?.failure === undefined ? answer?.kinds : undefined;
  }

  get isRunning(): boolean {
    return this.child !== undefined;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.child?.kill('SIGKILL');
    this.ended(this.child);
  }

  private running(): ChildProcess {
    if (this.child) return this.child;
    const child = fork(this.program, [], { execArgv: [...nodeOptions(), `--max-old-space-size=${HEAP_LIMIT_MB}`], stdio: 'ignore', serialization: 'advanced' });
    child.on('message', (answer: Answer) => this.settle(answer.id, answer));
    child.on('error', (error) => this.lost(child, error.message));
    child.on('exit', (code, signal) => this.lost(child, `it ended with ${signal ?? code}`));
    return (this.child = child);
  }

  private settle(id: number, answer: Answer | undefined): void {
    const resolve = this.waiting.get(id);
    this.waiting.delete(id);
    this.watch(this.waiting.size > 0 ? HANGING_MS : IDLE_MS);
    resolve?.(answer);
  }

  /** Ends the process after a while in which nothing happens: it is idle, or it hangs. */
  private watch(after: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.child?.kill('SIGKILL'), after);
    this.timer.unref();
  }

  private lost(child: ChildProcess, why: string): void {
    if (child !== this.child) return;
    if (this.waiting.size > 0) this.warn(`${this.waiting.size} type questions stay open: ${why}`);
    this.ended(child);
  }

  private ended(child: ChildProcess | undefined): void {
    if (child !== this.child) return;
    this.child = undefined;
    clearTimeout(this.timer);
    for (const id of [...this.waiting.keys()]) {
      const resolve = this.waiting.get(id)!;
      this.waiting.delete(id);
      resolve(undefined);
    }
  }
}

/** Those of this process, which may say how TypeScript is loaded; a debugger's port is taken by the server. */
function nodeOptions(): string[] {
  return process.execArgv.filter((option) => !option.startsWith('--inspect'));
}
