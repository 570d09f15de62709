import { ts } from 'ts-morph';
import type { DataAccess } from '../dataAccess';
import type { TypeScriptFile } from '../file';
import { methodName, unwrap } from '../nodes';
import { originOf } from '../origin';

const { isIdentifier, isPropertyAccessExpression } = ts;

/** HTTP clients by module: the names that send a request; undefined means the export itself and every verb do. */
const HTTP_MODULES = new Set([
  'axios', 'got', 'ky', 'undici', 'node-fetch', 'cross-fetch', 'isomorphic-fetch', 'superagent', 'needle', 'ofetch', 'node:http', 'node:https', 'http', 'https', 'request', 'request-promise',
]);
const HTTP_METHODS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'request', 'fetch', 'stream', 'pipeline', 'del']);
const NOT_REQUESTS = new Set(['create', 'extend', 'isAxiosError', 'CancelToken', 'Agent', 'setGlobalDispatcher', 'createServer', 'interceptors', 'use', 'isCancel']);

const FS_MODULES = new Set(['fs', 'node:fs', 'fs/promises', 'node:fs/promises', 'fs-extra', 'graceful-fs']);
const FS_CALLS = /^(?:read|write|append|copy|rename|unlink|rm|mkdir|stat|lstat|access|readdir|open|exists|outputFile|ensureDir|pathExists|remove|move)/;

/** Requests and file access. */
export function classifyClient(call: ts.CallExpression, file: TypeScriptFile): DataAccess | undefined {
  const callee = unwrap(call.expression);
  if (isIdentifier(callee) && callee.text === 'fetch' && !file.scopes.resolve(callee)) return { kind: 'request', library: 'fetch' };
  if (isGlobalFetch(callee)) return { kind: 'request', library: 'fetch' };
  if (!usesClient(file)) return undefined;
  const origin = originOf(callee, file);
  if (!origin) return undefined;
  if (HTTP_MODULES.has(origin.module)) return classifyHttp(call, origin.module, origin.path, origin.name);
  if (FS_MODULES.has(origin.module)) {
    const name = origin.path[origin.path.length - 1] ?? origin.name;
    return FS_CALLS.test(name) ? { kind: 'file', library: 'fs' } : undefined;
  }
  if (origin.module.startsWith('@aws-sdk/client-') && methodName(call) === 'send') {
    return { kind: 'request', library: origin.module.replace('@aws-sdk/client-', 'AWS ') };
  }
  return undefined;
}

const CLIENT_MODULES = /^(?:axios|got|ky|undici|node-fetch|cross-fetch|isomorphic-fetch|superagent|needle|ofetch|(?:node:)?https?|request|request-promise|(?:node:)?fs(?:\/promises)?|fs-extra|graceful-fs|@aws-sdk\/client-.*)$/;

const REQUIRES = /\brequire\(/;

/** Most files import no client, and in those no call needs to be traced. A `require` inside a function counts too. */
function usesClient(file: TypeScriptFile): boolean {
  return file.importsFrom(CLIENT_MODULES) || file.firstMention(file.source, REQUIRES) !== undefined;
}

function isGlobalFetch(callee: ts.Expression): boolean {
  if (!isPropertyAccessExpression(callee) || callee.name.text !== 'fetch' || !isIdentifier(callee.expression)) return false;
  return callee.expression.text === 'globalThis' || callee.expression.text === 'window' || callee.expression.text === 'self';
}

function classifyHttp(call: ts.CallExpression, module: string, path: readonly string[], name: string): DataAccess | undefined {
  const library = module.replace(/^node:/, '');
  if (path.some((part) => NOT_REQUESTS.has(part))) {
    // `axios.create()` makes a client; the methods of that client send.
    const last = path[path.length - 1] ?? '';
    return (path.includes('create') || path.includes('extend')) && HTTP_METHODS.has(last) ? { kind: 'request', library } : undefined;
  }
  const method = path[path.length - 1] ?? name;
  const callsExport = path.length === 0 && (name === 'default' || name === '*' || HTTP_METHODS.has(name));
  return callsExport || (methodName(call) !== undefined && HTTP_METHODS.has(method)) ? { kind: 'request', library } : undefined;
}
