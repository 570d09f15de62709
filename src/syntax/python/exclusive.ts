import { argumentsOf, calleeOf, memberOf } from './expressions';
import type { PythonFile } from './file';
import type { PythonNode } from './node';
import type { Value } from './values';

/** Objects that serve one coroutine at a time. */
const EXCLUSIVE: ReadonlySet<Value['kind'] | undefined> = new Set(['session', 'connection', 'cursor']);
const EXCLUSIVE_NAMES = /^(?:db|session|db_session|conn|connection|cursor|cur|tx|txn|transaction|uow|websocket|ws|page|browser)$/;

/** A session, a connection, a socket or a browser page, as receiver or argument of a call, takes one call at a time. */
export function takesTurns(call: PythonNode, file: PythonFile): boolean {
  const owner = memberOf(calleeOf(call))?.object;
  const values = [...(owner ? [owner] : []), ...argumentsOf(call).map((argument) => argument.value)];
  return values.some((value) => {
    const kind = file.valueOf(value)?.kind;
    const name = memberOf(value)?.name ?? value.text;
    // The session of an HTTP client and a pool of a driver are many connections.
    if (kind === 'client' || /pool$/i.test(name)) return false;
    return EXCLUSIVE.has(kind) || EXCLUSIVE_NAMES.test(name);
  });
}
