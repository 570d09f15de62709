import type { QueryFact } from '../../../core/facts';
import type { SqlNode } from '../tree';
import { Conditions, type LocatedFilter, type LocatedJoin } from './conditions';
import { isLimited, selectedColumns, sortedColumns, targetNames, type SortedColumn } from './outputs';
import { sourcesOf, type Scope, type Source } from './scope';

/** A query of a statement with the nodes its facts come from. */
export interface LocatedQuery {
  /** The SelectStmt, UpdateStmt, DeleteStmt or InsertStmt. */
  readonly node: SqlNode;
  readonly fact: QueryFact;
  readonly sources: readonly Source[];
  readonly filters: readonly LocatedFilter[];
  readonly joins: readonly LocatedJoin[];
  /** Parallel to `fact.orderBy`. */
  readonly orderNodes: readonly SqlNode[];
}

type QueryShape = Pick<QueryFact, 'verb' | 'columns' | 'hasLimit' | 'hasOffset'>;

const QUERY_TAGS = new Set(['SelectStmt', 'UpdateStmt', 'DeleteStmt', 'InsertStmt']);

/** Statements without a query in them, which are most of a migration. */
const WITHOUT_QUERIES = new Set(['CreateStmt', 'AlterTableStmt', 'IndexStmt', 'DropStmt', 'RenameStmt']);

/** Every query of a statement: itself, the arms of a UNION, subqueries and common table expressions. */
export function collectQueries(root: SqlNode, lineOf: (query: SqlNode) => number): LocatedQuery[] {
  if (WITHOUT_QUERIES.has(root.tag)) return [];
  const collector = new QueryCollector(lineOf);
  collector.visit(root, undefined);
  return collector.queries;
}

class QueryCollector {
  readonly queries: LocatedQuery[] = [];
  private readonly commonTables = new Set<string>();

  constructor(private readonly lineOf: (node: SqlNode) => number) {}

  visit(node: SqlNode, outer: Scope | undefined): void {
    if (!QUERY_TAGS.has(node.tag)) return this.descend(node, outer);
    // Names of common tables must be known before the queries that read from them.
    for (const common of node.first('withClause')?.in('ctes') ?? []) {
      this.commonTables.add((common.as('CommonTableExpr')?.ctename ?? '').toLowerCase());
    }
    const scope = this.record(node, outer);
    this.descend(node, scope);
  }

  private descend(node: SqlNode, scope: Scope | undefined): void {
    for (const child of node.children()) this.visit(child, child.tag === 'CommonTableExpr' ? undefined : scope);
  }

  /** Adds the facts of one query and gives the scope its subqueries see around them. */
  private record(node: SqlNode, outer: Scope | undefined): Scope | undefined {
    switch (node.tag) {
      case 'SelectStmt':
        return this.recordSelect(node, outer);
      case 'UpdateStmt':
        return this.recordChange(node, outer, 'update', node.in('fromClause'), targetNames(node));
      case 'DeleteStmt':
        return this.recordChange(node, outer, 'delete', node.in('usingClause'), []);
      default:
        return this.recordInsert(node);
    }
  }

  private recordSelect(node: SqlNode, outer: Scope | undefined): Scope | undefined {
    const select = node.as('SelectStmt')!;
    const items = node.in('fromClause');
    if (items.length === 0) return outer;
    const scope = this.scopeOf(items, outer);
    const conditions = this.conditionsOf(node, items, scope);
    const shape = { verb: 'select', columns: selectedColumns(node), hasLimit: isLimited(node), hasOffset: select.limitOffset !== undefined } as const;
    this.add(node, scope, conditions, sortedColumns(node, scope), shape);
    return scope;
  }

  private recordChange(
    node: SqlNode,
    outer: Scope | undefined,
    verb: 'update' | 'delete',
    others: readonly SqlNode[],
    columns: readonly string[],
  ): Scope {
    const items = [...node.in('relation'), ...others];
    const scope = this.scopeOf(items, outer);
    this.add(node, scope, this.conditionsOf(node, items, scope), [], { verb, columns, hasLimit: false, hasOffset: false });
    return scope;
  }

  private recordInsert(node: SqlNode): Scope {
    const scope = this.scopeOf(node.in('relation'), undefined);
    const columns = node.in('cols').map((column) => column.as('ResTarget')?.name ?? '');
    this.add(node, scope, new Conditions(scope, false), [], { verb: 'insert', columns, hasLimit: false, hasOffset: false });
    return scope;
  }

  private add(node: SqlNode, { sources }: Scope, { filters, joins }: Conditions, order: readonly SortedColumn[], shape: QueryShape): void {
    const tables: string[] = [];
    for (const { table } of sources) if (table !== undefined && !tables.includes(table)) tables.push(table);
    const fact: QueryFact = {
      verb: shape.verb,
      tables,
      columns: shape.columns,
      filters: filters.map(({ filter }) => filter),
      joins: joins.map(({ join }) => join),
      orderBy: order.map(({ use }) => use),
      hasLimit: shape.hasLimit,
      hasOffset: shape.hasOffset,
      line: this.lineOf(node),
    };
    this.queries.push({ node, sources, filters, joins, orderNodes: order.map((column) => column.node), fact });
  }

  private scopeOf(items: readonly SqlNode[], outer: Scope | undefined): Scope {
    return { sources: sourcesOf(items, this.commonTables), outer };
  }

  private conditionsOf(node: SqlNode, items: readonly SqlNode[], scope: Scope): Conditions {
    const conditions = new Conditions(scope, isEvaluatedPerOuterRow(node));
    for (const item of items) this.addJoinConditions(item, conditions);
    const where = node.first('whereClause');
    if (where !== undefined) conditions.add(where);
    return conditions;
  }

  private addJoinConditions(item: SqlNode, conditions: Conditions): void {
    const join = item.as('JoinExpr');
    if (join === undefined) return;
    for (const side of [...item.in('larg'), ...item.in('rarg')]) this.addJoinConditions(side, conditions);
    const quals = item.first('quals');
    if (quals !== undefined) conditions.add(quals);
    for (const name of join.usingClause ?? []) {
      const column = 'String' in name ? (name.String.sval ?? '') : '';
      conditions.addUsing(this.onlyTable(item.in('larg')), this.onlyTable(item.in('rarg')), column, item);
    }
  }

  private onlyTable(items: readonly SqlNode[]): string | undefined {
    const sources = sourcesOf(items, this.commonTables);
    return sources.length === 1 ? sources[0]!.table : undefined;
  }
}

/** A scalar subquery or LATERAL item that names the outer query's columns runs once for each of its rows. */
function isEvaluatedPerOuterRow(node: SqlNode): boolean {
  const { parent } = node;
  if (parent?.tag === 'RangeSubselect') return parent.as('RangeSubselect')!.lateral === true;
  return /^(?:EXPR|ARRAY)_SUBLINK$/.test(parent?.as('SubLink')?.subLinkType ?? '');
}
