import type { Machine, Run } from '../../core/evidence';
import type { Percentile } from '../../core/config';
import type { Failure } from '../../core/failures';
import type { Priority } from '../../core/finding';
import type { Comparison } from '../../core/comparison';
import type { JsonFinding } from '../../report/json';
import type { Report } from '../../report/model';
import type { CallSurroundings } from '../../workspace/calls';
import type { TableDescription } from '../../workspace/schema/describe';

/*
 * What can be asked about a workspace. Questions and answers are plain JSON, so that the language server, the
 * command line and the MCP server answer the same ones.
 */

export type FactQuery =
  | {
      readonly kind: 'findings';
      /** One finding or proposal by its id. */
      readonly id?: string;
      readonly file?: string;
      readonly functionName?: string;
      readonly rule?: string;
      readonly priority?: Priority;
      /** The first that many in the order of the ranking. */
      readonly limit?: number;
    }
  /** Runs newest first: all, one by its id, or those that saw a function or a file. */
  | { readonly kind: 'runs'; readonly run?: string; readonly file?: string; readonly functionName?: string; readonly limit?: number }
  /** Two runs of the same benchmarks, before and after a change. */
  | { readonly kind: 'compare'; readonly before: string; readonly after: string }
  | { readonly kind: 'schema'; readonly tables?: readonly string[] }
  | { readonly kind: 'calls'; readonly file: string; readonly functionName: string }
  | { readonly kind: 'workspace' }
  | { readonly kind: 'report' };

export interface FactAnswers {
  readonly findings: { readonly findings: readonly FindingFact[]; readonly total: number; readonly problem?: string };
  readonly runs: { readonly runs: readonly RunFact[]; readonly total: number; readonly problem?: string };
  readonly compare: { readonly comparisons: readonly ComparisonFact[]; readonly problem?: string };
  readonly schema: { readonly tables: readonly TableDescription[]; readonly known: readonly string[] };
  readonly calls: { readonly surroundings?: CallSurroundings; readonly problem?: string };
  readonly workspace: WorkspaceFact;
  readonly report: { readonly report: Report };
}

export type FactKind = FactQuery['kind'];

/** The questions of one kind. */
export type FactQueryOf<Kind extends FactKind> = Extract<FactQuery, { readonly kind: Kind }>;

/** Answers questions about one workspace, wherever its facts are kept. */
export interface FactSource {
  ask<Kind extends FactKind>(query: FactQueryOf<Kind>, signal?: AbortSignal): Promise<FactAnswers[Kind]>;
}

/** A finding with what is measured of the function around it. */
export interface FindingFact extends JsonFinding {
  /** Share of the driven path, 0 to 1, by `run`. Absent where nothing was measured. */
  readonly share?: number;
  /** The run behind `share`, whether or not it has decided the priority. */
  readonly measuredBy?: string;
  /** The advisor's own, not a rule's. */
  readonly isProposal: boolean;
}

export interface FunctionCostFact {
  readonly file: string;
  readonly functionName: string;
  readonly selfShare: number;
  readonly totalShare: number;
  readonly selfMs?: number;
  readonly totalMs?: number;
  readonly calls?: number;
  readonly samples?: number;
  /** The function was edited since. */
  readonly isStale: boolean;
}

export type BenchmarkFact = { readonly name: string; readonly file?: string; readonly functionName?: string; readonly sampleCount: number } & Readonly<Record<Percentile, number>>;

/** A run without its raw samples; the costliest functions first. */
export interface RunFact extends Pick<Run, 'id' | 'kind' | 'startedAt' | 'status' | 'sampleCount' | 'caveats' | 'commit'> {
  readonly tool: string;
  readonly driver: string;
  readonly machine: Pick<Machine, 'cpuModel' | 'cpus' | 'loadAverage'>;
  readonly failure?: string;
  readonly functions: readonly FunctionCostFact[];
  readonly benchmarks: readonly BenchmarkFact[];
}

export interface ComparisonFact {
  readonly benchmark: string;
  readonly before: string;
  readonly after: string;
  /** median(after) / median(before); absent where there are too few samples. */
  readonly ratio?: number;
  readonly interval?: readonly [number, number];
  readonly verdict: Comparison['verdict'];
  /** The machines differ, so the ratio says little. */
  readonly isAcrossMachines: boolean;
}

/** What a first look at a workspace tells. */
export interface WorkspaceFact {
  readonly name: string;
  readonly files: number;
  readonly findings: Readonly<Record<Priority, number>>;
  readonly rules: readonly { readonly id: string; readonly title: string }[];
  readonly requirements: readonly { readonly subject: string; readonly latency: Partial<Readonly<Record<Percentile, number>>>; readonly throughput?: number; readonly memory?: number }[];
  readonly tables: readonly { readonly name: string; readonly rows: number; readonly growthPerDay?: number }[];
  readonly collections: readonly { readonly name: string; readonly size: number }[];
  readonly runs: number;
  readonly failures: readonly Failure[];
}
