import type { EffectKind } from '../../../core/facts';
import { calleeOf, memberOf } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import { djangoAccess } from './django';
import { documentAccess } from './documents';
import { fileAccess } from './files';
import { requestAccess } from './requests';
import { sqlAlchemyAccess } from './sqlalchemy';
import { statementAccess } from './sqlText';

/** What one call does outside the process. */
export interface DataAccess {
  readonly kind: EffectKind;
  /** "django", "sqlalchemy", "sqlite3", "httpx"..., or "sql" where only the statement was recognised. */
  readonly library: string;
  /** The table, or the model where the table's name is not declared. */
  readonly table?: string;
  /** The method or function that does it: "get", "save", "execute". */
  readonly verb: string;
}

/** Recognised by import, class, API chain or a literal statement; never by a variable's name alone. */
export function classifyCall(call: PythonNode, file: PythonFile): DataAccess | undefined {
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
