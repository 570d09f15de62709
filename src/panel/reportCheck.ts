import type { Failure } from '../core/failures';
import type { Resource, Validation } from '../core/rule';
import type { Position, Range } from '../core/text';
import type {
  Action, Analysis, Answer, Conflict, Deferred, Fields, Figure, Item, Metrics, Place, ProposalMark, Prose, Recommendation, Report, Risk, Scalability, Snippet,
  Statement, Trend, TrendPoint,
} from '../report/model';
import { type Check, either, isCount, isFlag, isText, listOf, objectOf, oneOf, optional } from './check';
import { isReportProof } from './proofCheck';

const isPosition = objectOf<Position>({ line: isCount, character: isCount });

export const isRange = objectOf<Range>({ start: isPosition, end: isPosition });

const isProse = objectOf<Prose>({ text: isText });

const isFigure: Check<Figure> = either(
  objectOf<Extract<Figure, { evidence: 'measured' }>>({ text: isText, evidence: oneOf('measured'), runId: isText }),
  objectOf<Exclude<Figure, { evidence: 'measured' }>>({ text: isText, evidence: oneOf('estimate', 'declared', 'assumed') }),
);

const isStatement: Check<Statement> = listOf(either(isProse, isFigure));

const isAction: Check<Action> = either(
  objectOf<Exclude<Action, { kind: 'profile' }>>({ kind: oneOf('runBenchmark', 'openConfig'), label: isText }),
  objectOf<Extract<Action, { kind: 'profile' }>>({
    kind: oneOf('profile'), label: isText, file: isText, functionName: isText,
  }),
);

const isAnswer = objectOf<Answer>({
  statements: listOf(isStatement),
  open: optional(objectOf<NonNullable<Answer['open']>>({ why: isText, action: optional(isAction) })),
});

const isAnalysis = objectOf<Analysis>({
  currentPerformance: isAnswer, bottleneck: isAnswer, scale: isAnswer, utilisation: isAnswer,
});

const isScalability = objectOf<Scalability>({
  processState: isAnswer, limits: isAnswer, tables: isAnswer, domains: isAnswer, ways: isAnswer,
});

const isMetrics = objectOf<Metrics>({
  means: isAnswer,
  handlers: isAnswer,
  snippet: objectOf<Snippet>({ title: isText, language: oneOf('typescript', 'python'), code: isText, note: isText }),
});

const isPlace = objectOf<Place>({
  findingId: isText, file: isText, range: isRange, functionName: isText, message: isStatement, fixes: listOf(isText),
});

const atLeastOne = <T>(check: Check<readonly T[]>): Check<readonly T[]> =>
  (value): value is readonly T[] => check(value) && value.length > 0;

const itemShape: { readonly [K in keyof Item]-?: Check<Item[K]> } = {
  id: isText,
  rule: isText,
  title: isText,
  resource: oneOf<Resource>('database', 'cpu', 'network', 'memory', 'io'),
  evidence: oneOf('measured', 'estimate'),
  reason: isText,
  arithmetic: isStatement,
  places: atLeastOne(listOf(isPlace)),
  canProve: isFlag,
  proof: optional(isReportProof),
  proposal: optional(objectOf<ProposalMark>({
    model: isText, createdAt: isText, state: oneOf('not validated', 'changed', 'validated'), runId: optional(isText),
  })),
};

const isFields = objectOf<Fields>({
  current: isStatement,
  optimized: isStatement,
  technique: isStatement,
  complexity: isStatement,
  tradeoffs: isStatement,
  effort: isStatement,
  validation: isStatement,
});

export const isValidation: Check<Validation> = oneOf('query count', 'benchmark', 'explain', 'heap', 'load');

const recommendations = (priority: Recommendation['priority']): Check<readonly Recommendation[]> =>
  listOf(objectOf<Recommendation>({ ...itemShape, priority: oneOf(priority), validatedBy: isValidation, fields: isFields }));

const isDeferred = objectOf<Deferred>({ ...itemShape, change: isText });

const isRisk = objectOf<Risk>({ rule: isText, title: isText, text: isText, places: isCount });

const isConflict = objectOf<Conflict>({
  view: oneOf('clarity', 'simplicity', 'architecture', 'quick hack', 'linter'),
  tool: optional(isText),
  rule: optional(isText),
  agrees: optional(oneOf(true)),
  configuredIn: optional(isText),
  text: isText,
  adviceOf: isText,
  title: isText,
});

const isTrend = objectOf<Trend>({
  summary: isAnswer,
  points: listOf(objectOf<TrendPoint>({ statement: isStatement, met: isCount, of: isCount })),
});

const isFailure = objectOf<Failure>({ code: isText, message: isText, file: optional(isText) });

export const isReport: Check<Report> = objectOf<Report>({
  version: oneOf(1),
  workspace: isText,
  generatedAt: isText,
  analysis: isAnalysis,
  recommendations: objectOf<Report['recommendations']>({
    high: recommendations('high'), medium: recommendations('medium'), low: recommendations('low'),
  }),
  deferred: listOf(isDeferred),
  risks: listOf(isRisk),
  conflicts: listOf(isConflict),
  scalability: optional(isScalability),
  metrics: optional(isMetrics),
  trend: optional(isTrend),
  failures: listOf(isFailure),
});
