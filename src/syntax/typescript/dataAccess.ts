import { ts } from 'ts-morph';
import type { EffectKind } from '../../core/facts';
import type { TypeScriptFile } from './file';
import { methodName } from './nodes';
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

/** Methods of the language's own values that no library sends anything with: a third of all calls, and nothing needs to be traced for them. */
const LOCAL_METHODS = new Set([
  'map', 'filter', 'forEach', 'push', 'join', 'slice', 'split', 'trim', 'includes', 'some', 'every', 'reduce', 'sort', 'concat', 'replace', 'toString',
  'has', 'test', 'indexOf', 'startsWith', 'endsWith', 'toLowerCase', 'toUpperCase', 'flatMap', 'stringify', 'isArray', 'preventDefault', 'addEventListener',
]);

/**
 * Recognises a call by the module its receiver comes from, by the literal SQL it carries, or by an
 * argument shape that only one library has; never by a variable's name alone.
 */
export function classifyCall(call: ts.CallExpression, file: TypeScriptFile): DataAccess | undefined {
  if (LOCAL_METHODS.has(methodName(call) ?? '')) return undefined;
  return classifySql(call, file) ?? classifyOrm(call, file) ?? classifyClient(call, file);
}
