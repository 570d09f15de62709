import type { PerformanceConfig } from '../../core/config';
import type { FileFacts } from '../../core/facts';
import type { Run } from '../../core/evidence';
import { type Failure, FailureError, failures } from '../../core/failures';
import { PRIORITIES, type Priority } from '../../core/finding';
import type { RuleMeta } from '../../core/rule';
import type { Schema } from '../../core/workspaceView';
import { compareSamples } from '../../evidence/compare';
import type { FunctionLookup } from '../../report/evidenceIndex';
import type { Judged } from '../../report/judgement';
import { toCheckJson } from '../../report/json';
import type { Report } from '../../report/model';
import { subjectOf } from '../../report/targets';
import { surroundingsOf } from '../../workspace/calls';
import { describeTables } from '../../workspace/schema/describe';
import type { ComparisonFact, FactAnswers, FactKind, FactQueryOf, FindingFact, WorkspaceFact } from './query';
import { runFactOf } from './runFact';

/** Everything that is known of a workspace at one moment. */
export interface Snapshot {
  readonly name: string;
  /** In the order of the ranking, the advisor's proposals among them. */
  readonly judged: readonly Judged[];
  readonly rules: ReadonlyMap<string, RuleMeta>;
  /** Oldest first. */
  readonly runs: readonly Run[];
  readonly config: PerformanceConfig;
  readonly facts: readonly FileFacts[];
  readonly functionOf: FunctionLookup;
  readonly failures: readonly Failure[];
  schema(): Schema;
  report(): Report;
}

const USUAL_FINDINGS = 30;
const MOST_FINDINGS = 200;
const USUAL_RUNS = 10;
const MOST_RUNS = 50;

type Answering = { readonly [Kind in FactKind]: (query: FactQueryOf<Kind>, snapshot: Snapshot) => FactAnswers[Kind] };

const ANSWERS: Answering = {
  findings: findingsFact,
  runs: runsFact,
  compare: compareFact,
  schema: ({ tables }, { schema }) => ({ tables: describeTables(schema(), tables), known: schema().tables.map(({ name }) => name) }),
  calls: (place, { facts }) => {
    const surroundings = surroundingsOf(facts, place);
    return surroundings ? { surroundings } : { problem: `There is no function ${place.functionName} in ${place.file}.${nearby(place, facts)}` };
  },
  workspace: workspaceFact,
  report: (_, { report }) => ({ report: report() }),
};

/** Answers one question. Questions come from models and other programs: @throws FailureError for one that is none. */
export function answerFact<Kind extends FactKind>(query: FactQueryOf<Kind>, snapshot: Snapshot): FactAnswers[Kind] {
  const kind: Kind = query?.kind;
  if (!Object.hasOwn(ANSWERS, kind)) throw new FailureError(failures.unknownFact(String(kind)));
  return ANSWERS[kind](query, snapshot);
}

function findingsFact({ id, file, functionName, rule, priority, limit }: FactQueryOf<'findings'>, { judged, rules, facts }: Snapshot): FactAnswers['findings'] {
  if (rule !== undefined && !rules.has(rule)) return { findings: [], total: 0, problem: `There is no rule ${rule}. The rules are ${[...rules.keys()].join(', ')}.` };
  if (file !== undefined && !facts.some((each) => each.file === file)) return { findings: [], total: 0, problem: `${file} is not among the files that were checked.` };
  const wanted = judged.filter(
    ({ finding, judgement }) =>
      (id === undefined || finding.id === id) &&
      (file === undefined || finding.file === file) &&
      (functionName === undefined || finding.functionName === functionName) &&
      (rule === undefined || finding.rule === rule) &&
      (priority === undefined || judgement.priority === priority),
  );
  const shown = wanted.slice(0, Math.min(limit ?? USUAL_FINDINGS, MOST_FINDINGS));
  return { findings: toCheckJson(shown, []).findings.map((finding, i): FindingFact => withMeasurement(finding, shown[i]!)), total: wanted.length };
}

