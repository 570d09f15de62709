import type { Schema } from '../../core/workspaceView';
import { stringConstant, integerConstant } from '../../syntax/sql/query/expressions';
import type { SqlStatement } from '../../syntax/sql/statement';
import { walk } from '../../syntax/sql/tree';
import { plainName } from '../../workspace/schema/names';
import { ownerOfColumn } from './names';

/** Constants that a statement compares columns with for equality, by "table.column" in plain names. */
export function literalsOf(statement: SqlStatement, schema: Schema): ReadonlyMap<string, readonly string[]> {
  const literals = new Map<string, string[]>();
  for (const { fact, filters } of statement.queries) {
    for (const { filter, node } of filters) {
      const table = filter.table ?? ownerOfColumn(filter.column, fact.tables, schema);
      if (table === undefined || (filter.operator !== '=' && filter.operator !== 'in')) continue;
      const key = `${plainName(table)}.${plainName(filter.column)}`;
      walk(node, (child) => {
        const text = stringConstant(child) ?? integerConstant(child)?.toString();
        if (text !== undefined) literals.set(key, [...(literals.get(key) ?? []), text]);
        return child.tag !== 'SelectStmt';
      });
    }
  }
  return literals;
}
