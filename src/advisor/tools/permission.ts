import { FailureError, failures } from '../../core/failures';
import type { Permission } from '../host';
import { hidesSomething } from './command';
import type { ApprovalQuestion } from './tool';

/** Whoever answers before anything runs: the user, by the view of the conversation or by another agent's client. */
interface Asker {
  approve(question: ApprovalQuestion, signal: AbortSignal): Promise<boolean>;
}

/**
 * How a tool asks before it runs something. Names of files and statements come into a command from outside, so one that
 * cannot be read as it would run is not even asked about. `ask` throws FailureError then.
 */
export function permission({ approve }: Asker, tool: string, reason: string, signal: AbortSignal): Permission {
  return {
    signal,
    ask: async (command, cwd) => {
      if (hidesSomething(command) || hidesSomething(cwd)) throw new FailureError(failures.commandHidden(tool));
      return approve({ tool, command, cwd, reason }, signal);
    },
  };
}
