/**
 * What client and server say to each other beyond the Language Server Protocol.
 * Methods are plain strings and types only, so that importing this file loads nothing.
 *
 * A request that cannot be answered rejects with LSP's RequestFailed; `data` of that error is a
 * `Failure` of src/core/failures.ts, and its message is fit to be shown to the user.
 */
import type { WorkspaceEdit } from 'vscode-languageserver';
import type { FactAnswers, FactKind, FactQuery } from '../advisor/facts/query';
import type { ProposalDraft } from '../advisor/host';
import type { RuleLevel } from '../core/config';
import type { BenchmarkResult } from '../core/evidence';
import type { EvidenceKind, Priority } from '../core/finding';
import type { Range } from '../core/text';
import type { MeasurePlan } from '../measure';
import type { Report } from '../report/model';
import type { Chart, RunList } from '../report/runs/model';
import type { BenchmarkFilesParams, BenchmarkFilesResult, BenchmarkResultsResult } from './benchmarks';
import type { ImplementationsParams, ImplementationsResult, ProcessesResult, ServicesResult } from './choices';
import type { ExperimentFinishParams, ExperimentParams, ExperimentPlanResult } from './experiments';
import type { DebuggedPlanParams, DriversResult, FinishParams, PlanParams, PlanResult, RunSummary } from './measurements';
import type { ProofFinishParams, ProofPlanParams, ProofPlanResult, ProofResult } from './proofs';
import type { ChartParams, ExportParams, ExportResult } from './runs';

export type * from './benchmarks';
export type * from './choices';
export type * from './experiments';
export type * from './measurements';
export type * from './proofs';
export type * from './runs';

export const Method = {
  report: 'performance/report',
  markdown: 'performance/markdown',
  functions: 'performance/functions',
  heat: 'performance/heat',
  drivers: 'performance/drivers',
  plan: 'performance/plan',
  finish: 'performance/finish',
  benchmarks: 'performance/benchmarks',
  benchmarkFiles: 'performance/benchmarkFiles',
  benchmarkResults: 'performance/benchmarkResults',
  debuggedPlan: 'performance/debuggedPlan',
  services: 'performance/services',
  processes: 'performance/processes',
  implementations: 'performance/implementations',
  experimentPlan: 'performance/experimentPlan',
  experimentFinish: 'performance/experimentFinish',
  proofPlan: 'performance/proofPlan',
  proofFinish: 'performance/proofFinish',
  runs: 'performance/runs',
  chart: 'performance/chart',
  exportRun: 'performance/exportRun',
  fix: 'performance/fix',
  dismiss: 'performance/dismiss',
  fact: 'performance/fact',
  propose: 'performance/propose',
  withdraw: 'performance/withdraw',
  status: 'performance/status',
  changed: 'performance/changed',
} as const;

