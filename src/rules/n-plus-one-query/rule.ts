import { formatCount, formatSize } from '../../core/format';
import type { CalleeReference } from '../../core/facts';
import type { Confidence, Cost, Linked, Rule, Saying } from '../../core/rule';
import type { WorkspaceView } from '../../core/workspaceView';
import { confidencePerItem } from '../perItemConfidence';
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

/** A relation's read stays in doubt where reading per item is. */
function doubted(linked: Linked<Facts> | undefined, confidence: Confidence): Linked<Facts> | undefined {
  return linked !== undefined && confidence === 'possible' ? { ...linked, confidence } : linked;
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
    effortMinutes: 30,
    validation: 'query count',
  },

  link(candidate, workspace) {
    const { facts } = candidate;
    const confidence = confidencePerItem(candidate, workspace);
    if (facts.read !== undefined) return doubted(linkRelationRead(candidate, facts.read, workspace), confidence);
    if (facts.callee === undefined) return mayBeLoaded(facts.prefetchable, facts, workspace) ? undefined : { facts, confidence };
    const path = workspace.reach(candidate.file, facts.callee, ['query']);
    if (path === undefined || (facts.concurrent && path.effect.isBatched)) return undefined;
    const { effect, steps } = path;
    if (mayBeLoaded(effect.relation, facts, workspace)) return undefined;
    const writes = workspace.reach(candidate.file, facts.callee, ['write']) !== undefined;
    return {
      facts: { ...facts, writes, callee: undefined, library: effect.library, table: effect.table, via: steps.map((step) => step.functionName) },
      // What writes as well is a piece of work of its own, and behind several functions a query may be asked for rarely.
      confidence: writes || steps.length > 2 ? 'possible' : confidence,
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
