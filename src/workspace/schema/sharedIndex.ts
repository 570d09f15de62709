import type { WorkspaceQuery, WorkspaceView } from '../../core/workspaceView';
import { neededColumns, neededIndex, type IndexNeed, type NeededColumn } from './indexNeeds';

/** One index for all the queries that it can serve. */
export interface SharedIndex {
  readonly columns: readonly NeededColumn[];
  /** How many queries of the workspace it serves, the one that asked included. */
  readonly queries: number;
}

/** Columns compared for equality in groups, each of which some query needs before the next, and then a range or order. */
interface Growing {
  readonly groups: readonly (readonly string[])[];
  readonly tail: readonly NeededColumn[];
  readonly queries: number;
}

/** Needs by the queries they were found for; a new list of queries is a new key. */
const known = new WeakMap<readonly WorkspaceQuery[], readonly Growing[]>();

/**
 * The index to create for a need: (customer_id, created_at) for one query serves another that compares customer_id
 * alone, so only one is proposed for both.
 */
export function sharedIndex(need: IndexNeed, workspace: WorkspaceView): SharedIndex {
  const queries = workspace.queriesOf(need.table);
  let merged = known.get(queries);
  if (merged === undefined) {
    const needs = queries.flatMap(({ query }) => neededIndex(need.table, query, workspace.schema) ?? []);
    known.set(queries, (merged = merge(needs)));
  }
  const serving = merged.find((index) => absorb(index, need) !== undefined);
  if (serving === undefined) return { columns: neededColumns(need), queries: 1 };
  return { columns: [...serving.groups.flat().map((name) => ({ name })), ...serving.tail], queries: serving.queries };
}

function merge(needs: readonly IndexNeed[]): readonly Growing[] {
  const merged: Growing[] = [];
  const widestFirst = [...needs].sort((a, b) => width(b) - width(a) || (spelled(a) < spelled(b) ? -1 : 1));
  for (const need of widestFirst) {
    const at = merged.findIndex((index) => absorb(index, need) !== undefined);
    if (at < 0) merged.push({ groups: need.equal.length > 0 ? [need.equal] : [], tail: need.tail, queries: 1 });
    else merged[at] = { ...absorb(merged[at]!, need)!, queries: merged[at]!.queries + 1 };
  }
  return merged;
}

/** The index with its columns reordered so that it serves the need, too; undefined where no order serves both. */
function absorb({ groups, tail, queries }: Growing, need: IndexNeed): Growing | undefined {
  const left = new Set(need.equal);
  const reordered: (readonly string[])[] = [];
  for (const group of groups) {
    const first = group.filter((name) => left.delete(name));
    const rest = group.filter((name) => !first.includes(name));
    if (first.length > 0 && reordered.length > 0 && reordered.length < groups.indexOf(group)) return undefined;
    reordered.push(...[first, rest].filter((part) => part.length > 0));
    if (rest.length === 0) continue;
    // The need ends within this group: nothing of it may follow.
    if (left.size > 0 || need.tail.length > 0) return undefined;
    return { groups: [...reordered, ...groups.slice(groups.indexOf(group) + 1)], tail, queries };
  }
  if (left.size > 0) return undefined;
  const isPrefix = need.tail.every((column, i) => JSON.stringify(column) === JSON.stringify(tail[i]));
  return isPrefix ? { groups: reordered, tail, queries } : undefined;
}

const width = ({ equal, tail }: IndexNeed): number => equal.length + tail.length;
const spelled = (need: IndexNeed): string => JSON.stringify(neededColumns(need));
