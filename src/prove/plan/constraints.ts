import { parseNormalised } from '../../syntax/sql/normalise';
import { columnPath } from '../../syntax/sql/query/scope';
import { operatorName, stringConstant } from '../../syntax/sql/query/expressions';
import { SqlNode, walk } from '../../syntax/sql/tree';

/** What a table's CHECK constraints say of one column, as far as rows can be made to obey it. */
export interface ColumnRule {
  /** The values it may have, as texts. */
  readonly values?: readonly string[];
  /** Inclusive bounds of a number. */
  readonly least?: number;
  readonly most?: number;
}

/** Reads one expression of a CHECK. A condition that is not understood says nothing. */
export function columnRules(check: SqlNode): ReadonlyMap<string, ColumnRule> {
  const rules = new Map<string, ColumnRule>();
  const add = (column: string, rule: ColumnRule): void => void rules.set(column, { ...rules.get(column), ...rule });
  const read = (node: SqlNode): void => {
    if (node.as('BoolExpr')?.boolop === 'AND_EXPR') return node.in('args').forEach(read);
    // "x IS NULL OR x IN (...)" restricts x as much as its second half.
    if (node.as('BoolExpr')?.boolop === 'OR_EXPR') {
      const others = node.in('args').filter((part) => part.tag !== 'NullTest');
      if (others.length === 1) return read(others[0]!);
      return readAlternatives(node.in('args'), add);
    }
    readComparison(node, add);
  };
  read(check);
  return rules;
}

type Add = (column: string, rule: ColumnRule) => void;

function readComparison(node: SqlNode, add: Add): void {
  const expression = node.as('A_Expr');
  if (expression === undefined) return;
  const column = columnOf(node.first('lexpr'));
  if (column === undefined) return;
  if (expression.kind === 'AEXPR_IN' && operatorName(node) === '=') return addValues(column, node.in('rexpr'), add);
  if (expression.kind === 'AEXPR_OP_ANY' && operatorName(node) === '=') return addValues(column, node.in('rexpr'), add);
  if (expression.kind === 'AEXPR_BETWEEN') {
    const [least, most] = node.in('rexpr').flatMap((bounds) => (bounds.tag === 'List' ? bounds.in('items') : [bounds])).map(numberOf);
    return add(column, { ...(least !== undefined && { least }), ...(most !== undefined && { most }) });
  }
  const bound = numberOf(node.first('rexpr'));
  if (expression.kind !== 'AEXPR_OP' || bound === undefined) return expression.kind === 'AEXPR_OP' && operatorName(node) === '=' ? addValues(column, node.in('rexpr'), add) : undefined;
  switch (operatorName(node)) {
    case '>':
      return add(column, { least: bound + 1 });
    case '>=':
      return add(column, { least: bound });
    case '<':
      return add(column, { most: bound - 1 });
    case '<=':
      return add(column, { most: bound });
  }
}

/** `x = 'a' OR x = 'b'`. */
function readAlternatives(parts: readonly SqlNode[], add: Add): void {
  const pairs = parts.map((part) => [columnOf(part.first('lexpr')), textOf(part.first('rexpr')), operatorName(part)] as const);
  const [column] = pairs[0] ?? [];
  if (column === undefined || !pairs.every(([name, value, operator]) => name === column && value !== undefined && operator === '=')) return;
  add(column, { values: pairs.map(([, value]) => value!) });
}

function addValues(column: string, nodes: readonly SqlNode[], add: Add): void {
  const values: string[] = [];
  for (const node of nodes) {
    walk(node, (child) => {
      const text = textOf(child);
      if (text !== undefined) values.push(text);
    });
  }
  if (values.length > 0) add(column, { values });
}

/** The column of "x", "x::text" and "lower(x)"; of a longer expression none. */
function columnOf(node: SqlNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (node.tag === 'TypeCast') return columnOf(node.first('arg'));
  return node.tag === 'ColumnRef' ? columnPath(node)?.at(-1) : undefined;
}

function textOf(node: SqlNode | undefined): string | undefined {
  const number = node?.tag === 'A_Const' ? numberOf(node) : undefined;
  return stringConstant(node) ?? (number === undefined ? undefined : String(number));
}

function numberOf(node: SqlNode | undefined): number | undefined {
  if (node?.tag === 'TypeCast') return numberOf(node.first('arg'));
  const constant = node?.as('A_Const');
  if (constant?.ival !== undefined) return constant.ival.ival ?? 0;
  return constant?.fval?.fval === undefined ? undefined : Number(constant.fval.fval);
}

/** The root of a statement of any dialect; undefined where nothing parses. The parser must be loaded. */
export function parsedRoot(sql: string): SqlNode | undefined {
  const parsed = parseNormalised(sql, false);
  if (parsed === undefined) return undefined;
  const [tag, value] = Object.entries(parsed.tree)[0] as [string, object];
  return new SqlNode(tag, value, undefined, '');
}
