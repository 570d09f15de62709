import { formatCount, formatSize } from '../../core/format';
import type { CalleeReference } from '../../core/facts';
import type { Rule } from '../../core/rule';
import { wayOf } from '../way';

export interface Facts {
  /** The call that is started once per item: "fetch", "sendInvoice". */
  readonly call: string;
  /** What starts them all: "Promise.all", "asyncio.gather". */
  readonly starter: string;
  /** What the items are called: "orders". */
  readonly collection: string;
  /** How this language limits them: "p-limit", "asyncio.Semaphore". */
  readonly limiter: string;
  /** What each of them uses, where it was recognised: "fetch", "fs". */
  readonly library?: string;
  /** Set while it is only known that a project function is called; the linker finds out what it does. */
  readonly callee?: CalleeReference;
  /** The project function that gave the collection, whose query makes it grow. */
  readonly source?: CalleeReference;
  /** Names of the functions between the call and the request, filled in by the linker. */
  readonly via?: readonly string[];
}

/** Enough to hide the waiting, few enough not to flood the other side; what the fixes write, too. */
export const LIMIT = 8;

export const rule: Rule<Facts> = {
  meta: {
    id: 'unbounded-concurrency',
    title: 'As many calls at once as there are items',
    family: 'scalability',
    resource: 'network',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'n calls at once', after: 'a fixed number of calls at once' },
    cost: {
      unit: 'calls',
      variable: 'items',
      assumedSize: 200,
      now: (n) => n,
      after: (n) => Math.min(n, LIMIT),
      millisecondsPerUnit: 0.1,
    },
    effortMinutes: 10,
    validation: 'load',
  },

  link({ facts, file, functionName, confidence }, workspace) {
    if (workspace.heatOf(file, functionName).heat === 'cold') return undefined;
    const grows = facts.source !== undefined && workspace.reach(file, facts.source, ['query', 'request']) !== undefined;
    const certainty = grows ? 'likely' : confidence;
    if (facts.callee === undefined) return { facts, confidence: certainty };
    const path = workspace.reach(file, facts.callee, ['request']);
    if (path === undefined || path.effect.bulk !== undefined) return undefined;
    const last = path.steps[path.steps.length - 1]!;
    return {
      facts: { ...facts, callee: undefined, library: path.effect.library, via: path.steps.map((step) => step.functionName) },
      confidence: certainty,
      related: [{ file: last.file, line: last.line, message: `${last.functionName} calls ${path.effect.library} here.` }],
    };
  },

  say(facts, cost) {
    const through = facts.via === undefined ? '' : ` (${facts.library}${wayOf(facts).replace(/^ \(/, ', ').replace(/\)$/, '')})`;
    return {
      message: `${facts.starter} starts ${facts.call}${through} for every item of ${facts.collection} at once: ${formatCount(cost.now)} calls at ${formatSize(cost)}, and nothing here limits them. Let about ${LIMIT} run at a time (${facts.limiter}).`,
      hint: `${formatCount(cost.n)} calls at once`,
    };
  },
};
