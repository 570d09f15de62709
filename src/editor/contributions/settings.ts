import { USUAL_ADDRESS } from '../../advisor/address';
import type { AdvisorSettings } from '../../advisor/session/ports';
import type { RuleLevel } from '../../core/config';
import type { EngineName } from '../../core/proof';

/** What each setting of the section `performanceEngineer` holds. */
export interface Settings {
  /** Levels by rule id. Its description is generated, with one key for each rule. */
  readonly rules: Readonly<Record<string, RuleLevel>>;
  readonly codeLens: boolean;
  readonly inlayHints: boolean;
  readonly heat: boolean;
  readonly measureOverhead: boolean;
  readonly exclude: readonly string[];
  /** Seconds. */
  readonly timeLimit: number;
  readonly comparisonRounds: number;
  readonly explainEngine: EngineName;
  readonly nodePath: string;
  readonly pythonPath: string;
  readonly 'advisor.provider': AdvisorSettings['provider'];
  readonly 'advisor.model': string;
  /** "vendor/id" of a model of VS Code; empty for the first. */
  readonly 'advisor.languageModel': string;
  readonly 'advisor.effort': AdvisorSettings['effort'];
  /** US dollars for one question. */
  readonly 'advisor.budget': number;
  /** Tokens for one question, in and out. */
  readonly 'advisor.tokenBudget': number;
  readonly 'advisor.baseUrl': string;
  readonly 'advisor.prices': AdvisorSettings['prices'];
}

export const SECTION = 'performanceEngineer';

type Declared = Exclude<keyof Settings, 'rules'>;

const SETTINGS: { readonly [Name in Declared]: { readonly default: Settings[Name]; readonly [key: string]: unknown } } = {
  codeLens: {
    type: 'boolean',
    default: true,
    description: 'Show findings and measurements above each function, with the actions Profile and Report.',
  },
  inlayHints: {
    type: 'boolean',
    default: true,
    markdownDescription:
      'Show what a costly expression costs at the scale that `performance.json` declares, such as "1 + 1,000 queries".',
  },
  heat: {
    type: 'boolean',
    default: true,
    description: 'Show beside each line the share of the time it took, once a run has measured the file.',
  },
  measureOverhead: {
    type: 'boolean',
    default: true,
    description: 'After a test or a generated driver was profiled or traced, run it once more without the profiler, to say how much that has slowed it down. Programs and scripts run once only.',
  },
  exclude: {
    type: 'array',
    items: { type: 'string' },
    default: [],
    scope: 'resource',
    markdownDescription:
      'Globs of files that are not looked at, such as `legacy/**`. What `.gitignore` names, tests and generated code are left out anyway.',
  },
  timeLimit: {
    type: 'integer',
    default: 120,
    minimum: 1,
    description: 'How long a program that is profiled or benchmarked may run, in seconds. After that it is stopped.',
  },
  comparisonRounds: {
    type: 'integer',
    default: 20,
    minimum: 8,
    description: 'How many processes of each side a comparison runs, in turn. Fewer take less time and give a wider interval.',
  },
  explainEngine: {
    type: 'string',
    enum: ['pglite', 'sqlite', 'postgres'],
    enumDescriptions: [
      'A PostgreSQL inside of the editor, on made-up rows at the scale that performance.json declares. Nothing to install.',
      'SQLite, on made-up rows.',
      'Your own server, by the connection of "Performance: Set Database Connection…". It is only read: queries are planned, indexes tried as hypothetical ones.',
    ],
    default: 'pglite',
    markdownDescription: 'Where a query is explained and what is recommended for it is proved.',
  },
  nodePath: {
    type: 'string',
    default: '',
    scope: 'machine-overridable',
    markdownDescription:
      'The Node.js that runs what is measured (an absolute path). Empty: the one on the `PATH`, 20.19 or later.',
  },
  pythonPath: {
    type: 'string',
    default: '',
    scope: 'machine-overridable',
    markdownDescription:
      'The Python that runs what is measured (an absolute path). Empty: that of the workspace\'s virtual environment, else the one on the `PATH`.',
  },
  // What decides who receives the code is the user's alone: no workspace and no folder can set it.
  'advisor.provider': {
    type: 'string',
    enum: ['off', 'anthropic', 'vscode'],
    enumDescriptions: [
      'Nobody: nothing is ever sent.',
      'The Anthropic API, with your own key.',
      'A language model that another extension brings to VS Code.',
    ],
    default: 'off',
    scope: 'application',
    description: 'Who answers when you ask the performance engineer. Before anything is sent you see what it is, once for each workspace.',
  },
  'advisor.model': {
    type: 'string',
    default: 'claude-opus-5-5',
    scope: 'application',
    markdownDescription: 'The model of the Anthropic API. The command **Performance: Choose Model** lists those that your key can use.',
  },
  'advisor.languageModel': {
    type: 'string',
    default: '',
    scope: 'application',
    markdownDescription: 'The model of VS Code, as `vendor/id`. Empty: the first that is offered. The command **Performance: Choose Model** lists them.',
  },
  'advisor.effort': {
    type: 'string',
    enum: ['low', 'medium', 'high', 'xhigh', 'max'],
    default: 'high',
    scope: 'application',
    description: 'How much the model may think before it answers. More takes longer and costs more.',
  },
  'advisor.budget': {
    type: 'number',
    default: 1,
    minimum: 0.05,
    scope: 'application',
    description: 'The most that one question may cost at list prices, in US dollars. The investigation ends before, so that there is always an answer.',
  },
  'advisor.tokenBudget': {
    type: 'integer',
    default: 500_000,
    minimum: 10_000,
    scope: 'application',
    description: 'The most tokens that one question may use, in and out. It alone counts where the price of the model is not known.',
  },
  'advisor.baseUrl': {
    type: 'string',
    default: USUAL_ADDRESS,
    scope: 'application',
    description: 'The address of the Anthropic API or of a gateway that speaks it. It has to be encrypted (https), unless it is on this machine.',
  },
  'advisor.prices': {
    type: 'object',
    default: {},
    scope: 'application',
    markdownDescription:
      'Prices by model, in US dollars for a million tokens, where they differ from the list prices that are built in: `{ "claude-opus-5-5": { "input": 4, "output": 20, "cacheWrite": 5, "cacheRead": 0.2 } }`.',
    additionalProperties: {
      type: 'object',
      required: ['input', 'output', 'cacheWrite', 'cacheRead'],
      additionalProperties: false,
      properties: { input: { type: 'number' }, output: { type: 'number' }, cacheWrite: { type: 'number' }, cacheRead: { type: 'number' } },
    },
  },
};

export const configuration = {
  title: 'Performance Engineer',
  properties: Object.fromEntries(Object.entries(SETTINGS).map(([name, setting]) => [`${SECTION}.${name}`, setting])),
};

/** Settings that name a program: a workspace that nobody trusts does not get to choose it. */
export const restrictedConfigurations = (['nodePath', 'pythonPath'] satisfies Declared[]).map(
  (name) => `${SECTION}.${name}`,
);
