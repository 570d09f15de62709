/** What there is to choose from before a service, a process or two implementations are measured. Types only. */
import type { Commit, RunningProcess } from '../measure/experiments';
import type { FolderParams } from './protocol';

export interface ServicesResult {
  /** The folder's URI. */
  readonly folder: string;
  /** The most likely to start an app first. */
  readonly scripts: readonly AppScript[];
  /** Those that performance.json speaks of first. */
  readonly routes: readonly KnownRoute[];
}

export interface AppScript {
  readonly name: string;
  /** The folder of its package.json, relative to the workspace folder; '' is that folder. */
  readonly package: string;
  readonly command: string;
}

export interface KnownRoute {
  /** "GET /orders/:id". */
  readonly route: string;
  /** What performance.json asks of it: "p95 200 ms, 20 requests a second"; absent where it asks nothing. */
  readonly declared?: string;
  /** The rate at which its targets have to hold; absent where none is declared. */
  readonly ratePerSecond?: number;
}

export interface ProcessesResult {
  readonly processes: readonly RunningProcess[];
  /** Whether py-spy is there, without which no Python process can be recorded. */
  readonly canRecordPython: boolean;
}

export interface ImplementationsParams extends FolderParams {
  /** Compared with this one: its methods, its language. Without it every function is listed. */
  readonly with?: { readonly uri: string; readonly functionName: string };
}

export interface ImplementationsResult {
  readonly folder: string;
  /** Those that can take the same call, the likeliest first. */
  readonly functions: readonly Implementation[];
  /** Commits that changed the file of `with`, the newest first. */
  readonly commits: readonly Commit[];
}

export interface Implementation {
  readonly uri: string;
  /** Relative to the workspace folder. */
  readonly file: string;
  readonly functionName: string;
  /** Zero-based. */
  readonly line: number;
}