/** Parameters and result of each request, by its method. */
export interface Requests {
  'performance/report': { params: FolderParams; result: ReportResult };
  /** The report as the Markdown of "Copy as Markdown" and of the CLI. */
  'performance/markdown': { params: FolderParams; result: { readonly markdown: string } };
  'performance/functions': { params: DocumentParams; result: readonly FunctionSummary[] };
  /** null: no run has measured the lines of this document. */
  'performance/heat': { params: DocumentParams; result: HeatResult | null };
  /** How a function can be driven, the best first. */
  'performance/drivers': { params: FunctionParams; result: DriversResult };
  /** Rejects in an untrusted workspace, and where the tool (node, python) is missing. */
  'performance/plan': { params: PlanParams; result: PlanResult };
  /** Reads, stores and answers with what the terminal task has measured. */
  'performance/finish': { params: FinishParams; result: RunSummary };
  /** How the folder's existing benchmarks can be run; for "Run Benchmark", where no function is meant. */
  'performance/benchmarks': { params: FolderParams; result: DriversResult };
  /** The folder's benchmarks one by one, for the Test Explorer and the lenses. */
  'performance/benchmarkFiles': { params: BenchmarkFilesParams; result: BenchmarkFilesResult };
  /** What the newest run of each has found. */
  'performance/benchmarkResults': { params: FolderParams; result: BenchmarkResultsResult };
  /** The recording of a debug session: the client puts the debugger's profile into its folder and takes it back by `performance/finish`. */
  'performance/debuggedPlan': { params: DebuggedPlanParams; result: MeasurePlan };
  /** What can be driven with load. */
  'performance/services': { params: FolderParams; result: ServicesResult };
  /** The processes of this machine that can be recorded while they run. */
  'performance/processes': { params: FolderParams; result: ProcessesResult };
  /** The functions and commits that a function can be compared with. */
  'performance/implementations': { params: ImplementationsParams; result: ImplementationsResult };
  /** How what takes several programs is measured. Rejects in an untrusted workspace. */
  'performance/experimentPlan': { params: ExperimentParams; result: ExperimentPlanResult };
  /** Answers with what the command line has measured and stored; null where it was cancelled before it had anything. */
  'performance/experimentFinish': { params: ExperimentFinishParams; result: RunSummary | null };
  /** What is to be tried for a query or a finding. Rejects in an untrusted workspace, and where there is no query. */
  'performance/proofPlan': { params: ProofPlanParams; result: ProofPlanResult };
  /** Stores what the prover has found as evidence. */
  'performance/proofFinish': { params: ProofFinishParams; result: ProofResult };
  /** The stored runs, the newest first, and how benchmarks went over them. */
  'performance/runs': { params: FolderParams; result: RunList };
  /** A stored run as it is drawn. Rejects where it has no call stacks or samples. */
  'performance/chart': { params: ChartParams; result: Chart };
  /** Writes a stored run to a file, as another tool reads it. */
  'performance/exportRun': { params: ExportParams; result: ExportResult };
  'performance/fix': { params: FixParams; result: WorkspaceEdit };
  /** Answers with an edit that writes a suppression comment: the user sees it and can undo it. */
  'performance/dismiss': { params: DismissParams; result: WorkspaceEdit };
  /** One question about a folder, and the answer of its kind: see `FactAnswers`. */
  'performance/fact': { params: FactParams; result: FactAnswers[FactKind] };
  /** Stores a proposal of the advisor, which is then ranked in the report. */
  'performance/propose': { params: ProposeParams; result: { readonly id: string } | { readonly problem: string } };
  /** Removes a proposal for good. */
  'performance/withdraw': { params: WithdrawParams; result: null };
}

/** Notifications of the server, by their method. */
export interface Notifications {
  /** For the language status item. Sent when the state changes, and while scanning every few hundred milliseconds. */
  'performance/status': ServerStatus;
  /** The report, the lenses or the heat of a folder may have changed: ask again for what is on screen. */
  'performance/changed': { readonly folder: string };
}

/** `initializationOptions`. Every key may be absent: another editor may send nothing at all. */
export interface InitializationOptions {
  readonly settings?: Partial<ServerSettings>;
  /** Absolute path of a folder in which the server may keep what it can make again; without it nothing is kept. */
  readonly cacheFolder?: string;
}

/** Sent whole, as `settings` of workspace/didChangeConfiguration, whenever one of them changes. */
export interface ServerSettings {
  /** By rule id. A level that is given here wins over performance.json in this editor. */
  readonly rules: Readonly<Record<string, RuleLevel>>;
  readonly codeLens: boolean;
  readonly inlayHints: boolean;
  /** Globs of files that are not looked at, on top of .gitignore. */
  readonly exclude: readonly string[];
  /** Paths of the interpreters that run what is measured; empty: they are looked for. */
  readonly nodePath: string;
  readonly pythonPath: string;
  /** False in a restricted workspace: the detector works and the runners refuse, saying why. */
  readonly trusted: boolean;
}

