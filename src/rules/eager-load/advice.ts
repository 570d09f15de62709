import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'Whoever starts the program or opens the page waits until all of it is loaded, and it stays in memory, ' +
    'though only one path ever uses it. Serverless functions and command lines pay that at every start.',
  technique: 'Load it where it is used: a dynamic import, an import inside the function, a relation loaded by the query that needs it.',
  tradeoffs: 'The first use waits instead, and a missing package is noticed only then.',
  conflicts: [
    { view: 'clarity', text: 'Imports at the top show at a glance what a file depends on.' },
    { view: 'linter', tool: 'ruff', rule: 'PLC0415', text: 'It asks for all imports at the top of the file.' },
    { view: 'linter', tool: 'pylint', rule: 'import-outside-toplevel', text: 'It asks for all imports at the top of the file.' },
  ],
  whenNot: 'The process starts once and runs for days, or the path is taken soon after every start.',
  examples: {
    typescript: {
      bad: `import { JSDOM } from 'jsdom';

declare function load(id: string): Promise<string>;
declare function save(id: string, html: string): Promise<void>;

export async function show(id: string) {
  return load(id);
}

export async function edit(id: string, html: string) {
  await save(id, html);
}

export async function exportText(id: string) {
  const page = new JSDOM(await load(id));
  return page.window.document.body.textContent;
}
`,
      better: `declare function load(id: string): Promise<string>;
declare function save(id: string, html: string): Promise<void>;

export async function show(id: string) {
  return load(id);
}

export async function edit(id: string, html: string) {
  await save(id, html);
}

export async function exportText(id: string) {
  const { JSDOM } = await import('jsdom');
  const page = new JSDOM(await load(id));
  return page.window.document.body.textContent;
}
`,
    },
    python: {
      bad: `import pandas as pd

def show(order):
    return order.title

def edit(order, title):
    order.title = title

def export(orders):
    return pd.DataFrame(orders).to_csv()
`,
      better: `def show(order):
    return order.title

def edit(order, title):
    order.title = title

def export(orders):
    import pandas as pd
    return pd.DataFrame(orders).to_csv()
`,
    },
  },
  links: [
    { title: 'MDN: dynamic import()', url: 'https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Operators/import' },
    { title: 'Python: -X importtime', url: 'https://docs.python.org/3/using/cmdline.html#cmdoption-X' },
    { title: 'SQLAlchemy: relationship loading techniques', url: 'https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html' },
  ],
};
