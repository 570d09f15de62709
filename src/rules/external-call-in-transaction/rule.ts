import type { CalleeReference } from '../../core/facts';
import type { Rule } from '../../core/rule';
import { wayOf } from '../way';

export interface Facts {
  /** The call as the reader sees it: "stripe.customers.create". */
  readonly call: string;
  /** How the transaction was opened: "prisma.$transaction", "transaction.atomic". */
  readonly transaction: string;
  /** What is called over the network, where it was recognised. */
  readonly library?: string;
  /** Set while it is only known that a project function is called; the linker finds out what it does. */
  readonly callee?: CalleeReference;
  /** Names of the functions between the call and the request, filled in by the linker. */
  readonly via?: readonly string[];
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'external-call-in-transaction',
    title: 'Network call while a transaction is open',
    family: 'database',
    resource: 'database',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'none',
    complexity: { now: 'locks held for the time of the call', after: 'locks held for the time of the statements' },
    cost: {
      unit: 'round trips',
      variable: 'network calls inside the transaction',
      assumedSize: 1,
      now: (n) => n,
      after: () => 0,
      millisecondsPerUnit: 100,
    },
    effortMinutes: 60,
    validation: 'load',
  },

  link(candidate, workspace) {
    const { facts } = candidate;
    if (facts.callee === undefined) return { facts };
    const path = workspace.reach(candidate.file, facts.callee, ['request']);
    if (path === undefined) return undefined;
    const { effect, steps } = path;
    return {
      facts: { ...facts, callee: undefined, library: effect.library, via: steps.map((step) => step.functionName) },
      related: steps.map((step, index) => ({
        file: step.file,
        line: step.line,
        message: index === steps.length - 1 ? `${step.functionName} calls ${effect.library} here.` : `${step.functionName} calls on.`,
      })),
    };
  },

  say(facts) {
    return {
      message: `${facts.call}${wayOf(facts)} calls ${facts.library ?? 'the network'} while the transaction of ${facts.transaction} is open: its connection and its locks are held until the other side answers. Call before it begins or after it commits.`,
      hint: 'network call in a transaction',
    };
  },
};
