import { columnPath, sourcesOf, type Source } from '../../syntax/sql/query/scope';
import { walk, type SqlNode } from '../../syntax/sql/tree';

/** One item of FROM with its place. */
export interface PlacedSource {
  readonly source: Source;
  readonly node: SqlNode;
}

/** Which items of a FROM clause are connected with each other, directly or through others. */
export class Components {
  readonly sources: readonly PlacedSource[];
  private readonly parents: number[];
  /** What some column or item belongs to cannot be told. */
  private isUnknown: boolean;

  constructor(items: readonly SqlNode[], commonTables: ReadonlySet<string>) {
    this.sources = items.flatMap((item) => flatten(item, commonTables));
    this.parents = this.sources.map((_, i) => i);
    this.isUnknown = this.hasUnclearNames();
    for (const item of items) this.readJoins(item);
  }

  /** Two tables that no condition connects; undefined where there are none or where that cannot be told. */
  unconnected(): readonly [PlacedSource, PlacedSource] | undefined {
    if (this.isUnknown) return undefined;
    const tables = this.sources.map((_, i) => i).filter((i) => this.sources[i]!.source.kind === 'table' && this.sources[i]!.source.table !== undefined);
    const first = tables[0];
    const other = tables.find((i) => this.root(i) !== this.root(first!));
    return first === undefined || other === undefined ? undefined : [this.sources[first]!, this.sources[other]!];
  }

  /** A name that stands twice, or an item that is a part of another's rows: `FROM orders o, o.lines l`. */
  private hasUnclearNames(): boolean {
    const names = new Set(this.sources.map(({ source }) => source.alias));
    return names.size < this.sources.length || this.sources.some(({ node }) => names.has(node.as('RangeVar')?.schemaname?.toLowerCase() ?? ''));
  }

  /** Connects whatever one condition mentions; the parts of an AND are conditions of their own. */
  connect(condition: SqlNode): void {
    if (condition.as('BoolExpr')?.boolop === 'AND_EXPR') {
      for (const part of condition.in('args')) this.connect(part);
      return;
    }
    this.unite(this.mentioned(condition));
  }

  private readJoins(item: SqlNode): void {
    // What a lateral item mentions, it is joined with.
    if (item.tag !== 'JoinExpr') return this.connectLateral(item);
    const join = item.as('JoinExpr')!;
    const sides = [...item.in('larg'), ...item.in('rarg')];
    for (const side of sides) this.readJoins(side);
    const condition = item.first('quals');
    if (condition !== undefined && !isConstant(condition)) this.connect(condition);
    // CROSS JOIN and ON true say that every combination is meant; USING and NATURAL name the columns.
    else this.unite(this.within(item));
    if (join.usingClause !== undefined || join.isNatural === true) this.unite(this.within(item));
  }

  private connectLateral(item: SqlNode): void {
    if (item.tag === 'RangeVar') return;
    const own = this.within(item);
    this.unite([...own, ...this.mentioned(item)]);
  }

  private within(item: SqlNode): number[] {
    return this.sources.flatMap(({ node }, i) => (isInside(node, item) ? [i] : []));
  }

  private mentioned(condition: SqlNode): number[] {
    const found: number[] = [];
    let isInSubquery = 0;
    const visit = (node: SqlNode): void => {
      if (node.tag === 'SelectStmt') isInSubquery++;
      const path = node.tag === 'ColumnRef' ? columnPath(node) : undefined;
      const at = path !== undefined && path.length > 1 ? this.sources.findIndex(({ source }) => source.alias === path.at(-2)!.toLowerCase()) : -1;
      if (at >= 0) found.push(at);
      // Without a table it may belong to any of them, and a table nobody has named was hidden by a word of another
      // dialect (`cars SEMI JOIN region`). In a subquery it is most likely the subquery's own.
      else if (path !== undefined && isInSubquery === 0 && this.sources.length > 1) this.isUnknown = true;
      for (const child of node.children()) visit(child);
      if (node.tag === 'SelectStmt') isInSubquery--;
    };
    visit(condition);
    return found;
  }

  private unite(indexes: readonly number[]): void {
    for (const i of indexes) this.parents[this.root(i)] = this.root(indexes[0]!);
  }

  private root(i: number): number {
    let at = i;
    while (this.parents[at] !== at) at = this.parents[at]!;
    return at;
  }
}

function flatten(item: SqlNode, commonTables: ReadonlySet<string>): PlacedSource[] {
  if (item.tag === 'JoinExpr') return [...item.in('larg'), ...item.in('rarg')].flatMap((side) => flatten(side, commonTables));
  return sourcesOf([item], commonTables).map((source) => ({ source, node: item }));
}

function isInside(node: SqlNode, outer: SqlNode): boolean {
  for (let at: SqlNode | undefined = node; at !== undefined; at = at.parent) if (at === outer) return true;
  return false;
}

/** `ON true`, `ON 1 = 1`. */
function isConstant(condition: SqlNode): boolean {
  let mentions = false;
  walk(condition, ({ tag }) => {
    mentions ||= tag === 'ColumnRef';
  });
  return !mentions;
}
