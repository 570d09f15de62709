import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'Every new key stays for the life of the process, so memory follows the number of different inputs there have ever been. ' +
    'Without an expiry an answer is also never refreshed.',
  technique: 'Bound it: a maximum number of entries with the oldest or least used dropped, and an expiry where answers change.',
  tradeoffs: 'An entry that was dropped is computed again. A bound that is too small costs more than it saves: watch the hit rate.',
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
};
