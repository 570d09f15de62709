/** A statement for one key, cut where the list of keys goes: `before` + "?, ?, ?" + `after`. */
export interface BatchedStatement {
  readonly before: string;
  readonly after: string;
  /** The column of the result that holds the key. */
  readonly column: string;
}

/**
 * Turns `SELECT … WHERE key = ?` into `… WHERE key IN (…)`, where the condition is the only one,
 * the key is among the selected columns under its own name, and nothing limits or groups the rows.
 */
export function batchedStatement(sql: string): BatchedStatement | undefined {
  const match = /^([\s\S]*\bWHERE\s+(?:\w+\.)?(\w+)\s*)=\s*\?(\s*(?:ORDER\s+BY\s[\s\S]*)?;?\s*)$/i.exec(sql);
  if (!match) return undefined;
  const [, before, column, after] = match as unknown as [string, string, string, string];
  const selected = /^\s*SELECT\s+([\s\S]*?)\s+FROM\b/i.exec(before)?.[1];
  const limited = /\b(?:LIMIT|OFFSET|GROUP\s+BY|HAVING|UNION|DISTINCT|COUNT|SUM|MIN|MAX|AVG)\b/i.test(sql) || before.includes('?');
  if (!selected || limited || !selectsColumn(selected, column)) return undefined;
  return { before: `${before}IN (`, after: `)${after}`, column };
}

function selectsColumn(selected: string, column: string): boolean {
  return selected.split(',').some((part) => {
    const name = part.trim();
    return name === '*' || new RegExp(`^(?:\\w+\\.)?(?:\\*|${column})$`, 'i').test(name);
  });
}
