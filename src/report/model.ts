import type { EvidenceKind, Priority } from '../core/finding';
import type { Failure } from '../core/failures';
import type { Proof } from '../core/proof';
import type { Resource, RuleConflict, Validation } from '../core/rule';
import type { Range } from '../core/text';

/** Inputs are marked as well as results: `declared` in performance.json, or `assumed` because nobody has said. */
export type FigureEvidence = EvidenceKind | 'declared' | 'assumed';

/** A piece of prose. A number whose origin matters is never inside one; it is a Figure. */
export interface Prose {
  readonly text: string;
}

/** A number with its unit, or several of one origin, inseparable from where they came from. */
export type Figure =
  | { readonly text: string; readonly evidence: 'measured'; readonly runId: string }
  | { readonly text: string; readonly evidence: Exclude<FigureEvidence, 'measured'> };

/** One line of the report: prose and figures in reading order, joined without separators. */
export type Statement = readonly (Prose | Figure)[];

/** The click that answers an open question. Without one the question is answered outside the panel. */
export type Action =
  | { readonly kind: 'runBenchmark' | 'openConfig'; readonly label: string }
  | { readonly kind: 'profile'; readonly label: string; readonly file: string; readonly functionName: string };

/** A question of the analysis. It counts as answered when nothing of it is open. */
export interface Answer {
  readonly statements: readonly Statement[];
  readonly open?: { readonly why: string; readonly action?: Action };
}

export interface Analysis {
  readonly currentPerformance: Answer;
  readonly bottleneck: Answer;
  readonly scale: Answer;
  readonly utilisation: Answer;
}

/** What stands in the way of more users and more data; present where a scale or a throughput is declared. */
export interface Scalability {
  readonly processState: Answer;
  readonly limits: Answer;
  readonly tables: Answer;
  readonly domains: Answer;
  readonly ways: Answer;
}

/** A run that has measured declared targets, with what was met as of then. */
export interface TrendPoint {
  readonly statement: Statement;
  readonly met: number;
  /** How many targets had been measured. At least 1. */
  readonly of: number;
}

/** Whether more of the declared targets are met from run to run; present where some are declared. */
export interface Trend {
  readonly summary: Answer;
  /** The oldest first. */
  readonly points: readonly TrendPoint[];
}

/** Code to copy. Unlike every other text of a report it has several lines; it is put together from our own. */
export interface Snippet {
  readonly title: string;
  readonly language: 'typescript' | 'python';
  readonly code: string;
  /** Where it goes, and what it needs. */
  readonly note: string;
}

/** How the service measures its own requests; present where it could do better. */
export interface Metrics {
  readonly means: Answer;
  readonly handlers: Answer;
  readonly snippet: Snippet;
}

export interface Place {
  readonly findingId: string;
  readonly file: string;
  /** Zero-based, as the editor counts. */
  readonly range: Range;
  readonly functionName: string;
  readonly message: Statement;
  /** Titles of the fixes that the editor can apply here, the preferred one first. */
  readonly fixes: readonly string[];
}

export interface Fields {
  readonly current: Statement;
  readonly optimized: Statement;
  readonly technique: Statement;
  readonly complexity: Statement;
  readonly tradeoffs: Statement;
  readonly effort: Statement;
  readonly validation: Statement;
}

/** A proof as the report shows it: everything that is needed to judge it is in it. */
export interface ReportProof {
  readonly runId: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** The machine, in a few words. */
  readonly machine: string;
  /** What the rows were: "Synthetic rows at scale: ...". */
  readonly data: string;
  readonly proof: Proof;
}

/** Marks a recommendation of the advisor, which counts as a proposal until a run has measured the changed code. */
export interface ProposalMark {
  /** Who proposes it: "claude-opus-5-5". */
  readonly model: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** `changed`: the function has been edited since, and nothing was measured yet. */
  readonly state: 'not validated' | 'changed' | 'validated';
  /** The run that has validated it. */
  readonly runId?: string;
}

/** What a recommendation and a deferred item have in common: one rule at one or several like places. */
export interface Item {
  /** Stable across unrelated edits: the id of its first place. */
  readonly id: string;
  readonly rule: string;
  readonly title: string;
  readonly resource: Resource;
  readonly evidence: EvidenceKind;
  /** Why it has this priority, in one sentence. */
  readonly reason: string;
  /** The calculation behind the priority, in one line. */
  readonly arithmetic: Statement;
  /** At least one. */
  readonly places: readonly Place[];
  /** A query planner can be asked about the first place's advice. */
  readonly canProve: boolean;
  /** What it said, where it was asked. */
  readonly proof?: ReportProof;
  /** Absent for what a rule has found. */
  readonly proposal?: ProposalMark;
}

