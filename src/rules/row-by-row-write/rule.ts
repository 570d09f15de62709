import { formatCount, formatSize } from '../../core/format';
import type { CalleeReference } from '../../core/facts';
import type { Rule } from '../../core/rule';
import type { WorkspaceView } from '../../core/workspaceView';
import { knownRows, type NamedRows } from '../../workspace/models/rows';
import { confidencePerItem } from '../perItemConfidence';
import { wayOf } from '../way';

export interface Facts {
  readonly call: string;
  readonly loop: string;
  readonly library?: string;
  readonly table?: string;
  /** The bulk operation of that library: "createMany", "executemany", "bulk_create". */
  readonly bulk?: string;
  readonly callee?: CalleeReference;
  readonly via?: readonly string[];
  readonly concurrent?: boolean;
  /** The rows that are deleted one by one, whose model may clean up after each. */
  readonly deleted?: NamedRows;
  /** The rows that are saved one by one, whose model may do more than save. */
  readonly saved?: NamedRows;
  /** Set by the linker: the model whose own `save()` a bulk write leaves out. */
  readonly ownSave?: string;
}

/** One `queryset.delete()` calls no `delete()` of the model, so what that does besides would be left undone: files, a log. */
function cleansUp(rows: NamedRows, file: string, workspace: WorkspaceView): boolean {
  return modelWithOwn('delete', rows, file, workspace) !== undefined;
}

function modelWithOwn(method: 'save' | 'delete', rows: NamedRows | undefined, file: string, { models }: WorkspaceView): string | undefined {
  const model = rows && knownRows(rows, file, models)?.model;
  return model !== undefined && models.overrides(model, method) ? model.name : undefined;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'row-by-row-write',
    title: 'One write per item instead of a bulk write',
    family: 'batching',
    resource: 'database',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n) statements', after: 'O(n / batch) statements' },
    cost: {
      unit: 'round trips',
      variable: 'items written',
      assumedSize: 100,
      now: (n) => n,
      after: (n) => Math.ceil(n / 1000),
      millisecondsPerUnit: 1,
    },
    effortMinutes: 20,
    validation: 'query count',
  },

  link(candidate, workspace) {
    const { facts } = candidate;
    if (facts.deleted !== undefined && cleansUp(facts.deleted, candidate.file, workspace)) return undefined;
    const ownSave = modelWithOwn('save', facts.saved, candidate.file, workspace);
    if (ownSave !== undefined) return { facts: { ...facts, ownSave }, confidence: 'possible' };
    const confidence = confidencePerItem(candidate, workspace);
    if (facts.callee === undefined) return { facts, confidence };
    const path = workspace.reach(candidate.file, facts.callee, ['write']);
    const query = workspace.reach(candidate.file, facts.callee, ['query'])?.effect;
    const isRead = query !== undefined && (query.relation === undefined || !workspace.isPrefetched(query.relation));
    // A call that queries as well is one finding, and the query's: what is read per item comes first.
    if (path === undefined || isRead) return undefined;
    // What an item sends or uploads takes longer than the row that records it, and the row has to wait for the answer.
    if (workspace.reach(candidate.file, facts.callee, ['request'])) return undefined;
    const { effect, steps } = path;
    return {
      facts: { ...facts, callee: undefined, library: effect.library, table: effect.table, via: steps.map((step) => step.functionName) },
      // Behind several functions a write is often the work that an item asks for.
      confidence: steps.length > 2 ? 'possible' : confidence,
      related: steps.map((step, index) => ({
        file: step.file,
        line: step.line,
        message: index === steps.length - 1 ? `${step.functionName} writes here.` : `${step.functionName} calls on.`,
      })),
    };
  },

  say(facts, cost) {
    const bulk = facts.bulk ?? 'one bulk statement';
    const leftOut = facts.ownSave === undefined ? '' : ` ${facts.ownSave} has a save() of its own, which a bulk write does not call.`;
    return {
      message: `${facts.call}${wayOf(facts)} writes${facts.table ? ` to ${facts.table}` : ''} once per item of ${facts.loop}: about ${formatCount(cost.now)} round trips at ${formatSize(cost)}. Collect the rows and use ${bulk}.${leftOut}`,
      hint: `${formatCount(cost.n)} writes`,
    };
  },
};
