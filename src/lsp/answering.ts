import { setImmediate as nextTurn } from 'node:timers/promises';
import { ErrorCodes, LSPErrorCodes, ResponseError, type CancellationToken, type RemoteConsole } from 'vscode-languageserver';
import { FailureError, type Failure } from '../core/failures';
import type { ServerContext } from './context';
import type { Requests } from './protocol';

/** A handler as the connection wants it. */
export type Handler<Params, Result> = (params: Params, token: CancellationToken) => Promise<Result>;

/**
 * Wraps the handler of one request: it sees edits and cancellations that are already waiting, a failure
 * reaches the client with its code, and whatever else goes wrong costs this answer and nothing more.
 */
export function answering<Params, Result>(
  log: RemoteConsole,
  name: string,
  handle: (params: Params) => Result | Promise<Result>,
): Handler<Params, Result> {
  return async (params, token) => {
    await nextTurn();
    if (token.isCancellationRequested) throw cancelled(name);
    try {
      const result = await handle(params);
      if (token.isCancellationRequested) throw cancelled(name);
      return result;
    } catch (error) {
      throw errorOf(log, name, error);
    }
  };
}

/** Registers one of our own requests; its types are those of the protocol. */
export function onRequest<Name extends keyof Requests>(
  { connection }: ServerContext,
  method: Name,
  handle: (params: Requests[Name]['params']) => Promise<Requests[Name]['result']>,
): void {
  connection.onRequest(method, answering<Requests[Name]['params'], unknown>(connection.console, method, handle));
}

/** Parameters come from another program: a text that is none is told to it instead of failing somewhere below. */
export function requireText(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw new ResponseError<void>(ErrorCodes.InvalidParams, `"${name}" must be a string.`);
}

function cancelled(name: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, `${name} was cancelled.`);
}

function errorOf(log: RemoteConsole, name: string, error: unknown): ResponseError<Failure | void> {
  if (error instanceof FailureError) return new ResponseError(LSPErrorCodes.RequestFailed, error.message, error.failure);
  if (error instanceof ResponseError) return error;
  log.error(`${name}: ${error instanceof Error ? error.stack : String(error)}`);
  return new ResponseError(ErrorCodes.InternalError, `${name} failed: ${error instanceof Error ? error.message : String(error)}`);
}
