import { ts } from 'ts-morph';
import type { EffectKind } from '../../core/facts';
import type { TypeScriptFile } from './file';
import { classifyClient } from './libraries/clients';
import { classifyOrm } from './libraries/orms';
import { classifySql } from './libraries/sqlCalls';

/** A call that leaves the process, as far as it could be recognised. */
export interface DataAccess {
  readonly kind: EffectKind;
  /** "pg", "prisma", "fetch", "fs"… or "sql" where only the statement's text is the evidence. */
  readonly library: string;
  readonly table?: string;
  /** The same library's way to do many at once, for messages: "createMany", "IN (…)". */
  readonly bulk?: string;
  /** All such calls that are made at once are sent as one: findUnique of Prisma. */
  readonly isBatched?: boolean;
  /** The call already takes many rows. */
  readonly isBulk?: boolean;
  /** For a request that reads one thing by the key in its URL: the path of the list, "/v1/orders". */
  readonly list?: string;
}

/**
 * Recognises a call by the module its receiver comes from, by the literal SQL it carries, or by an
 * argument shape that only one library has; never by a variable's name alone.
 */
export function classifyCall(call: ts.CallExpression, file: TypeScriptFile): DataAccess | undefined {
  return classifySql(call, file) ?? classifyOrm(call, file) ?? classifyClient(call, file);
}
