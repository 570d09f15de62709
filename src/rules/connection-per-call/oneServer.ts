import { argumentAt, memberOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { simpleAssignment } from '../../syntax/python/statements';

export const HTTP_CLIENTS = /^(?:requests|httpx|aiohttp)\./;

/** An address with a host in it: `"https://api.example.com/..."`, also as the beginning of an f-string. */
const LITERAL_HOST = /^[rbuf]*["']+https?:\/\/[^{/"']/i;
/** A constant or a setting, alone or at the beginning of an f-string. */
const CONSTANT_HOST = /^(?:[A-Z][A-Z0-9_]*$|[rbuf]*["']+\{[A-Z][A-Z0-9_]*\}|(?:[rbuf]*["']+\{)?(?:settings|config|conf|app\.config|current_app\.config)\b)/;

/** Whether an HTTP client talks to one server: to others, given from call to call, no connection could be used again. */
export function asksOneServer(call: PythonNode, owner: PythonNode, file: PythonFile): boolean {
  const base = argumentAt(call, Number.MAX_SAFE_INTEGER, 'base_url');
  if (base !== undefined) return isFixed(base);
  const direct = memberOf(call.parent);
  if (direct?.object === call) return asksFixed(call.parent!.parent);
  const name = nameOf(call);
  return name !== undefined && file.usesOf(name).some((use) => owner.contains(use) && memberOf(use.parent)?.object === use && asksFixed(use.parent!.parent));
}

/** `client = Client()` and `with Client() as client`. */
function nameOf(call: PythonNode): string | undefined {
  const assignment = simpleAssignment(call.parent);
  if (assignment?.value === call) return assignment.target.text;
  const alias = call.next?.kind === 'as' ? call.next.next : undefined;
  return alias?.kind === 'VariableName' ? alias.text : undefined;
}

function asksFixed(request: PythonNode | undefined): boolean {
  if (request?.kind !== 'CallExpression') return false;
  const isGeneral = request.calledName === 'request' || request.calledName === 'stream';
  const url = argumentAt(request, isGeneral ? 1 : 0, 'url');
  return url !== undefined && isFixed(url);
}

function isFixed(url: PythonNode): boolean {
  return LITERAL_HOST.test(url.text) || CONSTANT_HOST.test(url.text);
}
