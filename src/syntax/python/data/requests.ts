import { argumentAt, calleeOf, memberOf } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import type { DataAccess } from './access';
import { batchOfFunction, batchOfMethod } from './batches';
import { SDK_PACKAGES, isSdk, isSdkCall, sdkOfFunction } from './sdks';
import { listOf } from './urls';

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
    return httpRequest(call, root === 'urllib2' ? 'urllib' : root, qualified.slice(qualified.lastIndexOf('.') + 1), file);
  }
  const sdk = qualified === undefined ? undefined : sdkOfFunction(qualified);
  if (sdk !== undefined) return { kind: 'request', library: sdk, verb: call.calledName, bulk: batchOfFunction(call, qualified!) };
  const member = memberOf(callee);
  if (member === undefined) return undefined;
  const owner = file.valueOf(member.object);
  if (owner?.kind !== 'client' || owner.library === undefined) return undefined;
  const isApi = isSdk(owner.library) || owner.library === 'boto3';
  if (!isApi) return VERBS.has(member.name) ? httpRequest(call, owner.library, member.name, file) : undefined;
  const isCall = owner.library === 'boto3' ? !LOCAL_BOTO.test(member.name) : isSdkCall(owner.library, member.name);
  return isCall ? { kind: 'request', library: owner.library, verb: member.name, bulk: batchOfMethod(call, owner.library, member.name, file) } : undefined;
}

function httpRequest(call: PythonNode, library: string, verb: string, file: PythonFile): DataAccess {
  const url = verb === 'get' || verb === 'urlopen' ? argumentAt(call, 0) : undefined;
  return { kind: 'request', library, verb, list: url && listOf(url, file) };
}