export interface Recommendation extends Item {
  readonly priority: Exclude<Priority, 'deferred'>;
  /** What has to be measured before and after, for a program that can start it. */
  readonly validatedBy: Validation;
  readonly fields: Fields;
}

export interface Deferred extends Item {
  /** The measurement or declaration that would bring it back. */
  readonly change: string;
}

/** A price of the recommendations, once for each rule. */
export interface Risk {
  readonly rule: string;
  readonly title: string;
  readonly text: string;
  readonly places: number;
}

export interface Conflict extends RuleConflict {
  /** The rule of this product whose advice is contradicted; `rule` is the other tool's. */
  readonly adviceOf: string;
  readonly title: string;
  /** With view `linter`: the file of the workspace that switches the other rule on. */
  readonly configuredIn?: string;
}

/** The whole report as plain JSON. Panel, Markdown and JSON show this and nothing else. */
export interface Report {
  readonly version: 1;
  readonly workspace: string;
  /** ISO 8601, UTC. */
  readonly generatedAt: string;
  readonly analysis: Analysis;
  readonly recommendations: Readonly<Record<Recommendation['priority'], readonly Recommendation[]>>;
  readonly deferred: readonly Deferred[];
  readonly risks: readonly Risk[];
  readonly conflicts: readonly Conflict[];
  readonly scalability?: Scalability;
  readonly metrics?: Metrics;
  readonly trend?: Trend;
  /** What was left out, and the next step for each. */
  readonly failures: readonly Failure[];
}

/** Sections, questions and fields in the order in which every form of the report shows them. */
export const ANALYSIS_LABELS: readonly (readonly [keyof Analysis, string])[] = [
  ['currentPerformance', 'Current performance'],
  ['bottleneck', 'Bottleneck'],
  ['scale', 'Scale requirements'],
  ['utilisation', 'Resource utilisation'],
];

export const SCALABILITY_LABELS: readonly (readonly [keyof Scalability, string])[] = [
  ['processState', 'State that ties users to one process'],
  ['limits', 'Where growth stops fitting the limits'],
  ['tables', 'Tables to partition or to shard'],
  ['domains', 'Domains that could be split'],
  ['ways', 'Ways to scale'],
];

export const METRICS_LABELS: readonly (readonly [Exclude<keyof Metrics, 'snippet'>, string])[] = [
  ['means', 'Averages where percentiles belong'],
  ['handlers', 'Handlers without timing'],
];

export const PRIORITY_LABELS: readonly (readonly [Recommendation['priority'], string])[] = [
  ['high', 'High Priority'],
  ['medium', 'Medium Priority'],
  ['low', 'Low Priority'],
];

export const FIELD_LABELS: readonly (readonly [keyof Fields, string])[] = [
  ['current', 'Current'],
  ['optimized', 'Optimized'],
  ['technique', 'Technique'],
  ['complexity', 'Complexity'],
  ['tradeoffs', 'Trade-offs'],
  ['effort', 'Effort'],
  ['validation', 'Validation'],
];

/** Who holds a view, and whether it is for or against: "against simplicity, the pragmatic view". */
export function conflictText({ view, tool, rule, configuredIn, agrees }: Conflict): string {
  const holder = {
    clarity: 'clarity, the pedantic view',
    simplicity: 'simplicity, the pragmatic view',
    architecture: 'architecture, the long view',
    'quick hack': 'quick hacks that buy time, the view of the next release',
    linter: `${tool} ${rule}, switched on in ${configuredIn}`,
  }[view];
  return `${agrees ? 'agrees with' : 'against'} ${holder}`;
}

/** What a proposal's mark says: who, when, and whether a run has borne it out. */
export function proposalText({ model, createdAt, state, runId }: ProposalMark): string {
  const validation =
    state === 'validated' ? `measured after the change by run ${runId}`
    : state === 'changed' ? 'the code has changed since, and nothing was measured yet'
    : 'not validated by a run yet';
  return `by ${model} on ${createdAt.slice(0, 10)}, ${validation}`;
}
