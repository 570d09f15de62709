import { calleeOf, memberOf } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import type { DataAccess } from './access';

const OPENS = /^(?:builtins|io|codecs|gzip|bz2|lzma|aiofiles)\.open$/;

export const FILE_NAMES: ReadonlySet<string> = new Set(['open', 'read_text', 'read_bytes', 'write_text', 'write_bytes']);

/** Opening, reading or writing a file by path. */
export function fileAccess(call: PythonNode, file: PythonFile): DataAccess | undefined {
  const callee = calleeOf(call)!;
  const name = call.calledName;
  if (!FILE_NAMES.has(name)) return undefined;
  const qualified = file.names.qualified(callee);
  if (qualified !== undefined && OPENS.test(qualified)) return { kind: 'file', library: qualified.split('.')[0]!, verb: 'open' };
  const member = memberOf(callee);
  if (member === undefined) return undefined;
  return file.valueOf(member.object)?.kind === 'path' ? { kind: 'file', library: 'pathlib', verb: name } : undefined;
}
