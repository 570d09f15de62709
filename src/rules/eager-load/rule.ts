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
    effortMinutes: 10,
    validation: 'benchmark',
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
