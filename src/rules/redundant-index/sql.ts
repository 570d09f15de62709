import type { Match } from '../../core/rule';
import { relationName } from '../../syntax/sql/query/scope';
import { names } from '../../syntax/sql/schema/columns';
import { indexOfConstraint, indexOfStatement } from '../../syntax/sql/schema/indexes';
import type { SqlNode, SqlStatement } from '../../syntax/sql/statement';
import type { SqlMatcher } from '../matchers';
import type { Facts } from './rule';

/** Offers every index and every declared uniqueness; whether another one covers it the linker decides. */
export const matcher: SqlMatcher<Facts> = {
  kinds: ['IndexStmt', 'Constraint'],

  find(node, statement): Match<Facts> | undefined {
    // A list of statements that a program keeps, to go back by or to run by hand, says nothing of what is there.
    if (statement.embedded && /\bIF NOT EXISTS\b/i.test(statement.text)) return undefined;
    if (node.tag === 'IndexStmt') {
      const { table, columns } = indexOfStatement(node, (part) => statement.textOf(part));
      return { span: statement.extent, facts: { table, name: node.as('IndexStmt')!.idxname, columns, line: statement.line } };
    }
    return constraintMatch(node, statement);
  },
};

/** UNIQUE, and the indexes that MySQL declares inside a table. */
function constraintMatch(node: SqlNode, statement: SqlStatement): Match<Facts> | undefined {
  const constraint = node.as('Constraint')!;
  const owner = node.ancestor('CreateStmt', 'AlterTableStmt')?.first('relation')?.as('RangeVar');
  if (owner === undefined || !/^CONSTR_(?:UNIQUE|EXCLUSION)$/.test(constraint.contype ?? '')) return undefined;
  const table = relationName(owner);
  const column = node.parent?.as('ColumnDef')?.colname;
  const columns = column !== undefined ? [column] : constraint.contype === 'CONSTR_UNIQUE' ? names(node, 'keys') : indexOfConstraint(node, table).columns;
  return { span: statement.lineOf(node), facts: { table, name: constraint.conname, columns, line: statement.line } };
}
