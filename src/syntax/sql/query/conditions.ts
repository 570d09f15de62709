import type { ColumnUse, FilterOperator, FilterUse } from '../../../core/facts';
import type { SqlNode } from '../tree';
import { canonicalText, constantTexts } from './canonical';
import { columnReferences, columnSide, comparison, isEnumerated, likeOperator, operatorName } from './expressions';
import { resolveColumn, type ResolvedColumn, type Scope } from './scope';

export interface LocatedFilter {
  readonly filter: FilterUse;
  /** The comparison. */
  readonly node: SqlNode;
  /** The column is compared with words or flags of the statement itself, so it has few distinct values. */
  readonly isEnumerated: boolean;
}

export interface LocatedJoin {
  readonly join: readonly [ColumnUse, ColumnUse];
  readonly node: SqlNode;
}

/** Reads the conditions of one query: what is compared with values, and what with other tables' columns. */
export class Conditions {
  readonly filters: LocatedFilter[] = [];
  readonly joins: LocatedJoin[] = [];

  constructor(
    private readonly scope: Scope,
    /** The query is evaluated once for each row of the one around it, whose columns are values to it. */
    private readonly isPerOuterRow: boolean,
  ) {}

  /** Adds a condition that must hold; the parts of an AND must each. */
  add(node: SqlNode): void {
    switch (node.tag) {
      case 'BoolExpr':
        return this.addBoolean(node);
      case 'A_Expr':
        return this.addExpression(node);
      case 'NullTest':
        return this.addFilter(node, node.first('arg'), node.as('NullTest')?.nulltesttype === 'IS_NULL' ? 'is-null' : 'other');
      case 'BooleanTest':
        return this.addBooleanTest(node);
      case 'ColumnRef':
        return this.addFilter(node, node, '=', ['true']);
      case 'SubLink':
        return this.addSubquery(node);
      default:
        return this.addOthers(node);
    }
  }

  addUsing(left: string | undefined, right: string | undefined, column: string, node: SqlNode): void {
    this.joins.push({ join: [{ table: left, column }, { table: right, column }], node });
  }

  private addBoolean(node: SqlNode): void {
    const { boolop } = node.as('BoolExpr')!;
    const parts = node.in('args');
    if (boolop === 'AND_EXPR') parts.forEach((part) => this.add(part));
    else if (boolop === 'NOT_EXPR' && parts[0]?.tag === 'ColumnRef') this.addFilter(node, parts[0], '=', ['false']);
    else if (boolop === 'OR_EXPR') this.addAlternatives(node, parts);
    else this.addOthers(node);
  }

  private addBooleanTest(node: SqlNode): void {
    const test = node.as('BooleanTest')!.booltesttype;
    const value = test === 'IS_TRUE' ? 'true' : test === 'IS_FALSE' ? 'false' : undefined;
    this.addFilter(node, node.first('arg'), value === undefined ? 'other' : '=', value === undefined ? undefined : [value]);
  }

  /** `a = 1 OR a = 2` is `a IN (1, 2)`; alternatives over several columns narrow none of them. */
  private addAlternatives(node: SqlNode, parts: readonly SqlNode[]): void {
    const alternatives = new Conditions(this.scope, this.isPerOuterRow);
    parts.forEach((part) => alternatives.add(part));
    const [first, ...rest] = alternatives.filters.map(({ filter }) => filter);
    const isOneColumn =
      first !== undefined &&
      alternatives.filters.length === parts.length &&
      [first, ...rest].every((use) => /^(?:=|in)$/.test(use.operator) && use.column === first.column && use.table === first.table);
    if (isOneColumn) {
      const enumerated = alternatives.filters.every((alternative) => alternative.isEnumerated);
      const values = alternatives.filters.map(({ filter }) => filter.values);
      const listed = values.includes(undefined) ? undefined : (values as string[][]).flat();
      this.filters.push({ filter: { ...first, operator: 'in', values: listed }, node, isEnumerated: enumerated });
    }
    if (!isOneColumn) this.addOthers(node);
  }

  private addExpression(node: SqlNode): void {
    const [left, right] = [node.first('lexpr'), node.first('rexpr')];
    const operator = operatorName(node);
    switch (node.as('A_Expr')?.kind) {
      case 'AEXPR_OP':
        return this.addComparison(node, left, right, comparison(operator));
      case 'AEXPR_IN':
        return this.addComparison(node, left, right, operator === '=' ? 'in' : 'other');
      case 'AEXPR_OP_ANY':
        return this.addComparison(node, left, right, operator === '=' ? 'in' : 'other');
      case 'AEXPR_LIKE':
        return this.addComparison(node, left, right, operator === '~~' ? likeOperator(right, false) : 'other');
      case 'AEXPR_ILIKE':
        return this.addComparison(node, left, right, operator === '~~*' ? likeOperator(right, true) : 'other');
      case 'AEXPR_BETWEEN':
        return this.addComparison(node, left, right, 'range');
      default:
        return this.addOthers(node);
    }
  }

