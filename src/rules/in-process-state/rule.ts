import type { Rule } from '../../core/rule';

export type Facts =
  | {
      /** A collection of our own: "sessions". */
      readonly kind: 'collection';
      readonly name: string;
      /** What it keeps, as a noun phrase: "sessions", "rate limits". */
      readonly what: string;
      /** Functions that add to it. */
      readonly writers: readonly string[];
    }
  | {
      /** A library's default store: "express-session". */
      readonly kind: 'library';
      readonly call: string;
      readonly what: string;
      /** How to give it a shared store: "the option store with connect-redis". */
      readonly instead: string;
    };

export const rule: Rule<Facts> = {
  meta: {
    id: 'in-process-state',
    title: 'State of users kept in one process',
    family: 'scalability',
    resource: 'memory',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'none',
    complexity: { now: 'one process', after: 'any number of processes' },
    cost: {
      unit: 'bytes in memory',
      variable: 'users with state',
      assumedSize: 10_000,
      now: (n) => n * 512,
      after: () => 0,
      millisecondsPerUnit: 0.000001,
    },
    effortMinutes: 120,
    validation: 'load',
  },

  link({ file, facts }, workspace) {
    if (facts.kind === 'library') return workspace.heatOf(file, '').heat === 'cold' ? undefined : { facts };
    return facts.writers.some((name) => workspace.heatOf(file, name).heat === 'hot') ? { facts } : undefined;
  },

  say(facts) {
    const hint = `${facts.what} in one process`;
    if (facts.kind === 'library') {
      return {
        message: `${facts.call} keeps ${facts.what} in the memory of this process: a second process has its own, and a restart forgets them. Use ${facts.instead}.`,
        hint,
      };
    }
    return {
      message: `${facts.name} keeps ${facts.what} in the memory of this process, and request handlers write it: a second process has its own, and a restart forgets them. Keep them in Redis or the database.`,
      hint,
    };
  },
};
