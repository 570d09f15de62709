import type { SqlNode } from '../tree';
import { functionName, lastName, operatorName } from './expressions';
import { columnPath } from './scope';

/** PostgreSQL adds these casts when it prints an expression; they change nothing of what an index serves. */
const TEXT_TYPES = /^(?:text|varchar|bpchar|citext)$/;

/**
 * One spelling for an expression, however it was written: lower case, columns without their table, no casts of
 * text to text: `LOWER(u."email")` and `lower((email)::text)` both give "lower(email)".
 * Undefined for what no index is made of: subqueries, parameters, conditions.
 */
export function canonicalText(node: SqlNode | undefined): string | undefined {
  switch (node?.tag) {
    case 'ColumnRef':
      return columnPath(node)?.at(-1)?.toLowerCase();
    case 'A_Const':
      return constantText(node)?.toLowerCase();
    case 'FuncCall':
      return called(functionName(node), node.in('args'));
    case 'CoalesceExpr':
      return called('coalesce', node.in('args'));
    case 'MinMaxExpr':
      return called(node.as('MinMaxExpr')?.op === 'IS_LEAST' ? 'least' : 'greatest', node.in('args'));
    case 'CollateClause':
      return canonicalText(node.first('arg'));
    case 'TypeCast':
      return cast(node);
    case 'A_Expr':
      return operation(node);
    default:
      return undefined;
  }
}

function called(name: string, args: readonly SqlNode[]): string | undefined {
  const texts = args.map(canonicalText);
  return texts.includes(undefined) ? undefined : `${name}(${texts.join(',')})`;
}

function cast(node: SqlNode): string | undefined {
  const inner = canonicalText(node.first('arg'));
  const type = castType(node);
  return inner === undefined || TEXT_TYPES.test(type) ? inner : `${inner}::${type}`;
}

/** The type a TypeCast casts to, as the parser calls it: "date", "text", "int4". */
export function castType(node: SqlNode): string {
  return lastName(node.as('TypeCast')?.typeName?.names);
}

function operation(node: SqlNode): string | undefined {
  if (node.as('A_Expr')?.kind !== 'AEXPR_OP') return undefined;
  const right = canonicalText(node.first('rexpr'));
  const left = node.first('lexpr') === undefined ? '' : canonicalText(node.first('lexpr'));
  return left === undefined || right === undefined ? undefined : `(${left}${operatorName(node)}${right})`;
}

/** A constant as SQL writes it, casts left out: "'open'", "1", "true". Undefined for anything else. */
export function constantText(node: SqlNode | undefined): string | undefined {
  if (node?.tag === 'TypeCast') return constantText(node.first('arg'));
  const constant = node?.as('A_Const');
  if (constant === undefined) return undefined;
  if (constant.sval !== undefined) return `'${(constant.sval.sval ?? '').replace(/'/g, "''")}'`;
  if (constant.boolval !== undefined) return String(constant.boolval.boolval ?? false);
  if (constant.ival !== undefined) return String(constant.ival.ival ?? 0);
  return constant.fval?.fval;
}

/** The constants of `'a'`, of `('a', 'b')` and of `ARRAY['a', 'b']`; undefined where one of them is no constant. */
export function constantTexts(node: SqlNode | undefined): string[] | undefined {
  if (node?.tag === 'TypeCast') return constantTexts(node.first('arg'));
  const items = node?.tag === 'List' ? node.in('items') : node?.tag === 'A_ArrayExpr' ? node.in('elements') : node === undefined ? [] : [node];
  const texts = items.map(constantText);
  return texts.length === 0 || texts.includes(undefined) ? undefined : (texts as string[]);
}
