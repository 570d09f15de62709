import { ts } from 'ts-morph';
import type { DataAccess } from '../dataAccess';
import { literalObject } from '../declared';
import type { TypeScriptFile } from '../file';
import { methodName, propertyOf, unwrap } from '../nodes';
import { originOf } from '../origin';
import { perFile } from '../perFile';
import { batchOf } from './batches';
import { httpCall, httpCallOf, isFetch, isHttpModule, type HttpCall } from './http';
import { SDK_MODULES, sdkLibrary } from './sdks';
import { listOf } from './urls';

const FS_MODULES = new Set(['fs', 'node:fs', 'fs/promises', 'node:fs/promises', 'fs-extra', 'graceful-fs']);
const FS_CALLS = /^(?:read|write|append|copy|rename|unlink|rm|mkdir|stat|lstat|access|readdir|open|exists|outputFile|ensureDir|pathExists|remove|move)/;

/** Requests and file access. */
export function classifyClient(call: ts.CallExpression, file: TypeScriptFile): DataAccess | undefined {
  const callee = unwrap(call.expression);
  if (isFetch(callee, file)) return requestOf(httpCall(call, file)!, file);
  if (sendsMail(call, file)) return { kind: 'request', library: 'SMTP' };
  if (!usesClient(file)) return undefined;
  const origin = originOf(callee, file);
  if (!origin) return undefined;
  if (isHttpModule(origin.module)) {
    const http = httpCallOf(call, origin, file);
    return http && requestOf(http, file);
  }
  if (FS_MODULES.has(origin.module)) {
    const name = origin.path[origin.path.length - 1] ?? origin.name;
    return FS_CALLS.test(name) ? { kind: 'file', library: 'fs' } : undefined;
  }
  const library = sdkLibrary(origin);
  return library === undefined ? undefined : { kind: 'request', library, bulk: batchOf(call, origin, file) };
}

function requestOf(http: HttpCall, file: TypeScriptFile): DataAccess {
  return { kind: 'request', library: http.library, list: listOf(http, file) };
}

/** `mailer.sendMail({ to, subject, … })`: only nodemailer's transports are called like this, wherever the project makes them. */
function sendsMail(call: ts.CallExpression, file: TypeScriptFile): boolean {
  if (methodName(call) !== 'sendMail') return false;
  const [message] = call.arguments;
  const object = message && literalObject(message, file);
  return object !== undefined && propertyOf(object, 'to') !== undefined && propertyOf(object, 'subject') !== undefined;
}

const CLIENT_MODULES = /^(?:axios|@nestjs\/axios|got|ky|undici|node-fetch|cross-fetch|isomorphic-fetch|superagent|needle|ofetch|(?:node:)?https?|request|request-promise|(?:node:)?fs(?:\/promises)?|fs-extra|graceful-fs)$/;

const REQUIRES = /\brequire\(/;

/** Most files import no client, and in those no call needs to be traced. A `require` inside a function counts too. */
const usesClient = perFile((file) => file.importsFrom(CLIENT_MODULES) || file.importsFrom(SDK_MODULES) || file.firstMention(file.source, REQUIRES) !== undefined);
