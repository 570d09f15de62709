import type { RuleLevel } from '../../core/config';
import type { EngineName } from '../../core/proof';

/** What each setting of the section `performanceEngineer` holds. */
export interface Settings {
  /** Levels by rule id. Its description is generated, with one key for each rule. */
  readonly rules: Readonly<Record<string, RuleLevel>>;
  readonly codeLens: boolean;
  readonly inlayHints: boolean;
  readonly heat: boolean;
  readonly exclude: readonly string[];
  /** Seconds. */
  readonly timeLimit: number;
  readonly explainEngine: EngineName;
  readonly nodePath: string;
  readonly pythonPath: string;
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
};

export const configuration = {
  title: 'Performance Engineer',
  properties: Object.fromEntries(Object.entries(SETTINGS).map(([name, setting]) => [`${SECTION}.${name}`, setting])),
};

/** Settings that name a program: a workspace that nobody trusts does not get to choose it. */
export const restrictedConfigurations = (['nodePath', 'pythonPath'] satisfies Declared[]).map(
  (name) => `${SECTION}.${name}`,
);
