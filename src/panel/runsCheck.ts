import type { FlameFrame, FlameGraph, FlameLeftOut } from '../core/flame';
import type { Failure } from '../core/failures';
import type {
  Chart, ChartOf, Distribution, DistributionChart, FlameChart, FramePlace, FunctionShare, History, HistoryPoint, RunEntry, RunList, Sampled,
} from '../report/runs/model';
import { type Check, isCount, isFlag, isNumber, isText, listOf, nullable, objectOf, oneOf, optional, unionOf } from './check';

const isShare: Check<number> = (value): value is number => isNumber(value) && value >= 0 && value <= 1;

/** Times: a chart of something negative or endless would be none. */
const isTime: Check<number> = (value): value is number => isNumber(value) && Number.isFinite(value) && value >= 0;

const isRunEntry = objectOf<RunEntry>({
  id: isText,
  kind: oneOf<RunEntry['kind']>('cpu-profile', 'benchmark', 'comparison', 'growth', 'trace', 'counts', 'memory', 'load', 'proof'),
  startedAt: isText,
  subject: isText,
  file: optional(isText),
  line: optional(isCount),
  driver: isText,
  tool: isText,
  machine: isText,
  isThisMachine: isFlag,
  sampleCount: optional(isCount),
  status: oneOf('completed', 'failed', 'cancelled'),
  message: isText,
  caveats: listOf(isText),
  freshness: oneOf('fresh', 'stale', 'unknown'),
  hasCallStacks: isFlag,
  hasSamples: isFlag,
  isComparison: isFlag,
  exports: listOf(oneOf<RunEntry['exports'][number]>('cpuprofile', 'speedscope', 'pprof', 'csv')),
});

const isHistory = objectOf<History>({
  name: isText,
  driver: isText,
  points: listOf(objectOf<HistoryPoint>({ runId: isText, startedAt: isText, p50: isTime, low: isTime, high: isTime, machine: isText })),
  earlier: isCount,
});

export const isRunList = objectOf<RunList>({
  runs: listOf(isRunEntry),
  earlier: isCount,
  histories: listOf(isHistory),
  failures: listOf(objectOf<Failure>({ code: isText, message: isText, file: optional(isText) })),
});

const isChartOf = objectOf<ChartOf>({ runId: isText, startedAt: isText, subject: isText, machine: isText, caveats: listOf(isText) });

const isFrame = objectOf<FlameFrame>({
  name: isText, parent: (value): value is number => value === -1 || isCount(value), kind: oneOf('workspace', 'package', 'runtime'), place: isText,
  line: optional(isCount), selfUs: isTime, totalUs: isTime,
});

/** Each frame after its caller: what draws them relies on it. */
const isFrames: Check<readonly FlameFrame[]> = (value): value is readonly FlameFrame[] =>
  listOf(isFrame)(value) && value.every(({ parent }, i) => parent < i);

const isGraph = objectOf<FlameGraph>({
  frames: isFrames,
  totalUs: isTime,
  sampleCount: isCount,
  leftOut: objectOf<FlameLeftOut>({ waitingShare: isShare, loadingShare: isShare, frames: isCount, share: isShare }),
});

const isFlameChart: Check<FlameChart> = (value): value is FlameChart =>
  objectOf<FlameChart>({
    kind: oneOf('flame'),
    of: isChartOf,
    graph: isGraph,
    isTimed: isFlag,
    places: listOf(nullable(objectOf<NonNullable<FramePlace>>({ line: isCount, stale: isFlag }))),
    functions: listOf(objectOf<FunctionShare>({ name: isText, file: isText, line: optional(isCount), selfShare: isShare, totalShare: isShare, calls: optional(isCount) })),
  })(value) && value.places.length === value.graph.frames.length;

type Side = Distribution['now'];

const isSide = objectOf<Side>({
  label: isText, samples: listOf(isTime), sampleCount: isCount, p50: isTime, p95: isTime, p99: isTime, max: isTime,
} satisfies { readonly [K in keyof (Sampled & { label: string })]-?: Check<Side[K]> });

const isDistributionChart = objectOf<DistributionChart>({
  kind: oneOf('distribution'),
  of: isChartOf,
  distributions: listOf(objectOf<Distribution>({ name: isText, before: optional(isSide), now: isSide, verdict: optional(isText) })),
});

export const isChart: Check<Chart> = unionOf<'kind', Chart>('kind', { flame: isFlameChart, distribution: isDistributionChart });