/** The commands that lenses, hovers and code actions name, with their arguments. The client implements them. */
export interface Commands {
  'performanceEngineer.profileFunction': [uri: string, functionName: string];
  /** A run of the folder of a document. */
  'performanceEngineer.measureAgain': [uri: string, run: string];
  'performanceEngineer.showReport': [uri: string, functionName?: string];
  /** Line and character count from zero; with `prove` also what its findings recommend is tried. */
  'performanceEngineer.explainQuery': [uri: string, line: number, character: number, prove: boolean];
  'performanceEngineer.showFindings': [uri: string, functionName: string];
  'performanceEngineer.openRule': [rule: string];
  /** Asks for the reason, then sends `performance/dismiss` and applies the edit. */
  'performanceEngineer.dismissFinding': [uri: string, finding: string];
}

export type ServerStatus =
  | { readonly state: 'starting' }
  | { readonly state: 'scanning'; readonly done: number; readonly total: number }
  | { readonly state: 'ready'; readonly files: number; readonly findings: number; readonly failures: number }
  | { readonly state: 'failed'; readonly message: string };

/** A file URI of a workspace folder; without one the first folder is meant. */
export interface FolderParams {
  readonly folder?: string;
}

export interface DocumentParams {
  readonly uri: string;
}

export interface FunctionParams extends DocumentParams {
  /** Qualified name, as in `FunctionSummary.name`. */
  readonly functionName: string;
}

export interface ReportResult {
  /** The folder's URI, to which the report's files are relative; absent when there is no folder. */
  readonly folder?: string;
  readonly report: Report;
}

/** Which run a figure comes from. Every measured figure on screen names it. */
export interface RunReference {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly tool: string;
}

export interface Measurement {
  readonly run: RunReference;
  /** Shares of 0 to 1. */
  readonly selfShare: number;
  readonly totalShare: number;
  readonly calls?: number;
  /** The function's text has changed since. */
  readonly stale: boolean;
}

export interface FunctionSummary {
  readonly name: string;
  readonly range: Range;
  readonly nameRange: Range;
  readonly findings: readonly FindingSummary[];
  readonly measurement?: Measurement;
}

export interface FindingSummary {
  readonly id: string;
  readonly rule: string;
  readonly title: string;
  readonly message: string;
  readonly range: Range;
  readonly priority: Priority;
  readonly evidence: EvidenceKind;
}

export interface HeatResult {
  readonly run: RunReference;
  /** Zero-based lines of the document as it is now; lines of functions that have changed are left out. */
  readonly lines: readonly { readonly line: number; readonly selfShare: number }[];
  /** Those of the document that have not changed since, with what the hover of a line says of its function. */
  readonly functions: readonly HeatFunction[];
}

export interface HeatFunction {
  readonly name: string;
  /** Its lines in the document as it is now, zero-based and with both ends. */
  readonly first: number;
  readonly last: number;
  /** Shares of 0 to 1. */
  readonly selfShare: number;
  readonly totalShare: number;
  readonly calls?: number;
  /** How long a call takes, in milliseconds, by the newest run that has timed the function as it is. */
  readonly timing?: { readonly run: RunReference } & Pick<BenchmarkResult, 'p50' | 'p95' | 'p99' | 'max' | 'sampleCount'>;
}

export interface FactParams extends FolderParams {
  readonly query: FactQuery;
}

export interface ProposeParams extends FolderParams {
  readonly draft: ProposalDraft;
}

export interface WithdrawParams {
  /** The id of the proposal, in whatever folder it is. */
  readonly proposal: string;
}

export interface FixParams {
  readonly finding: string;
  /** Position in the finding's list of fixes. */
  readonly fix: number;
}

export interface DismissParams {
  readonly finding: string;
  /** One line; required, because a suppression without a reason is a riddle to the next reader. */
  readonly reason: string;
  /** ISO date after which the suppression itself is reported. */
  readonly until?: string;
}
