import type { Member } from '../expressions';
import type { PythonFile } from '../file';
import type { DataAccess } from './access';

const READS: ReadonlySet<string> = new Set(['find', 'find_one', 'aggregate', 'count_documents', 'estimated_document_count', 'distinct']);
const WRITES: ReadonlySet<string> = new Set([
  'insert_one', 'insert_many', 'update_one', 'update_many', 'replace_one', 'delete_one', 'delete_many', 'bulk_write',
  'find_one_and_update', 'find_one_and_replace', 'find_one_and_delete',
]);

export const DOCUMENT_NAMES: ReadonlySet<string> = new Set([...READS, ...WRITES]);

/** Calls on a MongoDB collection. The longer names belong to no other library, so an import of the driver is enough. */
export function documentAccess({ object, name }: Member, file: PythonFile): DataAccess | undefined {
  const isRead = READS.has(name);
  if (!isRead && !WRITES.has(name)) return undefined;
  const isCollection = file.valueOf(object)?.kind === 'documents';
  const isUnique = name.includes('_') && file.imports('pymongo', 'motor');
  if (!isCollection && !isUnique) return undefined;
  return { kind: isRead ? 'query' : 'write', library: 'pymongo', table: collectionName(object.text), verb: name };
}

function collectionName(text: string): string | undefined {
  return /(?:\.|\[\s*["'])(\w+)(?:["']\s*\])?$/.exec(text)?.[1];
}
