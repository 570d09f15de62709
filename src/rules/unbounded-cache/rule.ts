import { formatBytes, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';
import type { KeyDomain } from '../sharedState';

export interface Facts {
  /** How a reader calls the cache: "cache", "@lru_cache(maxsize=None)". */
  readonly cache: string;
  /** What entries are kept by, as the code names it: "userId", "the arguments of load". */
  readonly key: string;
  /** Whether keys come from a written set, from outside, or nobody can tell. */
  readonly domain: KeyDomain;
  /** Functions that fill it; none where it fills itself. */
  readonly writers: readonly string[];
  /** What bounds it: "a limit on its size, or an LRU cache". */
  readonly bound: string;
  /** Why it never forgets where that is not plain: "each instance is kept alive by its entries". */
  readonly because?: string;
}

/** An entry with its key and value, give or take. */
const ENTRY_BYTES = 1024;
const BOUND = 1000;

export const rule: Rule<Facts> = {
  meta: {
    id: 'unbounded-cache',
    title: 'Cache without a bound',
    family: 'caching',
    resource: 'memory',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n) memory in keys', after: 'O(1) memory' },
    cost: {
      unit: 'bytes in memory',
      variable: 'different keys',
      assumedSize: 100_000,
      now: (n) => n * ENTRY_BYTES,
      after: (n) => Math.min(n, BOUND) * ENTRY_BYTES,
      millisecondsPerUnit: 0.0000001,
    },
    effortMinutes: 15,
    validation: 'heap',
  },

  /** In a program that ends soon, or with keys that are few, remembering everything is right. */
  link({ file, facts, functionName }, workspace) {
    const heats = (facts.writers.length > 0 ? facts.writers : [functionName]).map((name) => workspace.heatOf(file, name).heat);
    if (facts.because !== undefined) return heats.every((heat) => heat === 'cold') ? undefined : { facts };
    // What the module makes for itself while it is loaded has no function that is hot or cold.
    if (facts.domain === 'open' && functionName === '' && facts.writers.length === 0) return { facts, confidence: 'possible' };
    return facts.domain === 'open' && heats.includes('hot') ? { facts } : undefined;
  },

  say({ cache, key, bound, because }, cost) {
    const why = because === undefined ? `keeps an entry for every ${key} there has ever been` : because;
    return {
      message: `${cache} ${why}: nothing removes one. That is roughly ${formatBytes(cost.now)} at ${formatSize(cost)} and 1 KiB an entry. Give it ${bound}.`,
      hint: 'no bound, no expiry',
    };
  },
};
