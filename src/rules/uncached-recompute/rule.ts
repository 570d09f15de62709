import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** What is done again, as the code calls it: "Handlebars.compile", "readFileSync". */
  readonly call: string;
  /** What comes of it: "the same template", "the same file". */
  readonly what: string;
  /** It stands in a loop, so that one call of the function does it many times already. */
  readonly inLoop: boolean;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'uncached-recompute',
    title: 'The same costly result made on every call',
    family: 'caching',
    resource: 'cpu',
    decision: 'deferrable',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(calls)', after: 'O(1)' },
    cost: {
      unit: 'calls',
      variable: 'calls of the function',
      assumedSize: 100,
      now: (n) => n,
      after: () => 1,
      // A template compiled, a schema built, a small file read: between 0.02 and 1 ms.
      millisecondsPerUnit: 0.1,
    },
    why: 'Nothing that goes in changes, so each call makes what the one before has made: parsing, compiling or reading that could be done once.',
    technique: 'Make it once, when the module is loaded or at the first call, and keep it.',
    tradeoffs: 'It stays in memory, start-up does the work, and a change of the file is seen after a restart only.',
    effortMinutes: 10,
    validation: 'benchmark',
    conflicts: [
      { view: 'clarity', text: 'What is made where it is used is easier to follow than a constant of the module.' },
      { view: 'quick hack', agrees: true, text: 'Keeping a result is a small change that buys time until it is made at less cost.' },
    ],
    whenNot: 'The function is called a few times, the file is meant to be picked up when it changes, or the result is changed by whoever gets it.',
    examples: {
      typescript: {
        bad: `import express from 'express';
import Handlebars from 'handlebars';

const SOURCE = '<h1>{{title}}</h1>';
const app = express();

app.get('/', (req, res) => {
  const template = Handlebars.compile(SOURCE);
  res.send(template({ title: req.path }));
});
`,
        better: `import express from 'express';
import Handlebars from 'handlebars';

const SOURCE = '<h1>{{title}}</h1>';
const app = express();
const template = Handlebars.compile(SOURCE);

app.get('/', (req, res) => {
  res.send(template({ title: req.path }));
});
`,
      },
      python: {
        bad: `from flask import Flask
from jinja2 import Template

SOURCE = "<h1>{{ title }}</h1>"
app = Flask(__name__)

@app.get("/<title>")
def show(title):
    template = Template(SOURCE)
    return template.render(title=title)
`,
        better: `from flask import Flask
from jinja2 import Template

SOURCE = "<h1>{{ title }}</h1>"
app = Flask(__name__)
template = Template(SOURCE)

@app.get("/<title>")
def show(title):
    return template.render(title=title)
`,
      },
    },
    links: [
      { title: 'MDN: Intl.NumberFormat, and why to keep it', url: 'https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Intl/NumberFormat' },
      { title: 'Python: functools.cache', url: 'https://docs.python.org/3/library/functools.html#functools.cache' },
    ],
  },

  link({ file, functionName, facts }, workspace) {
    const { heat } = workspace.heatOf(file, functionName);
    return heat === 'hot' || (facts.inLoop && heat !== 'cold') ? { facts } : undefined;
  },

  say({ call, what, inLoop }, cost) {
    const when = inLoop ? 'in every round' : 'on every call, and requests come here';
    return {
      message: `${call} makes ${what} ${when}, though nothing that goes in changes: ${formatCount(cost.now)} times at ${formatSize(cost)}, where once is enough. Measure whether it matters before you keep it.`,
      hint: `${what}, each time`,
    };
  },
};