  private addComparison(node: SqlNode, left: SqlNode | undefined, right: SqlNode | undefined, operator: FilterOperator): void {
    if (left?.tag === 'RowExpr') return this.addRow(node, left, right, operator);
    const sides = [columnSide(left), columnSide(right)] as const;
    if (left?.tag === 'ColumnRef' && right?.tag === 'ColumnRef') return this.addColumnPair(node, left, right, operator);
    const [side, other] = sides[0] !== undefined ? [sides[0], right] : [sides[1], left];
    if (side === undefined || (other !== undefined && this.mentionsOwnColumns(other))) return this.addOthers(node);
    const around = side === sides[0] ? left : right;
    const enumerated = other !== undefined && isEnumerated(other);
    this.addResolved(node, resolveColumn(side.reference, this.scope), operator, side.wrappedBy, around, constantTexts(other), enumerated);
  }

  /** `(a, b) = (c, d)` compares each with its partner; `(a, b) > ($1, $2)` is a range of a, and of b only within one a. */
  private addRow(node: SqlNode, row: SqlNode, other: SqlNode | undefined, operator: FilterOperator): void {
    const partners = other?.tag === 'RowExpr' ? other.in('args') : [];
    row.in('args').forEach((part, i) => this.addComparison(node, part, partners[i], operator === 'range' && i > 0 ? 'other' : operator));
  }

  private addColumnPair(node: SqlNode, left: SqlNode, right: SqlNode, operator: FilterOperator): void {
    const [a, b] = [resolveColumn(left, this.scope), resolveColumn(right, this.scope)];
    if (a === undefined || b === undefined) return this.addOthers(node);
    const inner = a.isOuter === b.isOuter ? undefined : a.isOuter ? b : a;
    if (inner !== undefined && this.isPerOuterRow) return this.addResolved(node, inner, operator);
    const isJoin = operator === '=' && (a.source !== b.source || (a.source === undefined && !a.isUncertain));
    if (isJoin && !(a.isUncertain && b.isUncertain)) this.joins.push({ join: [joinedUse(a), joinedUse(b)], node });
    else this.addOthers(node);
  }

  /** `x IN (SELECT ...)`. */
  private addSubquery(node: SqlNode): void {
    const link = node.as('SubLink')!;
    const isIn = link.subLinkType === 'ANY_SUBLINK' && link.operName === undefined;
    if (link.testexpr !== undefined) this.addComparison(node, node.first('testexpr'), undefined, isIn ? 'in' : 'other');
  }

  private addFilter(node: SqlNode, of: SqlNode | undefined, operator: FilterOperator, values?: readonly string[]): void {
    const side = columnSide(of);
    if (side === undefined) this.addOthers(node);
    else this.addResolved(node, resolveColumn(side.reference, this.scope), operator, side.wrappedBy, of, values);
  }

  private addOthers(node: SqlNode): void {
    for (const reference of columnReferences(node)) {
      this.addResolved(node, resolveColumn(reference, this.scope), 'other');
    }
  }

  /** `around` is the side with the column, of which a wrapped column's spelling is taken. */
  private addResolved(
    node: SqlNode,
    resolved: ResolvedColumn | undefined,
    operator: FilterOperator,
    wrappedBy?: string,
    around?: SqlNode,
    values?: readonly string[],
    enumerated = false,
  ): void {
    if (resolved === undefined || resolved.isOuter || resolved.isUncertain) return;
    const { table, column } = resolved;
    this.filters.push({ filter: filterUse(table, column, operator, wrappedBy, around, values), node, isEnumerated: enumerated });
  }

  private mentionsOwnColumns(node: SqlNode): boolean {
    return columnReferences(node).some((reference) => resolveColumn(reference, this.scope)?.isOuter === false);
  }
}

/** Written out, because most conditions are plain and there are many of them. */
function filterUse(
  table: string | undefined,
  column: string,
  operator: FilterOperator,
  wrappedBy: string | undefined,
  around: SqlNode | undefined,
  values: readonly string[] | undefined,
): FilterUse {
  if (wrappedBy === undefined) return values === undefined ? { table, column, operator } : { table, column, operator, values };
  const expression = canonicalText(around);
  return values === undefined ? { table, column, operator, wrappedBy, expression } : { table, column, operator, wrappedBy, expression, values };
}

/** A column of a subquery is named by the subquery's alias, so that nobody looks for it among the tables. */
function joinedUse({ table, source, column }: ResolvedColumn): ColumnUse {
  return { table: table ?? (source?.kind === 'table' ? undefined : source?.alias), column };
}
