import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'Nothing that goes in changes, so each call makes what the one before has made: parsing, compiling or reading that could be done once.',
  technique: 'Make it once, when the module is loaded or at the first call, and keep it.',
  tradeoffs: 'It stays in memory, start-up does the work, and a change of the file is seen after a restart only.',
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
};
