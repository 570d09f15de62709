import type { Match } from '../../core/rule';
import type { SqlNode, SqlStatement } from '../../syntax/sql/statement';
import { walk } from '../../syntax/sql/tree';
import type { SqlMatcher } from '../matchers';
import { Components } from './components';
import type { Facts } from './rule';

export const matcher: SqlMatcher<Facts> = {
  kinds: ['SelectStmt', 'UpdateStmt', 'DeleteStmt'],

  find(node, statement): Match<Facts> | undefined {
    const items = itemsOf(node);
    if (items.length < 2 && items[0]?.tag !== 'JoinExpr') return undefined;
    if (statement.hidesConditions) return undefined;
    const components = new Components(items, commonTables(statement));
    const where = node.first('whereClause');
    if (where !== undefined) components.connect(where);
    const [left, right] = components.unconnected() ?? [];
    if (left === undefined || right === undefined || isExistence(node)) return undefined;
    return { span: statement.span(right.node), facts: { left: left.source.table!, right: right.source.table!, keys: keysOf(node, statement) } };
  },
};

function itemsOf(node: SqlNode): SqlNode[] {
  if (node.tag === 'SelectStmt') return node.in('fromClause');
  return [...node.in('relation'), ...node.in(node.tag === 'UpdateStmt' ? 'fromClause' : 'usingClause')];
}

function commonTables(statement: SqlStatement): ReadonlySet<string> {
  const names = new Set<string>();
  walk(statement.root, (node) => {
    const name = node.as('CommonTableExpr')?.ctename;
    if (name !== undefined) names.add(name.toLowerCase());
  });
  return names;
}

/** Whether there is any combination at all ends with the first one. */
function isExistence(node: SqlNode): boolean {
  return node.parent?.as('SubLink')?.subLinkType === 'EXISTS_SUBLINK';
}

function keysOf(node: SqlNode, statement: SqlStatement): Facts['keys'] {
  const keys: Record<string, string[]> = {};
  for (const { filter } of statement.queries.find((query) => query.node === node)?.filters ?? []) {
    if (filter.operator !== '=' || filter.table === undefined || filter.wrappedBy !== undefined) continue;
    (keys[filter.table] ??= []).push(filter.column);
  }
  return keys;
}
