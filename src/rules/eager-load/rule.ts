import type { Rule } from '../../core/rule';

export type Facts =
  | {
      readonly kind: 'import';
      /** The module as it is imported: "puppeteer", "matplotlib.pyplot". */
      readonly module: string;
      /** The name under which the workspace counts who imports it. */
      readonly root: string;
      /** The one function that needs it. */
      readonly user: string;
      /** How many functions that others can call do without it. */
      readonly others: number;
      /** It is code for a browser, which downloads it. */
      readonly isClient: boolean;
    }
  | {
      readonly kind: 'relation';
      /** The relation as the code declares it: "Order.lines". */
      readonly relation: string;
      /** The setting that makes it eager: 'lazy="joined"', "eager: true". */
      readonly setting: string;
    };

export const rule: Rule<Facts> = {
  meta: {
    id: 'eager-load',
    title: 'Loaded at once, needed rarely',
    family: 'lazy loading',
    resource: 'io',
    decision: 'deferrable',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'always', after: 'when needed' },
    cost: {
      unit: 'calls',
      variable: 'starts',
      assumedSize: 1,
      now: (n) => n,
      after: () => 0,
      // A large package takes tenths of a second to load.
      millisecondsPerUnit: 200,
    },
    why:
      'Whoever starts the program or opens the page waits until all of it is loaded, and it stays in memory, ' +
      'though only one path ever uses it. Serverless functions and command lines pay that at every start.',
    technique: 'Load it where it is used: a dynamic import, an import inside the function, a relation loaded by the query that needs it.',
    tradeoffs: 'The first use waits instead, and a missing package is noticed only then.',
    effortMinutes: 10,
    validation: 'benchmark',
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
  },

  /** Where another file imports it as well, it is loaded in any case, and a script is started for what it does. */
  link({ file, facts }, workspace) {
    if (facts.kind === 'relation') return { facts };
    return workspace.importersOf(facts.root) > 1 || workspace.heatOf(file, '').heat === 'cold' ? undefined : { facts };
  },

  say(facts) {
    if (facts.kind === 'relation') {
      return {
        message: `${facts.setting} loads ${facts.relation} with every query of its owner, whether somebody reads it or not. Leave it lazy, and let the queries that need it load it.`,
        hint: 'loaded with every query',
      };
    }
    const { module, user, others, isClient } = facts;
    const who = isClient ? 'Whoever opens the page downloads it' : 'It is loaded at every start';
    const rest = others > 0 ? `, while ${others === 1 ? 'another function here does' : `${others} other functions here do`} without` : '';
    return {
      message: `${module} is large, and only ${user} uses it${rest}. ${who}: import it inside ${user}.`,
      hint: `only ${user} needs it`,
    };
  },
};
