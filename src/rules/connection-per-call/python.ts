import type { Match } from '../../core/rule';
import { connectionOf, CONNECTION_NAMES } from '../../syntax/python/data/connections';
import { argumentAt, argumentsOf, calleeOf, callText, memberOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { hasFixedHost } from '../../syntax/python/data/urls';
import { isMemoised, leavesEarly, sleeps } from '../../syntax/python/iteration';
import { isRetry, sizeOf, SMALLEST_LOOP } from '../../syntax/python/perItem';
import { decoratorsOf, simpleAssignment, withItems } from '../../syntax/python/statements';
import type { PythonMatcher } from '../matchers';
import { hoist } from './pythonFix';
import type { Facts } from './rule';

/** Functions that run once, by their name or by what they are for. */
const ONCE = /^(?:__init__|__aenter__|__enter__|main|setup\w*|set_up\w*|init\w*|connect\w*|configure\w*|start\w*|startup|lifespan|bootstrap|load_\w+|create_app|register\w*|migrate\w*|seed\w*|run\w*)$|telemetry|heartbeat|health|(?:^|_)(?:validate|verify|check|provision|tenant|notify|credentials?|token|user_?info|oauth|log_?in)(?:_|$)|(?:^|_)(?:fixture|factory)$/;
const VERBS: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'request']);
const CACHES = /(?:^|\.)(?:lru_cache|cache|cached_property|cached|singleton|asynccontextmanager|contextmanager|fixture)$/;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: [...CONNECTION_NAMES, ...VERBS],

  find(call, file) {
    if (CONNECTION_NAMES.has(call.calledName)) return clientOfCall(call, file);
    return VERBS.has(call.calledName) ? sessionlessLoop(call, file) : undefined;
  },

  fix: (_match: Match<Facts>, call, file) => (CONNECTION_NAMES.has(call.calledName) ? hoist(call, file) : undefined),
};

function clientOfCall(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const owner = call.closest('FunctionDefinition', 'LambdaExpression');
  if (owner?.kind !== 'FunctionDefinition' || file.scriptEntries.size > 0 || runsOnce(owner)) return undefined;
  const connection = connectionOf(file.names.qualified(calleeOf(call)) ?? '');
  if (connection === undefined || isMemoised(call, owner) || /cache/i.test(file.text.slice(owner.start, call.start))) return undefined;
  if (dependsOnCall(call, owner, file)) return undefined;
  const name = holderOf(call);
  // `boto3.client("s3").put_object(…)` keeps it for this one call.
  const uses = name ? usesOf(name, call, file) : isUsedInPlace(call) ? [call] : undefined;
  if (uses === undefined || uses.some(escapes)) return undefined;
  const loop = file.loopsAround(call)[0];
  // A session that serves a loop is shared already, as far as this function can.
  if (loop === undefined && uses.some((use) => file.loopsAround(use).length > 0)) return undefined;
  if (uses.length > 0 && uses.every(onlySigns)) return undefined;
  if (connection.isHttp && !uses.some((use) => asksOneHost(use, owner, file))) return undefined;
  return {
    span: call,
    facts: { call: callText(call), opens: connection.opens, loop: loop?.label, instead: connection.instead },
  };
}

/** `requests.get(f"https://host/{id}")` per item: without a session each call connects anew. */
function sessionlessLoop(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const loop = file.loopsAround(call)[0];
  if (loop === undefined || loop.kind === 'while' || (loop.size !== undefined && loop.size < SMALLEST_LOOP)) return undefined;
  const library = /^(requests|httpx)\.\w+$/.exec(file.names.qualified(calleeOf(call)) ?? '')?.[1];
  const owner = call.closest('FunctionDefinition');
  if (library === undefined || owner === undefined || file.scriptEntries.size > 0 || isRetry(loop) || sleeps(loop) || leavesEarly(loop)) return undefined;
  const url = argumentAt(call, call.calledName === 'request' ? 1 : 0, 'url');
  if (url === undefined || !hasFixedHost(url, owner, file)) return undefined;
  return {
    span: call,
    facts: { call: callText(call), opens: 'a connection', loop: loop.label, instead: library === 'requests' ? 'one Session' : 'one Client' },
    size: sizeOf(loop, file),
  };
}

