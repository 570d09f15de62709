import type { Fix } from '../../core/rule';
import type { SqlNode, SqlStatement } from '../../syntax/sql/statement';
import { extremeOf } from './sqlExtremes';

/** `(array_agg(total ORDER BY total DESC))[1]` becomes `max(total)`. Only in files of SQL, whose text is the statement's. */
export function fixExtreme(call: SqlNode, statement: SqlStatement): Fix | undefined {
  const found = statement.embedded ? undefined : extremeOf(call, statement);
  if (found?.aggregate === undefined) return undefined;
  return {
    title: `Use ${found.aggregate}`,
    kind: found.seesNulls ? 'suggestion' : 'safe',
    edits: [{ ...statement.documentSpan(found.within), newText: found.aggregate }],
    caveat: found.seesNulls ? 'Where some values are NULL, the sorting put them first; the aggregate leaves them out.' : undefined,
  };
}
