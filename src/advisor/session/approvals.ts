import type { ApprovalQuestion } from '../tools/tool';
import type { ApprovalState, Entry } from '../view';
import type { Entries } from './entries';

/** Commands that the user has allowed for good, each exactly as it was shown. */
export interface AllowedCommands {
  has(command: string, cwd: string): boolean;
  add(command: string, cwd: string): Promise<void>;
  readonly list: readonly string[];
  clear(): Promise<void>;
}

export type Decision = 'once' | 'always' | 'no';

/** The command of a measurement names a folder that is made for it, so it never comes again. */
const isRepeatable = ({ tool }: ApprovalQuestion): boolean => tool === 'Bash';

interface Open {
  readonly question: ApprovalQuestion;
  decide(decision: Decision): void;
}

/**
 * Asks before anything runs. Only the user's own click answers: nothing that a model or a file says does.
 *
 * | state   | event                          | answer | entry          |
 * |---------|--------------------------------|--------|----------------|
 * | -       | asked, allowed for good before | yes    | always         |
 * | -       | asked                          | -      | open           |
 * | open    | once                           | yes    | once           |
 * | open    | always                         | yes    | always, stored |
 * | open    | no                             | no     | denied         |
 * | open    | the question is stopped        | throws | denied         |
 */
export class Approvals {
  private readonly open = new Map<string, Open>();

  constructor(
    private readonly entries: Entries,
    private readonly allowed: AllowedCommands,
  ) {}

  /** Whether it may run. @throws the signal's reason */
  async ask(question: ApprovalQuestion, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    const id = this.entries.newId();
    if (isRepeatable(question) && this.allowed.has(question.command, question.cwd)) {
      this.show(id, question, 'always');
      return true;
    }
    this.show(id, question, 'open');
    const decision = await new Promise<Decision>((resolve, reject) => {
      const stop = (): void => {
        this.open.delete(id);
        this.show(id, question, 'denied');
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', stop, { once: true });
      this.open.set(id, {
        question,
        decide: (answer) => {
          signal.removeEventListener('abort', stop);
          resolve(answer);
        },
      });
    });
    const isForGood = decision === 'always' && isRepeatable(question);
    if (isForGood) await this.allowed.add(question.command, question.cwd);
    this.show(id, question, decision === 'no' ? 'denied' : isForGood ? 'always' : 'once');
    return decision !== 'no';
  }

  /** The user's answer. One to a question that is not open is passed over. */
  decide(id: string, decision: Decision): void {
    const open = this.open.get(id);
    this.open.delete(id);
    open?.decide(decision);
  }

  private show(id: string, { tool, command, cwd, reason }: ApprovalQuestion, state: ApprovalState): void {
    const entry: Entry = { kind: 'approval', id, tool, command, cwd, reason, state };
    this.entries.put(entry, state !== 'open');
  }
}
