import type { CalleeReference } from '../../core/facts';
import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';
import { wayOf } from '../way';

export interface Facts {
  /** The call as the reader sees it: "s3.send", "fetch". */
  readonly call: string;
  /** What is iterated: "orders". */
  readonly loop: string;
  /** What is called where it was recognised: "AWS s3", "fetch". */
  readonly library?: string;
  /** The same API's call that takes many at once: "DeleteObjectsCommand, up to 1,000 at a time". */
  readonly batch?: string;
  /** For a read by a key in the URL: the path of the list, "/v1/orders". */
  readonly list?: string;
  /** The same file asks for that list elsewhere, so it exists. */
  readonly isListKnown?: boolean;
  /** Set while it is only known that a project function is called; the linker finds out what it does. */
  readonly callee?: CalleeReference;
  /** Names of the functions between the call and the request, filled in by the linker. */
  readonly via?: readonly string[];
}

/** What a batch call of a usual size takes; the real limits lie between 10 and 1,000. */
const BATCH = 100;

export const rule: Rule<Facts> = {
  meta: {
    id: 'request-per-item',
    title: 'One request per item instead of a batch',
    family: 'batching',
    resource: 'network',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'none',
    complexity: { now: 'O(n) requests', after: 'O(n / batch) requests' },
    cost: {
      unit: 'round trips',
      variable: 'items in the loop',
      assumedSize: 20,
      now: (n) => n,
      after: (n) => Math.ceil(n / BATCH),
      millisecondsPerUnit: 50,
    },
    effortMinutes: 30,
    validation: 'load',
  },

  link({ facts, file, functionName, confidence }, workspace) {
    const found = facts.callee === undefined ? { facts } : throughFunction();
    if (found === undefined) return undefined;
    const { batch, via } = found.facts;
    // The further away the request, the more happens on the way, and the more has to change for a batch.
    if (batch !== undefined) return { ...found, confidence: (via?.length ?? 0) > 1 ? 'possible' : confidence };
    // What a list holds of each item is a guess, which is no use for code that runs once in a while.
    return workspace.heatOf(file, functionName).heat === 'cold' ? undefined : { ...found, confidence: 'possible' };

    function throughFunction(): ReturnType<NonNullable<Rule<Facts>['link']>> {
      const path = workspace.reach(file, facts.callee!, ['request']);
      const { library, bulk, list } = path?.effect ?? {};
      if (path === undefined || (bulk === undefined && list === undefined)) return undefined;
      const last = path.steps[path.steps.length - 1]!;
      return {
        facts: { ...facts, callee: undefined, library, batch: bulk, list, via: path.steps.map((step) => step.functionName) },
        related: [{ file: last.file, line: last.line, message: `${last.functionName} sends one request to ${library} here.` }],
      };
    }
  },

  say(facts, cost) {
    const head = `${facts.call}${wayOf(facts)} sends a request${facts.library === undefined ? '' : ` (${facts.library})`} once per item of ${facts.loop}: ${formatCount(cost.now)} requests at ${formatSize(cost)}.`;
    return { message: `${head} ${adviceOf(facts)}`, hint: `${formatCount(cost.n)} requests` };
  },
};

function adviceOf({ batch, list, isListKnown }: Facts): string {
  if (batch !== undefined) return `Send them together with ${batch}.`;
  if (isListKnown) return `Read ${list} once, as this file does elsewhere, and look each item up.`;
  return `If the other side answers for many keys at once (${list} with a filter, or a batch endpoint), ask once.`;
}