function withMeasurement(finding: FindingFact | Omit<FindingFact, 'isProposal'>, { judgement }: Judged): FindingFact {
  const { measurement } = judgement;
  return { ...finding, isProposal: finding.rule === finding.id, ...(measurement && { share: measurement.share, measuredBy: measurement.run.id }) };
}

function runsFact({ run, file, functionName, limit }: FactQueryOf<'runs'>, { runs, functionOf }: Snapshot): FactAnswers['runs'] {
  if (run !== undefined && !runs.some(({ id }) => id === run)) return { runs: [], total: 0, problem: `There is no run ${run}. ${newest(runs)}` };
  const saw = (each: Run): boolean =>
    [...each.functions, ...each.benchmarks].some((cost) => (file === undefined || cost.file === file) && (functionName === undefined || cost.functionName === functionName));
  const wanted = runs.filter((each) => (run === undefined || each.id === run) && ((file === undefined && functionName === undefined) || saw(each))).reverse();
  const shown = wanted.slice(0, Math.min(limit ?? USUAL_RUNS, MOST_RUNS));
  return { runs: shown.map((each) => runFactOf(each, functionOf, { file, functionName })), total: wanted.length };
}

const newest = (runs: readonly Run[]): string => (runs.length === 0 ? 'Nothing has been measured yet.' : `The newest are ${runs.slice(-5).map(({ id }) => id).join(', ')}.`);

function compareFact({ before, after }: FactQueryOf<'compare'>, { runs }: Snapshot): FactAnswers['compare'] {
  const [first, second] = [before, after].map((id) => runs.find((run) => run.id === id));
  if (first === undefined || second === undefined) {
    return { comparisons: [], problem: `There is no run ${first === undefined ? before : after}. ${newest(runs)}` };
  }
  const comparisons = first.benchmarks.flatMap((benchmark): ComparisonFact[] => {
    const other = second.benchmarks.find(({ name }) => name === benchmark.name);
    if (other === undefined) return [];
    const compared = compareSamples(benchmark, other);
    return [{
      benchmark: benchmark.name, before, after, verdict: compared.verdict,
      ...(compared.verdict !== 'too-few-samples' && { ratio: compared.ratio, interval: compared.interval }),
      isAcrossMachines: first.machine.fingerprint !== second.machine.fingerprint,
    }];
  });
  return comparisons.length > 0 ? { comparisons } : { comparisons, problem: 'The two runs have no benchmark of the same name.' };
}

function workspaceFact(_: unknown, { name, facts, judged, rules, config, runs, failures: problems }: Snapshot): WorkspaceFact {
  const count = (priority: Priority): number => judged.filter(({ judgement }) => judgement.priority === priority).length;
  return {
    name,
    files: facts.length,
    findings: Object.fromEntries(PRIORITIES.map((priority) => [priority, count(priority)])) as WorkspaceFact['findings'],
    rules: [...rules.values()].map(({ id, title }) => ({ id, title })),
    requirements: config.requirements.map((requirement) => ({
      subject: subjectOf(requirement), latency: requirement.latency, throughput: requirement.throughput, memory: requirement.memory,
    })),
    tables: Object.entries(config.scale.tables).map(([table, scale]) => ({ name: table, ...scale })),
    collections: Object.entries(config.scale.collections).map(([collection, size]) => ({ name: collection, size })),
    runs: runs.length,
    failures: problems.slice(0, 20),
  };
}

function nearby({ file }: { readonly file: string }, facts: readonly FileFacts[]): string {
  const names = facts.find((each) => each.file === file)?.functions.map(({ name }) => name);
  if (names === undefined) return ` ${file} is not among the files that were checked.`;
  return names.length === 0 ? ' It has no function.' : ` Its functions are ${names.slice(0, 40).join(', ')}.`;
}
