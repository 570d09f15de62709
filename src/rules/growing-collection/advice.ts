import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'Each call leaves something behind that lives as long as the process. Memory rises until the process is killed, ' +
    'and whatever goes through the collection takes longer with every call.',
  technique: 'Remove entries when they are done with, keep the last n only, or hand them to something that stores them.',
  tradeoffs: 'What is dropped cannot be asked for later, and a removal has to be placed on every way out.',
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
};
