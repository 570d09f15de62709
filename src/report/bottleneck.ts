import type { FunctionCost, Run } from '../core/evidence';
import { formatCount, formatShare } from '../core/format';
import type { AnalysisInput } from './analysis';
import { isCurrent } from './evidenceIndex';
import type { Judged } from './judgement';
import type { Action, Answer, Statement } from './model';
import { overheadText } from './overhead';
import { measured, nameText, prose } from './statement';
import { compareText } from './targets';
import { newestTraces, resourceStatement } from './traces';

/** As many functions as a person takes in at a glance; the raw profile has them all. */
const SHOWN_BY_SELF = 3;
const SHOWN_SUSPECTS = 2;

/** Where the time goes, by the profile that bears out the most urgent finding or else the newest; and what lies there. */
export function bottleneckOf(input: AnalysisInput): Answer {
  const { runs, judged } = input;
  const resources = newestTraces(runs).map(({ run, trace }) => resourceStatement(run, trace));
  const profile = judged.find(({ judgement }) => judgement.standing > 0)?.judgement.measurement?.run ?? newestProfile(runs);
  if (profile === undefined) {
    const why = resources.length === 0 ? 'Nothing has been profiled, so where the time goes is not known.' : 'Nothing has been profiled, so which functions compute is not known.';
    return { statements: resources, open: { why, ...profileFirst(judged) } };
  }
  return {
    statements: [
      ...resources,
      introduction(profile),
      ...shownFunctions(profile, judged).map(cost => functionStatement(profile, cost, input)),
      ...profile.caveats.map((caveat): Statement => [prose(caveat)]),
      overheadStatement(profile),
    ],
  };
}

/** What the profiler has cost is a measured figure of its own. */
function overheadStatement(run: Run): Statement {
  const text = overheadText(run) ?? '';
  return [run.overhead ? measured(text, run.id) : prose(text)];
}

function newestProfile(runs: readonly Run[]): Run | undefined {
  return [...runs]
    .filter(run => run.status === 'completed' && run.kind === 'cpu-profile' && run.functions.length > 0)
    .sort((a, b) => compareText(b.id, a.id))[0];
}

/** Where the time is spent, and under which of our functions: often a driver's call below the one with the finding. */
function shownFunctions({ functions }: Run, judged: readonly Judged[]): readonly FunctionCost[] {
  const bySelf = [...functions].sort((a, b) => b.selfShare - a.selfShare || compareText(a.functionName, b.functionName));
  const suspected = bySelf.filter(cost => findingsIn(cost, judged).length > 0).sort((a, b) => b.totalShare - a.totalShare);
  return [...new Set([...bySelf.slice(0, SHOWN_BY_SELF), ...suspected.slice(0, SHOWN_SUSPECTS)])];
}

/** Shares of a profiler that counts calls rest on no samples, even where its lines do. */
function introduction(run: Run): Statement {
  const isSampled = run.sampleCount !== undefined && run.functions.some(({ samples }) => samples !== undefined);
  return [
    prose(`Time of ${nameText(run.driver.label)}, by ${run.tool.name} ${run.tool.version}`),
    ...(isSampled ? [prose(' over '), measured(`${formatCount(run.sampleCount!)} samples`, run.id)] : []),
    prose(':'),
  ];
}

function functionStatement(run: Run, cost: FunctionCost, { judged, functionOf }: AnalysisInput): Statement {
  const current = functionOf(cost.file, cost.functionName);
  const changed = !isCurrent(cost, current) ? '; edited since' : isUnknown(cost, current) ? '; not in the code that was analysed: moved, deleted or left out' : '';
  return [
    prose(`${placeOf(cost)}: `),
    measured(`${formatShare(cost.selfShare)} itself, ${formatShare(cost.totalShare)} with what it calls`, run.id),
    prose(`${changed}${suspects(cost, judged)}.`),
  ];
}

/** A function of the workspace when it was measured, of which its code says nothing now. */
const isUnknown = ({ functionName, hash }: FunctionCost, current: object | undefined): boolean => functionName !== '' && hash !== undefined && current === undefined;

/** The costs of a library come without a function, as one. */
function placeOf({ file, functionName }: FunctionCost): string {
  return functionName === '' ? nameText(file) : `${nameText(functionName)} in ${nameText(file)}`;
}

/** A profile says where the time goes, not what it waits for; the findings in the same function are the suspects. */
function suspects(cost: FunctionCost, judged: readonly Judged[]): string {
  const named = new Set(findingsIn(cost, judged).map(({ meta }) => `${meta.title} (${RESOURCE_WORDS[meta.resource]})`));
  return named.size === 0 ? '' : `; suspected: ${[...named].join(', ')}`;
}

function findingsIn({ file, functionName }: FunctionCost, judged: readonly Judged[]): readonly Judged[] {
  return judged.filter(({ finding }) => finding.file === file && finding.functionName === functionName);
}

const RESOURCE_WORDS = {
  database: 'database',
  cpu: 'algorithm',
  network: 'network',
  memory: 'memory',
  io: 'I/O',
} as const;

/** The finding that ranks first is the best place to begin measuring. */
function profileFirst(judged: readonly Judged[]): { readonly action?: Action } {
  const first = judged.find(({ finding }) => finding.functionName !== '' && finding.language !== 'sql')?.finding;
  if (first === undefined) return {};
  const { file, functionName } = first;
  return { action: { kind: 'profile', label: `Profile ${nameText(functionName)}`, file, functionName } };
}
