import { ts } from 'ts-morph';
import { literalObject } from '../declared';
import type { TypeScriptFile } from '../file';
import { methodName, nameText, propertyOf, unwrap } from '../nodes';
import { originOf, type Origin } from '../origin';

const { isIdentifier, isPropertyAccessExpression, isShorthandPropertyAssignment, isStringLiteralLike } = ts;

/** Where a client's functions take what configures one call. */
type Signature =
  /** `f(url, options)`, whatever the verb. */
  | 'fetch'
  /** `get(url, config)`, `post(url, data, config)`, `request(config)`. */
  | 'axios'
  /** Configured by a chain (`superagent.get(url).timeout(…)`), not by an argument. */
  | 'chain';

const SIGNATURES: Readonly<Record<string, Signature>> = {
  axios: 'axios', '@nestjs/axios': 'axios', needle: 'axios',
  got: 'fetch', ky: 'fetch', undici: 'fetch', 'node-fetch': 'fetch', 'cross-fetch': 'fetch', 'isomorphic-fetch': 'fetch', ofetch: 'fetch',
  http: 'fetch', https: 'fetch', request: 'fetch', 'request-promise': 'fetch', superagent: 'chain',
};

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'del']);
/** Names that send a request, as a method of the client or as an export of its module. */
const SENDING = new Set([...VERBS, 'request', 'fetch', 'stream', 'pipeline', 'default', '*', 'ofetch', '$fetch']);
const NOT_REQUESTS = new Set(['create', 'extend', 'isAxiosError', 'CancelToken', 'Agent', 'setGlobalDispatcher', 'createServer', 'interceptors', 'use', 'isCancel', 'defaults']);
/** Types of clients that somebody else made. */
const INSTANCE_TYPES = /^(?:AxiosInstance|Axios|HttpService|Got|ExtendedGot|KyInstance|\$Fetch)$/;
/** Verbs of axios and its kind that take the body before the configuration. */
const WITH_BODY = new Set(['post', 'put', 'patch']);

/** One call over HTTP, as far as its text says. */
export interface HttpCall {
  /** The module's name without "node:", or "fetch" for the global function. */
  readonly library: string;
  /** Lower case; undefined where it is computed or hidden in an object that cannot be read here. */
  readonly verb?: string;
  readonly url?: ts.Expression;
  /** What configures this one call, where it is given. */
  readonly options?: ts.Expression;
  /** The argument position of `options`; undefined where a call of this form takes none. */
  readonly optionsAt?: number;
  /** The client is an instance that was made with settings of its own (`axios.create(…)`, `got.extend(…)`). */
  readonly isInstance: boolean;
}

export function isHttpModule(module: string): boolean {
  return Object.hasOwn(SIGNATURES, moduleName(module));
}

const moduleName = (module: string): string => module.replace(/^node:/, '');

/** `fetch(…)`, `axios.post(…)`, `got(…)` and their kin; undefined for any other call. */
export function httpCall(call: ts.CallExpression, file: TypeScriptFile): HttpCall | undefined {
  const callee = unwrap(call.expression);
  if (isFetch(callee, file)) return describe(call, 'fetch', 'fetch', undefined, false, file);
  const origin = originOf(callee, file);
  return origin && httpCallOf(call, origin, file);
}

/** The same where the callee's origin is known already. */
export function httpCallOf(call: ts.CallExpression, { module, path, name }: Origin, file: TypeScriptFile): HttpCall | undefined {
  const library = moduleName(module);
  const signature = Object.hasOwn(SIGNATURES, library) ? SIGNATURES[library] : undefined;
  if (signature === undefined) return undefined;
  const last = path[path.length - 1] ?? name;
  const isInstance = path.includes('create') || path.includes('extend') || INSTANCE_TYPES.test(name);
  if (isInstance) {
    // `axios.create()` makes a client; calling it or its methods sends.
    if (methodName(call) !== undefined && !SENDING.has(last)) return undefined;
  } else if (!SENDING.has(last) || !SENDING.has(name) || path.some((part) => part === 'headers' || part === 'searchParams') || path.some((part) => NOT_REQUESTS.has(part))) {
    return undefined;
  }
  return describe(call, library, signature, VERBS.has(last) ? last : undefined, isInstance, file);
}

export function isFetch(callee: ts.Expression, file: TypeScriptFile): boolean {
  if (isIdentifier(callee)) return callee.text === 'fetch' && !file.scopes.resolve(callee);
  if (!isPropertyAccessExpression(callee) || callee.name.text !== 'fetch' || !isIdentifier(callee.expression)) return false;
  return /^(?:globalThis|window|self)$/.test(callee.expression.text);
}

function describe(call: ts.CallExpression, library: string, signature: Signature, named: string | undefined, isInstance: boolean, file: TypeScriptFile): HttpCall {
  const [first] = call.arguments;
  if (signature === 'chain') return { library, verb: named, url: first, isInstance };
  const head = first && literalObject(first, file);
  // `axios({ url, method })`, `http.request({ host, path })`: one object says everything.
  if (first && head) return { library, verb: named ?? methodIn(head), url: propertyOf(head, 'url') ?? propertyOf(head, 'uri') ?? propertyOf(head, 'path'), options: first, optionsAt: 0, isInstance };
  const optionsAt = signature === 'axios' && named !== undefined && WITH_BODY.has(named) ? 2 : 1;
  const options = call.arguments[optionsAt];
  const read = options && literalObject(options, file);
  const unread = options !== undefined && read === undefined;
  return { library, verb: named ?? (read ? methodIn(read) : unread ? undefined : 'get'), url: first, options, optionsAt, isInstance };
}

/** "get" where no method is given; undefined where it is computed or may hide in a spread. */
function methodIn(options: ts.ObjectLiteralExpression): string | undefined {
  const method = propertyOf(options, 'method');
  if (method) return isStringLiteralLike(method) ? method.text.toLowerCase() : undefined;
  return hasSpread(options) ? undefined : 'get';
}

export function hasSpread(object: ts.ObjectLiteralExpression): boolean {
  return object.properties.some(ts.isSpreadAssignment);
}

/** Whether an object names one of these properties, in whatever form. */
export function namesProperty(object: ts.ObjectLiteralExpression, names: ReadonlySet<string>): boolean {
  return object.properties.some((property) => {
    if (isShorthandPropertyAssignment(property)) return names.has(property.name.text);
    return property.name !== undefined && names.has(nameText(property.name as ts.PropertyName) ?? '');
  });
}
