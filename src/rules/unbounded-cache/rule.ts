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
    why:
      'Every new key stays for the life of the process, so memory follows the number of different inputs there have ever been. ' +
      'Without an expiry an answer is also never refreshed.',
    technique: 'Bound it: a maximum number of entries with the oldest or least used dropped, and an expiry where answers change.',
    tradeoffs: 'An entry that was dropped is computed again. A bound that is too small costs more than it saves: watch the hit rate.',
    effortMinutes: 15,
    validation: 'heap',
    conflicts: [
      { view: 'linter', tool: 'ruff', rule: 'UP033', text: 'It rewrites @lru_cache(maxsize=None) to @cache, which is as unbounded.' },
      { view: 'linter', tool: 'ruff', rule: 'B019', agrees: true, text: 'It finds caches on methods, which keep every instance alive.' },
      { view: 'linter', tool: 'pylint', rule: 'method-cache-max-size-none', agrees: true, text: 'It finds unbounded caches on methods.' },
      { view: 'simplicity', text: 'A dictionary is one line; a bounded cache is a few, or a dependency.' },
    ],
    whenNot: 'Keys come from a set that is known and small: locales, classes, configuration names, files of the program itself.',
    examples: {
      typescript: {
        bad: `import express from 'express';

declare function loadProfile(userId: string): Promise<object>;

const app = express();
const profiles = new Map<string, object>();

app.get('/users/:id', async (req, res) => {
  const userId = req.params.id;
  let profile = profiles.get(userId);
  if (!profile) {
    profile = await loadProfile(userId);
    profiles.set(userId, profile);
  }
  res.json(profile);
});
`,
        better: `import express from 'express';
import { LRUCache } from 'lru-cache';

declare function loadProfile(userId: string): Promise<object>;

const app = express();
const profiles = new LRUCache<string, object>({ max: 1000, ttl: 60_000 });

app.get('/users/:id', async (req, res) => {
  const userId = req.params.id;
  let profile = profiles.get(userId);
  if (!profile) {
    profile = await loadProfile(userId);
    profiles.set(userId, profile);
  }
  res.json(profile);
});
`,
      },
      python: {
        bad: `from functools import lru_cache

from flask import Flask

app = Flask(__name__)

@lru_cache(maxsize=None)
def render(text: str) -> str:
    return text.strip().replace("\\n", "<br>")

@app.get("/preview/<text>")
def preview(text):
    return render(text)
`,
        better: `from functools import lru_cache

from flask import Flask

app = Flask(__name__)

@lru_cache(maxsize=1024)
def render(text: str) -> str:
    return text.strip().replace("\\n", "<br>")

@app.get("/preview/<text>")
def preview(text):
    return render(text)
`,
      },
    },
    links: [
      { title: 'Python: functools.lru_cache', url: 'https://docs.python.org/3/library/functools.html#functools.lru_cache' },
      { title: 'lru-cache', url: 'https://www.npmjs.com/package/lru-cache' },
    ],
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
