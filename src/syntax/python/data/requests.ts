import { calleeOf, memberOf } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import type { DataAccess } from './access';
import { SDK_PACKAGES, isSdk, isSdkCall, sdkOfFunction } from './sdks';

const VERBS: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'request', 'send', 'stream', 'ws_connect']);

/** Django's own mail goes over the network; its files import no other client. */
const MAIL_NAMES: ReadonlySet<string> = new Set(['send', 'send_mail', 'send_mass_mail', 'mail_admins', 'mail_managers', 'send_messages']);

export const REQUEST_NAMES: ReadonlySet<string> = new Set([...VERBS, ...MAIL_NAMES, 'urlopen', 'urlretrieve']);

const FUNCTIONS = /^(?:requests|httpx|aiohttp)\.(?:get|post|put|patch|delete|head|options|request|stream)$|^urllib\.request\.(?:urlopen|urlretrieve)$|^urllib2\.urlopen$/;
/** Methods of a boto3 client or resource that stay on this machine. */
const LOCAL_BOTO = /^(?:client|resource|get_paginator|get_waiter|generate_presigned_\w+|can_paginate|close|Table|Bucket|Object|Queue|Topic|get_available_\w+|get_credentials)$/;

const CLIENTS = ['requests', 'httpx', 'aiohttp', 'urllib', 'urllib2', 'boto3'] as const;

/** Files in which a call of any name may go to an API. */
export function usesSdk(file: PythonFile): boolean {
  return file.imports('boto3', ...SDK_PACKAGES);
}

/** A call over HTTP or to somebody's API. */
export function requestAccess(call: PythonNode, file: PythonFile): DataAccess | undefined {
  // Every client comes from one of these modules, so most files are done here.
  const mayMail = MAIL_NAMES.has(call.calledName) && file.imports('django');
  if (!mayMail && !file.imports(...CLIENTS, ...SDK_PACKAGES)) return undefined;
  const callee = calleeOf(call)!;
  const qualified = file.names.qualified(callee);
  if (qualified !== undefined && FUNCTIONS.test(qualified)) {
    const root = qualified.split('.')[0]!;
    return { kind: 'request', library: root === 'urllib2' ? 'urllib' : root, verb: qualified.slice(qualified.lastIndexOf('.') + 1) };
  }
  const sdk = qualified === undefined ? undefined : sdkOfFunction(qualified);
  if (sdk !== undefined) return { kind: 'request', library: sdk, verb: call.calledName };
  const member = memberOf(callee);
  if (member === undefined) return undefined;
  const owner = file.valueOf(member.object);
  if (owner?.kind !== 'client' || owner.library === undefined) return undefined;
  const isCall = isSdk(owner.library) ? isSdkCall(owner.library, member.name) : owner.library === 'boto3' ? !LOCAL_BOTO.test(member.name) : VERBS.has(member.name);
  return isCall ? { kind: 'request', library: owner.library, verb: member.name } : undefined;
}
