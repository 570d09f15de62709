import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import { literalObject } from '../../syntax/typescript/declared';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { hasSpread, httpCall, namesProperty, type HttpCall } from '../../syntax/typescript/libraries/http';
import { calleeText, methodName, unwrap } from '../../syntax/typescript/nodes';
import { isBrowserCode, isScript } from '../../syntax/typescript/surroundings';
import { originOf } from '../../syntax/typescript/origin';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { setDeadline } from './typescriptFix';

/** Clients that wait without end by default. fetch and undici give up after 300 s without headers, ky after 10 s. */
const OPTIONS: Readonly<Record<string, string>> = {
  axios: 'timeout: 10_000',
  '@nestjs/axios': 'timeout: 10_000',
  got: 'timeout: { request: 10_000 }',
  'node-fetch': 'signal: AbortSignal.timeout(10_000)',
  'cross-fetch': 'signal: AbortSignal.timeout(10_000)',
  'isomorphic-fetch': 'signal: AbortSignal.timeout(10_000)',
  needle: 'response_timeout: 10_000',
  request: 'timeout: 10_000',
  'request-promise': 'timeout: 10_000',
  http: 'timeout: 10_000 and destroy the request when it is emitted',
  https: 'timeout: 10_000 and destroy the request when it is emitted',
  superagent: '.timeout(10_000)',
};
const MODULES = /^(?:axios|@nestjs\/axios|got|node-fetch|cross-fetch|isomorphic-fetch|needle|request|request-promise|(?:node:)?https?|superagent)$/;
/** Any of these bounds the call, or hands the bound to somebody else. */
const BOUNDING: ReadonlySet<string> = new Set(['timeout', 'signal', 'cancelToken', 'response_timeout', 'read_timeout', 'deadline', 'requestTimeout', 'agent']);

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],

  find(node, file): Match<Facts> | undefined {
    if (!file.importsFrom(MODULES) || isScript(file)) return undefined;
    const call = node as ts.CallExpression;
    const client = createdClient(call, file);
    if (client !== undefined) return isUnboundedClient(call, file) ? match(call, client, true, file) : undefined;
    const http = httpCall(call, file);
    if (!http || http.isInstance || !Object.hasOwn(OPTIONS, http.library)) return undefined;
    if (isBounded(call, http, file) || isBoundedAround(call)) return undefined;
    return match(call, http.library, false, file);
  },

  fix: (match, node, file) => setDeadline(node as ts.CallExpression, match.facts, file),
};

function match(call: ts.CallExpression, library: string, isClient: boolean, file: TypeScriptFile): Match<Facts> {
  const setting = library === 'axios' ? 'axios.defaults.timeout' : undefined;
  return { span: file.span(call), facts: { call: calleeText(call), library, isClient, option: OPTIONS[library]!, setting }, confidence: isBrowserCode(file) ? 'possible' : 'likely' };
}

/** The library of `axios.create(…)` and `got.extend(…)`. */
function createdClient(call: ts.CallExpression, file: TypeScriptFile): string | undefined {
  const method = methodName(call);
  if (method !== 'create' && method !== 'extend') return undefined;
  const origin = originOf(unwrap(call.expression), file);
  const made = origin?.path.length === 1 ? `${origin.module}.${method}` : '';
  return made === 'axios.create' || made === 'got.extend' ? origin!.module : undefined;
}

/** Settings that cannot be read here may hold a deadline, and so may one that is set on the client later. */
function isUnboundedClient(call: ts.CallExpression, file: TypeScriptFile): boolean {
  const [settings] = call.arguments;
  const object = settings && literalObject(settings, file);
  if (settings && (!object || hasSpread(object) || namesProperty(object, BOUNDING))) return false;
  return !/\.defaults\.timeout\s*=|\btimeout\s*=/.test(file.text);
}

function isBounded(call: ts.CallExpression, http: HttpCall, file: TypeScriptFile): boolean {
  if (http.optionsAt === undefined) return isBoundedByChain(call);
  if (/^https?$/.test(http.library)) return /\bsetTimeout\b|['"]timeout['"]/.test(file.text) || isReadable(http, file) === 'bounded';
  return isReadable(http, file) === 'bounded' || isBoundedByChain(call);
}

/** Options that cannot be read count as bounded: nobody knows what they hold. */
function isReadable({ options, url }: HttpCall, file: TypeScriptFile): 'bounded' | 'unbounded' {
  if (options === undefined) return url !== undefined && mayBeOptions(url, file) ? 'bounded' : 'unbounded';
  if (ts.isFunctionLike(options)) return 'unbounded';
  const object = literalObject(options, file);
  return !object || hasSpread(object) || namesProperty(object, BOUNDING) ? 'bounded' : 'unbounded';
}

/** `axios(config)` and `http.get(options)` take in one value what cannot be read here. */
function mayBeOptions(first: ts.Expression, file: TypeScriptFile): boolean {
  const node = unwrap(first);
  if (file.shape(node).kind === 'string') return false;
  return ts.isIdentifier(node) && /config|option|opts|params|request|req\b/i.test(node.text);
}

/** `superagent.get(url).timeout(…)` and `request.get(url).timeout(…)` further out in the chain. */
function isBoundedByChain(call: ts.CallExpression): boolean {
  for (let at: ts.Node = call.parent; ts.isPropertyAccessExpression(at) || ts.isCallExpression(at); at = at.parent) {
    if (ts.isPropertyAccessExpression(at) && /^(?:timeout|setTimeout)$/.test(at.name.text)) return true;
  }
  return false;
}

/** `Promise.race([call, deadline])`, `withTimeout(call)`, `pTimeout(call)`. */
function isBoundedAround(call: ts.CallExpression): boolean {
  for (let at: ts.Node = call.parent; !ts.isStatement(at) && at.parent; at = at.parent) {
    if (!ts.isCallExpression(at)) continue;
    const name = at.expression.getText();
    if (name === 'Promise.race' || /timeout|deadline/i.test(name)) return true;
  }
  return false;
}
