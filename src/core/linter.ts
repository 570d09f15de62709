/** Linters whose configuration is read. */
export type LinterName = 'eslint' | 'oxlint' | 'ruff' | 'pylint';

/** One linter as one file of the workspace configures it. */
export interface LinterSetup {
  readonly tool: LinterName;
  /** Relative to the workspace folder. */
  readonly file: string;
  /** Whether a rule is switched on, by its id as the linter prints it: "no-await-in-loop", "unicorn/no-array-reduce", "UP033". */
  isOn(rule: string): boolean;
}
