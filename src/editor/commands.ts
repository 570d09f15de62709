import * as vscode from 'vscode';
import type { CommandArguments, CommandId } from './contributions/commands';
import { failureOf, tell } from './tell';

/**
 * Registers a command. Whatever it throws is told to the user with its next step, and is what the command
 * answers to another extension that has run it.
 * Commands can be run by anybody, from key bindings and from links, so arguments are not what they should be
 * until they are looked at: `text` below takes one.
 */
export function registerCommand(
  id: CommandId,
  log: vscode.LogOutputChannel,
  run: (...args: unknown[]) => unknown,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: unknown[]): Promise<unknown> => {
    try {
      return await run(...args);
    } catch (error) {
      const failure = failureOf(error);
      if (failure === undefined) return undefined;
      log.error(`${id}: ${error instanceof Error && failure.code === 'unexpected' ? error.stack : failure.message}`);
      tell(failure);
      return failure;
    }
  });
}

/** Runs one of our own commands with the arguments it declares. */
export function runCommand<Id extends CommandId>(id: Id, ...args: Partial<CommandArguments[Id]>): Thenable<unknown> {
  return vscode.commands.executeCommand(id, ...args);
}

/** An argument as text; undefined when it is absent or something else, such as the URI object a menu hands over. */
export function text(argument: unknown): string | undefined {
  return typeof argument === 'string' && argument !== '' ? argument : undefined;
}
