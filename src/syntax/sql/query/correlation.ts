import { walk } from '../tree';
import type { LocatedQuery } from './queries';
import { columnPath } from './scope';

/** Whether a subquery names a column of the query around it, so that its result differs from row to row. Columns without their table do not count. */
export function isCorrelated(inner: LocatedQuery, outer: LocatedQuery): boolean {
  const names = new Set(outer.sources.map(({ alias }) => alias));
  for (const { alias } of inner.sources) names.delete(alias);
  let found = false;
  walk(inner.node, (node) => {
    const path = node.tag === 'ColumnRef' ? columnPath(node) : undefined;
    found ||= path !== undefined && path.length > 1 && names.has(path.at(-2)!.toLowerCase());
    return !found;
  });
  return found;
}
