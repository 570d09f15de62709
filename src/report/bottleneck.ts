import type { FunctionCost, Run } from '../core/evidence';
import { formatCount, formatShare } from '../core/format';
import type { AnalysisInput } from './analysis';
import { isCurrent } from './evidenceIndex';
import type { Judged } from './judgement';
import type { Action, Answer, Statement } from './model';
import { measured, nameText, prose } from './statement';
import { compareText } from './targets';

/** As many functions as a person takes in at a glance; the raw profile has them all. */
const SHOWN_FUNCTIONS = 3;

/** Where the time goes by the newest profile, and which findings lie there. */
export function bottleneckOf(input: AnalysisInput): Answer {
  const { runs, judged } = input;
  const newest = [...runs]
    .filter(run => run.status === 'completed' && run.kind === 'cpu-profile' && run.functions.length > 0)
    .sort((a, b) => compareText(b.id, a.id))[0];
  if (newest === undefined) {
    return {
      statements: [],
      open: { why: 'Nothing has been profiled, so where the time goes is not known.', ...profileFirst(judged) },
    };
  }
  const costliest = [...newest.functions]
    .sort((a, b) => b.selfShare - a.selfShare || compareText(a.functionName, b.functionName))
    .slice(0, SHOWN_FUNCTIONS);
  return {
    statements: [
      introduction(newest),
      ...costliest.map(cost => functionStatement(newest, cost, input)),
      ...newest.caveats.map((caveat): Statement => [prose(caveat)]),
    ],
  };
}

function introduction(run: Run): Statement {
  return [
    prose(`Time of ${nameText(run.driver.label)}, by ${run.tool.name} ${run.tool.version}`),
    ...(run.sampleCount === undefined ? [] : [prose(' over '), measured(`${formatCount(run.sampleCount)} samples`, run.id)]),
    prose(':'),
  ];
}

function functionStatement(run: Run, cost: FunctionCost, { judged, functionOf }: AnalysisInput): Statement {
  const isEdited = !isCurrent(cost, functionOf(cost.file, cost.functionName));
  return [
    prose(`${nameText(cost.functionName) || 'top level'} in ${nameText(cost.file)}: `),
    measured(`${formatShare(cost.selfShare)} itself, ${formatShare(cost.totalShare)} with what it calls`, run.id),
    prose(`${isEdited ? '; edited since' : ''}${suspects(cost, judged)}.`),
  ];
}

/** A profile says where the time goes, not what it waits for; the findings in the same function are the suspects. */
function suspects(cost: FunctionCost, judged: readonly Judged[]): string {
  const inside = judged.filter(({ finding }) => finding.file === cost.file && finding.functionName === cost.functionName);
  const named = new Set(inside.map(({ meta }) => `${meta.title} (${RESOURCE_WORDS[meta.resource]})`));
  return named.size === 0 ? '' : `; suspected: ${[...named].join(', ')}`;
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
