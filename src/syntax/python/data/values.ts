import type { Member } from '../expressions';
import type { PythonFile } from '../file';
import { methodResult } from '../knownApis';
import type { PythonNode } from '../node';
import type { Value } from '../values';
import { djangoMethod } from './django';
import { isSdk, isSdkCall } from './sdks';
import { sqlAlchemyMethod } from './sqlalchemy';

const MODULE_VALUES: Readonly<Record<string, Value>> = {
  'django.db.connection': { kind: 'connection', library: 'django' },
  'django.db.connections': { kind: 'connection', library: 'django' },
  'sys.stdin': { kind: 'file' },
};

/** Objects that modules hold ready, e.g. `django.db.connection`. */
export function moduleValue(qualified: string | undefined): Value | undefined {
  return qualified !== undefined && Object.hasOwn(MODULE_VALUES, qualified) ? MODULE_VALUES[qualified] : undefined;
}

/** The value of `owner.name`. */
export function memberValue(owner: Value, name: string): Value | undefined {
  switch (owner.kind) {
    case 'model':
      return modelMember(owner, name);
    case 'record':
      return relationOf(owner, name);
    case 'engine':
      return name === 'session' ? { kind: 'session', library: 'sqlalchemy' } : undefined;
    case 'documents':
      return owner;
    case 'path':
      return name === 'parent' ? owner : undefined;
    case 'client':
      // `client.chat.completions` is still about the client.
      return isSdk(owner.library) ? owner : undefined;
    default:
      return undefined;
  }
}

/** An attribute of a row, which may be the manager of its related rows. */
function relationOf({ library, isPrefetched, reference, through, eager }: Value, name: string): Value {
  const nested = eager?.flatMap((path) => (path.length === 1 ? [path] : path.startsWith(`${name}.`) ? [path.slice(name.length + 1)] : []));
  return { kind: 'relation', library, isPrefetched, reference, through: through === undefined ? name : `${through}.${name}`, eager: nested };
}

function modelMember(model: Value, name: string): Value | undefined {
  if (model.library === 'django' && /^(?:objects|_default_manager|_base_manager)$/.test(name)) return { ...model, kind: 'manager', eager: [] };
  return model.library === 'sqlalchemy' && name === 'query' ? { ...model, kind: 'queryset', eager: [], element: { ...model, kind: 'record', eager: [] } } : undefined;
}

/** The value of `member.object.name(...)`. */
export function methodValue(member: Member, call: PythonNode, file: PythonFile): Value | undefined {
  const owner = file.valueOf(member.object);
  const fixed = owner && methodResult(owner, member.name);
  if (fixed !== undefined) return fixed;
  return djangoMethod(owner, member, call, file) ?? sqlAlchemyMethod(owner, member, call, file) ?? (owner && connectionMethod(owner, member.name));
}

function connectionMethod(owner: Value, name: string): Value | undefined {
  const { kind } = owner;
  if (kind === 'connection') {
    if (name === 'cursor') return { ...owner, kind: 'cursor' };
    if (/^(?:acquire|getconn|connection|connect|begin|get_connection)$/.test(name)) return owner;
    if (name === 'execute') return { ...owner, kind: 'cursor' };
    return undefined;
  }
  if (kind === 'cursor') return name === 'execute' ? owner : undefined;
  if (kind === 'documents') return /^(?:get_database|get_default_database|get_collection)$/.test(name) ? owner : undefined;
  if (kind === 'client' && owner.library === 'boto3') return /^(?:client|resource|Table|Bucket|Object|Queue|Topic)$/.test(name) ? owner : undefined;
  // `service.files().list().execute()`, `storage.bucket(name).blob(path)`: what is local yields more of the client.
  if (kind === 'client' && isSdk(owner.library)) return isSdkCall(owner.library!, name) ? undefined : owner;
  return undefined;
}
