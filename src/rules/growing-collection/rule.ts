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
    why:
      'Each call leaves something behind that lives as long as the process. Memory rises until the process is killed, ' +
      'and whatever goes through the collection takes longer with every call.',
    technique: 'Remove entries when they are done with, keep the last n only, or hand them to something that stores them.',
    tradeoffs: 'What is dropped cannot be asked for later, and a removal has to be placed on every way out.',
    effortMinutes: 30,
    validation: 'heap',
    conflicts: [],
    whenNot: 'The entries come from a set that is known and small, or the process lives for one task.',
    examples: {
      typescript: {
        bad: `import express from 'express';

const app = express();
const visits: { path: string; at: number }[] = [];

app.get('/', (req, res) => {
  visits.push({ path: req.path, at: Date.now() });
  res.send('hello');
});
`,
        better: `import express from 'express';

const app = express();
const visits: { path: string; at: number }[] = [];

app.get('/', (req, res) => {
  visits.push({ path: req.path, at: Date.now() });
  if (visits.length > 1000) visits.shift();
  res.send('hello');
});
`,
      },
      python: {
        bad: `from flask import Flask, request

app = Flask(__name__)
visits = []

@app.get("/")
def index():
    visits.append(request.path)
    return "hello"
`,
        better: `from collections import deque

from flask import Flask, request

app = Flask(__name__)
visits = deque(maxlen=1000)

@app.get("/")
def index():
    visits.append(request.path)
    return "hello"
`,
      },
    },
    links: [
      { title: 'Node.js: memory diagnostics', url: 'https://nodejs.org/en/learn/diagnostics/memory' },
      { title: 'Python: collections.deque', url: 'https://docs.python.org/3/library/collections.html#collections.deque' },
    ],
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
