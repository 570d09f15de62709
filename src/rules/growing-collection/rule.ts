import { formatBytes, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export type Facts =
  | {
      /** A collection that functions add to and nothing removes from: "seen". */
      readonly kind: 'collection';
      readonly name: string;
      /** How it is added to: "push", "set", "append". */
      readonly how: string;
      readonly writers: readonly string[];
    }
  | {
      /** A listener that is added each time: "process.on('exit')". */
      readonly kind: 'listener';
      readonly call: string;
      /** What each time is: "request", "mount". */
      readonly each: 'call' | 'mount';
      readonly remove: string;
      readonly writers: readonly string[];
    };

/** An entry with what it refers to, give or take. */
const ENTRY_BYTES = 256;

export const rule: Rule<Facts> = {
  meta: {
    id: 'growing-collection',
    title: 'Collection that only grows',
    family: 'scalability',
    resource: 'memory',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'none',
    complexity: { now: 'O(n) memory in requests', after: 'O(1) memory' },
    cost: {
      unit: 'bytes in memory',
      variable: 'calls since the start',
      assumedSize: 1_000_000,
      now: (n) => n * ENTRY_BYTES,
      after: () => 0,
      millisecondsPerUnit: 0.00000001,
    },
    effortMinutes: 30,
    validation: 'heap',
  },

  link({ file, facts }, workspace) {
    if (facts.kind === 'listener' && facts.each === 'mount') return { facts };
    return facts.writers.some((name) => workspace.heatOf(file, name).heat === 'hot') ? { facts } : undefined;
  },

  say(facts, cost) {
    if (facts.kind === 'listener') {
      const each = facts.each === 'mount' ? 'Each time the component is mounted' : 'Each request';
      return {
        message: `${each} adds a listener with ${facts.call} that nothing takes away: listeners pile up, and each keeps what it refers to. ${facts.remove}`,
        hint: 'a listener more each time',
      };
    }
    return {
      message: `${facts.name} belongs to the process, request handlers add to it (${facts.how}), and nothing removes: roughly ${formatBytes(cost.now)} at ${formatSize(cost)} and 256 bytes an entry. Remove what is done with, or keep the last n.`,
      hint: 'only grows',
    };
  },
};
