import type { QueryFact } from '../../core/facts';

/** Columns that tell one row, or the few rows that belong to one thing. */
const SELECTIVE_COLUMN = /(?:^|_)(?:id|ids|uuid|guid|pk|key|slug|email|token|hash|code|name|username|url)$|[a-z](?:Id|Ids|Uuid|Key|Slug|Email|Token|Hash|Url)$/;
/** What a database says of itself is short, and so is what an aggregate, a group or a limit leaves. */
const SMALL_STATEMENT =
  /\b(?:information_schema|sqlite_master|sqlite_schema|pg_\w+|pragma|show|describe|explain|sys\.\w+|v\$\w+|all_tables|\w*(?:migrations?|settings|config\w*|alembic_version)|limit\s+(?:\d+|\?|:|\$|%)|top\s*\(?\d|fetch\s+first|distinct|group\s+by)\b|^\s*select\s+(?:count|sum|max|min|avg|exists)\s*\(/i;

export const isSelectiveColumn = (name: string): boolean => SELECTIVE_COLUMN.test(name);

/** Whether a statement can return few rows only, whatever its tables hold. */
export function isBounded(query: QueryFact | undefined, text: string): boolean {
  if (SMALL_STATEMENT.test(text)) return true;
  if (query === undefined) return false;
  return query.verb !== 'select' || query.hasLimit || query.filters.some(({ operator, column }) => operator === 'in' || (operator === '=' && isSelectiveColumn(column)));
}
