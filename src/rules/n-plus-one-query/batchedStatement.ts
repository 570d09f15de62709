/** A statement for one key, cut where the list of keys goes: `before` + "?, ?, ?" + `after`. */
export interface BatchedStatement {
  readonly before: string;
  readonly after: string;
  /** The column of the result that holds the key. */
  readonly column: string;
  /** The statement did not select its key, so it was added under the name of `column`: the rows have to be freed of it. */
  readonly isKeyAdded: boolean;
}

/** The name of a key that the statement itself does not select. */
const ADDED_KEY = 'batchKey';

/**
 * Turns `SELECT … WHERE key = ?` into `… WHERE key IN (…)`, where the condition is the only one and nothing limits or
 * groups the rows. A key that is not among the selected columns under its own name is selected beside them.
 */
export function batchedStatement(sql: string): BatchedStatement | undefined {
  const match = /^([\s\S]*\bWHERE\s+((?:\w+\.)?(\w+))\s*)=\s*\?(\s*(?:ORDER\s+BY\s[\s\S]*)?;?\s*)$/i.exec(sql);
  if (!match) return undefined;
  const [, before, qualified, column, after] = match as unknown as [string, string, string, string, string];
  const selected = /^\s*SELECT\s+([\s\S]*?)\s+FROM\b/i.exec(before)?.[1];
  const limited = /\b(?:LIMIT|OFFSET|GROUP\s+BY|HAVING|UNION|DISTINCT|COUNT|SUM|MIN|MAX|AVG)\b/i.test(sql) || before.includes('?');
  if (!selected || limited) return undefined;
  if (selectsColumn(selected, column)) return { before: `${before}IN (`, after: `)${after}`, column, isKeyAdded: false };
  if (new RegExp(`\\b${ADDED_KEY}\\b`, 'i').test(sql)) return undefined;
  const withKey = before.replace(/^\s*SELECT\s+/i, (select) => `${select}${qualified} AS ${ADDED_KEY}, `);
  return { before: `${withKey}IN (`, after: `)${after}`, column: ADDED_KEY, isKeyAdded: true };
}

function selectsColumn(selected: string, column: string): boolean {
  return selected.split(',').some((part) => {
    const name = part.trim();
    return name === '*' || new RegExp(`^(?:\\w+\\.)?(?:\\*|${column})$`, 'i').test(name);
  });
}