/** A method that works, and not one that yields a part of the client: `resource("s3").Bucket(name)`. */
function isUsedInPlace(call: PythonNode): boolean {
  const member = memberOf(call.parent);
  if (member?.object !== call || call.parent!.parent?.kind !== 'CallExpression') return false;
  return !/^(?:[A-Z]\w*|client|resource|session|bucket|pipeline|pubsub|lock|with_options)$/.test(member.name);
}

function runsOnce(owner: PythonNode): boolean {
  for (let at: PythonNode | undefined = owner; at !== undefined; at = at.closest('FunctionDefinition')) {
    if (ONCE.test(at.child('VariableName')?.text ?? '') || decoratorsOf(at).some(({ name }) => CACHES.test(name))) return true;
  }
  return false;
}

/** The name of `client = X()` and of `with X() as client:`. */
export function holderOf(call: PythonNode): PythonNode | undefined {
  const parent = call.parent?.kind === 'AwaitExpression' ? call.parent.parent : call.parent;
  if (parent?.kind === 'WithStatement') {
    const target = withItems(parent).find(({ context }) => context.contains(call))?.target;
    return target?.kind === 'VariableName' ? target : undefined;
  }
  const target = simpleAssignment(parent)?.target;
  return target?.kind === 'VariableName' ? target : undefined;
}

/** Where the client is used; undefined for a global and for a name that is bound again, such as `client = client or X()`. */
function usesOf(name: PythonNode, call: PythonNode, file: PythonFile): readonly PythonNode[] | undefined {
  const bindings = file.scopes.resolve(name.text, name)?.bindings;
  if (bindings?.length !== 1 || file.scopes.scopeAt(name).globals.has(name.text)) return undefined;
  return file.usesOf(name.text).filter((use) => use.index > call.index && file.scopes.resolve(name.text, use)?.bindings === bindings);
}

/** `client.generate_presigned_url(…)` works out a signature and connects to nobody. */
function onlySigns(use: PythonNode): boolean {
  return /^generate_presigned_/.test(memberOf(use.parent)?.name ?? '');
}

/** Returned, yielded, stored or handed on, it may live longer than the call; what is set on it makes it this call's own. */
function escapes(use: PythonNode): boolean {
  const member = memberOf(use.parent);
  if (member?.object !== use) return use.parent?.kind !== 'WithStatement';
  return use.parent!.parent?.kind === 'AssignStatement' || /^(?:mount|headers|cookies|auth|verify)$/.test(member.name);
}

/** `client.get("https://host/…")` and `client.get(f"{BASE}/orders")`, but not the URL that the caller gives. */
function asksOneHost(use: PythonNode, owner: PythonNode, file: PythonFile): boolean {
  const call = use.parent?.parent;
  const access = call?.kind === 'CallExpression' ? file.dataAccess(call) : undefined;
  if (access?.kind !== 'request') return false;
  const url = argumentAt(call!, /^(?:request|stream)$/.test(access.verb) ? 1 : 0, 'url');
  return url !== undefined && hasFixedHost(url, owner, file);
}

/** Its settings come from the caller, so that each call may need a client of its own. */
function dependsOnCall(call: PythonNode, owner: PythonNode, file: PythonFile): boolean {
  return argumentsOf(call).some(({ value, unpacks }) => {
    if (unpacks !== undefined) return true;
    const names = value.kind === 'VariableName' ? [value] : value.descendants('VariableName');
    return names.some((name) => {
      const binding = file.scopes.resolve(name.text, name)?.bindings[0];
      return binding !== undefined && owner.contains(binding.node);
    });
  });
}
