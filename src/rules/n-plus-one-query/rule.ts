import { formatCount, formatSize } from '../../core/format';
import type { CalleeReference } from '../../core/facts';
import type { Candidate, Cost, Linked, Rule, Saying } from '../../core/rule';
import type { WorkspaceView } from '../../core/workspaceView';
import { wayOf } from '../way';
import { linkRelationRead, type Read } from './relationRead';

export interface Facts {
  /** The call as the reader sees it, shortened: "db.query", "loadItems". */
  readonly call: string;
  /** What the loop runs over: "orders". */
  readonly loop: string;
  readonly library?: string;
  readonly table?: string;
  /** Set while it is only known that a project function is called; the linker finds out what it does. */
  readonly callee?: CalleeReference;
  /** Names of the functions between the call and the query, filled in by the linker. */
  readonly via?: readonly string[];
  /** The call writes as well. */
  readonly writes?: boolean;
  /** All iterations start at once (Promise.all over map, gather): still one query per item. */
  readonly concurrent?: boolean;
  /** Set while it is only known that something is read of each row; the linker finds out whether that is a relation. */
  readonly read?: Read;
  /** The relation that a call in the loop reads of a row, where the row's query could have read it along and is not in sight. */
  readonly prefetchable?: string;
  /** The loop's own query is in sight; it reads no more along than these relations. */
  readonly loaded?: readonly string[];
  /** Set by the linker: the relation that is asked for row by row. */
  readonly relation?: {
    readonly model: string;
    readonly name: string;
    readonly kind: 'one' | 'many';
    /** The call that reads it along: `select_related("customer")`. */
    readonly loader: string;
    /** The method or property of the row that reads it. */
    readonly via?: string;
    /** What to read instead where only the key is wanted: "order.customer_id". */
    readonly keyOnly?: string;
  };
}

/**
 * A relation that somebody in the workspace prefetches is taken to be prefetched for rows that come from elsewhere,
 * too; where the loop has a query of its own, that one tells.
 */
function mayBeLoaded(relation: string | undefined, { loaded }: Facts, workspace: WorkspaceView): boolean {
  if (relation === undefined) return false;
  return loaded === undefined ? workspace.isPrefetched(relation) : loaded.some((path) => path === '*' || path.split('.').includes(relation));
}

