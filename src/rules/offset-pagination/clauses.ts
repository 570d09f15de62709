import { columnPath } from '../../syntax/sql/query/scope';
import type { SqlNode, SqlStatement } from '../../syntax/sql/statement';
import type { Token } from '../../syntax/sql/tokens';

/** A sort order that ends in one of these names every row. */
const UNIQUE_COLUMN = /^(?:id|uuid|guid|ulid|pk|rowid)$|_(?:id|uuid|guid)$/i;

export interface SortKey {
  readonly text: string;
  readonly column: string;
}

/** The columns of the sort order, all in one direction and the last of them unique by its name. */
export function sortKeys(node: SqlNode, statement: SqlStatement): SortKey[] | undefined {
  const keys: SortKey[] = [];
  const directions = new Set<boolean>();
  for (const sort of node.in('sortClause')) {
    const reference = sort.first('node');
    const column = reference?.tag === 'ColumnRef' ? columnPath(reference)?.at(-1) : undefined;
    if (reference === undefined || column === undefined) return undefined;
    directions.add(sort.as('SortBy')!.sortby_dir === 'SORTBY_DESC');
    keys.push({ text: statement.textOf(reference), column });
  }
  return directions.size === 1 && UNIQUE_COLUMN.test(keys.at(-1)!.column) ? keys : undefined;
}

/** The clauses of a query without subqueries before ORDER BY, by their keywords at the outermost depth. */
export class Clauses {
  constructor(readonly tokens: readonly Token[]) {}

  /** The index of a keyword outside all brackets; -1 where there is none. */
  indexOf(word: string): number {
    let depth = 0;
    return this.tokens.findIndex(({ kind, text }) => {
      if (kind === 'symbol') depth += text === '(' ? 1 : text === ')' ? -1 : 0;
      return depth === 0 && kind === 'word' && text === word;
    });
  }
}
