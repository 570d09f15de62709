import type { PlanNode } from '../../core/proof';
import type { Explained } from './engine';

/** One element of EXPLAIN (FORMAT JSON), as far as it is read. */
export interface PostgresPlan {
  readonly Plan: PostgresNode;
  readonly 'Execution Time'?: number;
}

interface PostgresNode {
  readonly 'Node Type': string;
  readonly 'Join Type'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Total Cost'?: number;
  readonly 'Plan Rows'?: number;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Actual Total Time'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly 'Temp Read Blocks'?: number;
  readonly Plans?: readonly PostgresNode[];
  readonly [key: string]: unknown;
}

/** What a node does, in the order in which it is shown. */
const DETAILS = ['Index Cond', 'Recheck Cond', 'Filter', 'Hash Cond', 'Merge Cond', 'Join Filter', 'Sort Key', 'Group Key', 'Sort Method'];

export function readPostgresPlan(explained: PostgresPlan): Explained {
  const { Plan: root } = explained;
  return {
    plan: planNode(root),
    ms: explained['Execution Time'],
    rows: root['Actual Rows'] === undefined ? undefined : root['Actual Rows'] * (root['Actual Loops'] ?? 1),
    pages: pagesOf(root),
    cost: root['Total Cost'],
  };
}

function planNode(node: PostgresNode): PlanNode {
  const loops = node['Actual Loops'];
  const time = node['Actual Total Time'];
  const details = DETAILS.flatMap((key) => (node[key] === undefined ? [] : [`${key}: ${textOf(node[key])}`]));
  return {
    operation: node['Join Type'] !== undefined && node['Join Type'] !== 'Inner' ? `${node['Node Type']} (${node['Join Type']})` : node['Node Type'],
    relation: node['Relation Name'],
    index: node['Index Name'],
    detail: details.length === 0 ? undefined : details.join('; '),
    estimatedRows: node['Plan Rows'],
    rows: node['Actual Rows'],
    loops,
    removedRows: (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0) || undefined,
    totalMs: time === undefined || loops === undefined ? undefined : time * loops,
    cost: node['Total Cost'],
    pages: pagesOf(node),
    children: (node.Plans ?? []).map(planNode),
  };
}

function pagesOf(node: PostgresNode): number | undefined {
  const hit = node['Shared Hit Blocks'];
  return hit === undefined ? undefined : hit + (node['Shared Read Blocks'] ?? 0) + (node['Temp Read Blocks'] ?? 0);
}

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));