/** In Python a query per item in a command or a script, which somebody runs by hand now and then, is a hint at most. */
function inColdCode(linked: Linked<Facts> | undefined, candidate: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined {
  const isHint = candidate.file.endsWith('.py') && (candidate.confidence === 'possible' || isCold(candidate, workspace));
  return linked !== undefined && isHint ? { ...linked, confidence: 'possible' } : linked;
}

const isCold = (candidate: Candidate<Facts>, workspace: WorkspaceView): boolean => workspace.heatOf(candidate.file, candidate.functionName).heat === 'cold';

/** What queries far below or writes as well is often the work that an item asks for, and not a look-up that could be one for all. */
function isHintInPython({ file, confidence }: Candidate<Facts>, steps: number, writes: boolean): boolean {
  return file.endsWith('.py') && (confidence === 'possible' || steps > 2 || writes);
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'n-plus-one-query',
    title: 'One query per item of a loop',
    family: 'database',
    resource: 'database',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n) queries', after: 'O(1) queries' },
    cost: {
      unit: 'queries',
      variable: 'items in the loop',
      assumedSize: 100,
      now: (n) => 1 + n,
      after: () => 2,
      millisecondsPerUnit: 1,
    },
    why: 'Each iteration waits for its own round trip to the database. The time grows with the number of items, however fast one query is.',
    technique: 'Collect the keys first, read all rows with one query (IN, ANY, a join or eager loading), and group them in memory.',
    tradeoffs: 'One larger result is held in memory, and the grouping code is longer. Split very long key lists into chunks.',
    effortMinutes: 30,
    validation: 'query count',
    conflicts: [
      { view: 'simplicity', text: 'A query where it is needed reads more directly than a batch and a lookup.' },
    ],
    whenNot: 'The loop runs over a handful of fixed items, or each query depends on the answer of the one before.',
    examples: {
      typescript: {
        bad: `import { Pool } from 'pg';
const pool = new Pool();

export async function listOrders(orders: { id: number }[]) {
  const result = [];
  for (const order of orders) {
    const items = await pool.query('SELECT id, sku FROM items WHERE order_id = $1', [order.id]);
    result.push({ ...order, items: items.rows });
  }
  return result;
}
`,
        better: `import { Pool } from 'pg';
const pool = new Pool();

export async function listOrders(orders: { id: number }[]) {
  const ids = orders.map((order) => order.id);
  const items = await pool.query('SELECT id, order_id, sku FROM items WHERE order_id = ANY($1)', [ids]);
  const byOrder = Map.groupBy(items.rows, (item) => item.order_id);
  return orders.map((order) => ({ ...order, items: byOrder.get(order.id) ?? [] }));
}
`,
      },
      python: {
        bad: `import sqlite3


def list_orders(connection: sqlite3.Connection, orders):
    result = []
    for order in orders:
        items = connection.execute("SELECT id, sku FROM items WHERE order_id = ?", (order["id"],))
        result.append({**order, "items": items.fetchall()})
    return result
`,
        better: `import sqlite3
from collections import defaultdict


def list_orders(connection: sqlite3.Connection, orders):
    ids = [order["id"] for order in orders]
    marks = ",".join("?" * len(ids))
    by_order = defaultdict(list)
    for item in connection.execute(f"SELECT id, order_id, sku FROM items WHERE order_id IN ({marks})", ids):
        by_order[item["order_id"]].append(item)
    return [{**order, "items": by_order[order["id"]]} for order in orders]
`,
      },
    },
    links: [
      { title: 'Use The Index, Luke: nested loops and N+1', url: 'https://use-the-index-luke.com/sql/join/nested-loops-join-n1-problem' },
    ],
  },

  link(candidate, workspace) {
    const { facts } = candidate;
    if (facts.read !== undefined) return inColdCode(linkRelationRead(candidate, facts.read, workspace), candidate, workspace);
    if (facts.callee === undefined) return mayBeLoaded(facts.prefetchable, facts, workspace) ? undefined : inColdCode({ facts }, candidate, workspace);
    const path = workspace.reach(candidate.file, facts.callee, ['query']);
    if (path === undefined || (facts.concurrent && path.effect.isBatched)) return undefined;
    const { effect, steps } = path;
    if (mayBeLoaded(effect.relation, facts, workspace)) return undefined;
    const writes = workspace.reach(candidate.file, facts.callee, ['write']) !== undefined;
    return {
      facts: { ...facts, writes, callee: undefined, library: effect.library, table: effect.table, via: steps.map((step) => step.functionName) },
      confidence: isCold(candidate, workspace) || isHintInPython(candidate, steps.length, writes) ? 'possible' : 'likely',
      related: steps.map((step, index) => ({
        file: step.file,
        line: step.line,
        message: index === steps.length - 1 ? `${step.functionName} queries here.` : `${step.functionName} calls on.`,
      })),
    };
  },

  say(facts, cost) {
    if (facts.relation !== undefined) return sayRelation(facts, facts.relation, cost);
    const what = `${facts.call}${wayOf(facts)} queries${facts.writes ? ' and writes' : ''}${facts.table ? ` ${facts.table}` : ''} once per item of ${facts.loop}`;
    const together = facts.concurrent ? ' Starting them together still sends every query.' : '';
    return {
      message: `${what}: 1 + n queries, about ${formatCount(cost.now)} at ${formatSize(cost)}.${together} Read all rows with one query and group them in memory.`,
      hint: `1 + ${formatCount(cost.n)} queries`,
    };
  },
};

function sayRelation({ call, loop }: Facts, { model, name, loader, via, keyOnly }: NonNullable<Facts['relation']>, cost: Cost): Saying {
  const what = `${call} ${via === undefined ? 'reads' : `(through ${via}) reads`} the relation ${name} of ${model}: one query per item of ${loop}`;
  const instead = keyOnly === undefined ? `Read it along with the rows: ${loader}.` : `The row has the key itself: ${keyOnly}.`;
  return { message: `${what}, about ${formatCount(cost.now)} at ${formatSize(cost)}. ${instead}`, hint: `1 + ${formatCount(cost.n)} queries` };
}
