import type { FilterOperator } from '../../../core/facts';
import { HOLE } from '../tokens';
import { walk, type SqlNode } from '../tree';

/** A column as one side of a comparison, with what is around it. */
export interface ColumnSide {
  readonly reference: SqlNode;
  /** Lower case: a function's name, the type of a cast, an operator of arithmetic. */
  readonly wrappedBy?: string;
}

/** The one column that a side of a comparison is about; undefined for constants and for several columns. */
export function columnSide(node: SqlNode | undefined): ColumnSide | undefined {
  if (node === undefined) return undefined;
  if (node.tag === 'ColumnRef') return { reference: node };
  if (node.tag === 'CollateClause') return columnSide(node.first('arg'));
  const by = wrapping(node);
  if (by === undefined) return undefined;
  const [reference, ...others] = columnReferences(node);
  return reference !== undefined && others.length === 0 && !hasSubquery(node) ? { reference, wrappedBy: by } : undefined;
}

/** What an expression computes with: undefined where it is no expression over a row's own values. */
function wrapping(node: SqlNode): string | undefined {
  switch (node.tag) {
    case 'TypeCast':
      return lastName(node.as('TypeCast')?.typeName?.names);
    case 'CoalesceExpr':
      return 'coalesce';
    case 'FuncCall':
      return functionName(node);
    case 'A_Expr':
      return node.as('A_Expr')?.kind === 'AEXPR_OP' ? operatorName(node) : undefined;
    default:
      return undefined;
  }
}

function hasSubquery(node: SqlNode): boolean {
  let found = false;
  walk(node, (child) => {
    found ||= child.tag === 'SelectStmt';
    return !found;
  });
  return found;
}

/** The unqualified name of a called function, lower case. */
export function functionName(call: SqlNode): string {
  return lastName(call.as('FuncCall')?.funcname);
}

/** The last part of a qualified name, lower case. */
export function lastName(names: readonly object[] | undefined): string {
  const last = names?.at(-1) as { String?: { sval?: string } } | undefined;
  return last?.String?.sval?.toLowerCase() ?? '';
}

/** The operator of an A_Expr: "=", "<", "~~". */
export function operatorName(expression: SqlNode): string {
  return lastName(expression.as('A_Expr')?.name);
}

/** The text of a string constant. */
export function stringConstant(node: SqlNode | undefined): string | undefined {
  const constant = node?.as('A_Const');
  return constant?.sval === undefined ? undefined : (constant.sval.sval ?? '');
}

/** A word, a flag or a number, or a list of them: what people compare a column of few values with, never an instance's key. */
export function isEnumerated(value: SqlNode): boolean {
  if (value.tag === 'TypeCast') return value.in('arg').every(isEnumerated);
  if (value.tag === 'List') return value.in('items').every(isEnumerated);
  const text = stringConstant(value);
  return text === undefined ? value.tag === 'A_Const' : /^(?:[a-z][a-z_ -]{0,30}\d{0,2})?$/i.test(text);
}

/** An integer constant; PostgreSQL leaves the value of 0 out. */
export function integerConstant(node: SqlNode | undefined): number | undefined {
  const constant = node?.as('A_Const');
  return constant?.ival === undefined ? undefined : (constant.ival.ival ?? 0);
}

/**
 * The text a LIKE pattern begins with, as far as the statement shows it: the whole of a constant, the first part
 * of `'%' || $1` or `concat('%', $1)`. Undefined where the pattern begins with a parameter.
 */
export function patternHead(pattern: SqlNode | undefined): { readonly text: string; readonly isWhole: boolean } | undefined {
  if (pattern === undefined) return undefined;
  const constant = stringConstant(pattern);
  if (constant !== undefined) {
    const hole = constant.indexOf(HOLE);
    return hole === 0 ? undefined : { text: hole < 0 ? constant : constant.slice(0, hole), isWhole: hole < 0 };
  }
  if (pattern.tag === 'TypeCast') return patternHead(pattern.first('arg'));
  const isConcatenation = pattern.tag === 'A_Expr' && (operatorName(pattern) === '||' || operatorName(pattern) === '+');
  const first = isConcatenation ? pattern.first('lexpr') : functionName(pattern) === 'concat' ? pattern.first('args') : undefined;
  const head = patternHead(first);
  return head === undefined ? undefined : { text: head.text, isWhole: false };
}

export function likeOperator(pattern: SqlNode | undefined, ignoresCase: boolean): FilterOperator {
  const head = patternHead(pattern);
  if (head === undefined) return 'other';
  if (/^[%_]/.test(head.text)) return 'like-infix';
  if (ignoresCase) return 'other';
  return head.isWhole && !/[%_]/.test(head.text) ? '=' : 'like-prefix';
}

/** The columns an expression mentions, not those of subqueries in it. */
export function columnReferences(node: SqlNode): SqlNode[] {
  const found: SqlNode[] = [];
  walk(node, (child) => {
    if (child.tag === 'ColumnRef') found.push(child);
    return child.tag !== 'SelectStmt';
  });
  return found;
}

/** The name of a comparison's class of index use, for a plain column against a value. */
export function comparison(operator: string): FilterOperator {
  if (operator === '=' || operator === '==') return '=';
  return /^(?:<|>|<=|>=)$/.test(operator) ? 'range' : 'other';
}
