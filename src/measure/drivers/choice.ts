import type { Driver } from '../../core/evidence';

/** What runs the driver's file. `own` is the file itself: a program, a benchmark, or node:test. */
export type Runner = 'own' | 'mocha' | 'vitest' | 'jest' | 'node:test' | 'pytest' | 'unittest' | 'asv' | 'package-script' | 'generated';

/** One way to drive a function, for a person to choose. */
export interface DriverChoice {
  readonly kind: Exclude<Driver['kind'], 'proof'>;
  readonly language: 'typescript' | 'python';
  readonly runner: Runner;
  /** The file that is run, relative to the workspace; for a package script its package.json. */
  readonly file: string;
  /** The script's name, for a package script. */
  readonly script?: string;
  /** Where it runs, relative to the workspace; '' is the workspace folder. */
  readonly cwd: string;
  /** Names it in lists and results: "test/orders.test.ts (vitest)". */
  readonly label: string;
  /** Why it is proposed, as a short phrase. */
  readonly reason: string;
}

/** The files of a workspace, as the driver search needs them. */
export interface WorkspaceFiles {
  /** Absolute. */
  readonly workspace: string;
  /** Source files and package.json files, relative to the workspace with forward slashes. */
  readonly files: readonly string[];
  /** The text of one of them; '' where it cannot be read. */
  readText(file: string): string;
}
