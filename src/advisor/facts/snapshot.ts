import type { PerformanceConfig } from '../../core/config';
import type { Run } from '../../core/evidence';
import type { FileFacts, FunctionFact } from '../../core/facts';
import type { Failure } from '../../core/failures';
import type { Finding, Heat } from '../../core/finding';
import type { Proposal } from '../../core/proposal';
import type { RuleAdvice, RuleMeta } from '../../core/rule';
import type { Schema, WorkspaceView } from '../../core/workspaceView';
import { buildReport, rankAll, type ReportInput, type WorkspaceFacts } from '../../report/build';
import type { ProposalLookup } from '../../report/proposals';
import type { Snapshot } from './answer';

/** The part of a detector that facts are taken from. */
export interface Detected {
  readonly rules: ReadonlyMap<string, { readonly meta: RuleMeta }>;
  check(): { readonly findings: readonly Finding[]; readonly failures: readonly Failure[] };
  functions(file: string): readonly FunctionFact[];
  facts(): readonly FileFacts[];
  schema(): Schema;
  /** What is known of all files together, as seen from the root. */
  workspaceFrom(): Pick<WorkspaceView, 'linters' | 'models' | 'packages'>;
  heatOf(file: string, functionName: string): { readonly heat: Heat; readonly reason: string };
  /** What a query planner can be asked about a finding's advice; undefined where it has no say. */
  proofCase(finding: Finding): unknown;
}

/** What is known beside the detector. */
export interface Known {
  readonly name: string;
  readonly runs: readonly Run[];
  readonly config: PerformanceConfig;
  readonly proposals: readonly Proposal[];
  readonly failures: readonly Failure[];
  readonly now: Date;
}

/** What the rules tell people, by id. */
type Advice = ReadonlyMap<string, RuleAdvice>;

/** The state of a workspace at this moment, in the form in which facts are asked of it. */
export function snapshotOf(detected: Detected, known: Known, advice: Advice): Snapshot {
  const input = reportInputOf(detected, known, advice);
  return {
    name: known.name,
    judged: rankAll(input).judged,
    rules: input.rules,
    runs: known.runs,
    config: known.config,
    facts: detected.facts(),
    functionOf: input.functionOf,
    failures: input.failures,
    schema: () => detected.schema(),
    report: () => buildReport(input),
  };
}

export function reportInputOf(detected: Detected, { name, runs, config, proposals, failures, now }: Known, advice: Advice): ReportInput {
  const { findings, failures: found } = detected.check();
  return {
    findings,
    rules: advisedRules(detected, advice),
    runs,
    config,
    functionOf: (file, functionName) => functionOf(detected, file, functionName),
    failures: [...found, ...failures],
    workspaceName: name,
    now,
    workspace: workspaceOf(detected),
    canProve: (finding) => detected.proofCase(finding) !== undefined,
    proposals: { list: proposals, lookup: proposalLookup(detected) },
  };
}

/** There is no advice about suppression comments. Findings about them have no cost, so the ranking does not know them. */
function advisedRules({ rules }: Detected, advice: Advice): ReportInput['rules'] {
  return new Map([...rules].flatMap(([id, { meta }]) => {
    const words = advice.get(id);
    return words === undefined ? [] : [[id, { ...meta, ...words }] as const];
  }));
}

function workspaceOf(detected: Detected): WorkspaceFacts {
  const { linters, models, packages } = detected.workspaceFrom();
  const facts = detected.facts();
  return {
    facts,
    schema: detected.schema(),
    linters,
    packages,
    queries: () => facts.flatMap(({ file, queries }) => queries.flatMap((query) => models.translate(file, query) ?? [])),
    relations: () => models.all.flatMap(({ table, fields }) =>
      [...fields.values()].flatMap(({ relation }) => (relation?.model ? [[table, relation.model.table] as const] : [])),
    ),
  };
}

function proposalLookup(detected: Detected): ProposalLookup {
  return (file, functionName) => {
    const fact = functionOf(detected, file, functionName);
    return fact && { fact, heat: detected.heatOf(file, functionName) };
  };
}

function functionOf(detected: Detected, file: string, functionName: string): FunctionFact | undefined {
  return detected.functions(file).find(({ name }) => name === functionName);
}
