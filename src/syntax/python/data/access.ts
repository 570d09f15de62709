import type { EffectKind } from '../../../core/facts';
import { calleeOf, memberOf } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import { DJANGO_NAMES, djangoAccess } from './django';
import { DOCUMENT_NAMES, documentAccess } from './documents';
import { FILE_NAMES, fileAccess } from './files';
import { REQUEST_NAMES, requestAccess, usesSdk } from './requests';
import { SQLALCHEMY_NAMES, sqlAlchemyAccess } from './sqlalchemy';
import { STATEMENT_NAMES, statementAccess } from './sqlText';

/** What one call does outside the process. */
export interface DataAccess {
  readonly kind: EffectKind;
  /** "django", "sqlalchemy", "sqlite3", "httpx"..., or "sql" where only the statement was recognised. */
  readonly library: string;
  /** The table, or the model where the table's name is not declared. */
  readonly table?: string;
  /** The method or function that does it: "get", "save", "execute". */
  readonly verb: string;
  /** The relation that is read of a row, where the row's query could have read it along and is not in sight: "lines". */
  readonly relation?: string;
  /** For a request: the same API's call that takes many at once, "delete_objects". */
  readonly bulk?: string;
  /** For a request that reads one thing by the key in its URL: the path of the list, "/v1/orders". */
  readonly list?: string;
}

/** The names of all functions and methods that some library here is recognised by. */
const NAMES: ReadonlySet<string> = new Set([
  ...DJANGO_NAMES, ...SQLALCHEMY_NAMES, ...STATEMENT_NAMES, ...DOCUMENT_NAMES, ...REQUEST_NAMES, ...FILE_NAMES,
]);

/** What already writes many rows at once; in a loop it writes a batch per round. */
export function isBulkWrite(verb: string): boolean {
  return /many$|^a?bulk_|^bulk|_bulk$/.test(verb);
}

/** Recognised by import, class, API chain or a literal statement; never by a variable's name alone. */
export function classifyCall(call: PythonNode, file: PythonFile): DataAccess | undefined {
  // Most calls are over here; only the methods of an API's client may have any name.
  if (!NAMES.has(call.calledName) && !usesSdk(file)) return undefined;
  const callee = calleeOf(call);
  if (callee === undefined) return undefined;
  const member = memberOf(callee);
  if (member === undefined) return fileAccess(call, file) ?? requestAccess(call, file) ?? djangoAccess(call, undefined, file);
  return (
    djangoAccess(call, member, file) ??
    sqlAlchemyAccess(call, member, file) ??
    statementAccess(call, member, file) ??
    documentAccess(member, file) ??
    requestAccess(call, file) ??
    fileAccess(call, file)
  );
}
