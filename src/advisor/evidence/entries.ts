import type { Cost } from '../../core/rule';
import type { BenchmarkFact, ComparisonFact, FindingFact, FunctionCostFact, RunFact, WorkspaceFact } from '../facts/query';
import type { EvidenceValue, NewEvidence, Quality } from './item';
import { quantitiesIn } from './quantity';
import { referencesIn } from './references';

/** What each fact lets an answer quote. Numbers come from fields that hold numbers, never out of a text or a label. */

export function findingEvidence(finding: FindingFact): NewEvidence {
  const { id, rule, title, file, function: functionName, cost, share, measuredBy, isProposal } = finding;
  return {
    key: `finding ${id}`,
    label: `${isProposal ? 'proposal' : `finding ${rule}`}: ${title} in ${functionName || file}`,
    quality: 'estimate',
    findingId: id,
    functionName,
    ...(measuredBy !== undefined && { runId: measuredBy }),
    values: [...costValues(cost), ...(share === undefined ? [] : shareValues(share))],
  };
}

function costValues({ unit, now, after, n, basis }: Cost): EvidenceValue[] {
  const dimension = unit === 'bytes in memory' ? 'bytes' : 'count';
  const quality: Quality = basis === 'assumed' ? 'assumed' : 'declared';
  return [
    { value: now, dimension, name: 'now' },
    { value: after, dimension, name: 'after' },
    { value: n, dimension, quality },
    ...(after > 0 ? [{ value: now / after, dimension: 'ratio' } as const] : []),
  ];
}

/** The share itself is measured; what its removal could bring at most (Amdahl) follows by arithmetic. */
function shareValues(share: number): EvidenceValue[] {
  return [
    { value: share, dimension: 'share', name: 'total', quality: 'measured' },
    ...(share < 1 ? [{ value: 1 / (1 - share), dimension: 'ratio', quality: 'estimate' } as const] : []),
  ];
}

export function runEvidence({ id, driver, sampleCount, machine }: RunFact): NewEvidence {
  return {
    key: `run ${id}`,
    label: `run ${id}: ${driver}`,
    quality: 'measured',
    runId: id,
    values: [...(sampleCount === undefined ? [] : [count(sampleCount)]), count(machine.cpus)],
  };
}

export function functionEvidence(run: RunFact, cost: FunctionCostFact): NewEvidence {
  const { file, functionName, selfShare, totalShare, selfMs, totalMs, calls, samples, isStale } = cost;
  return {
    key: `run ${run.id} function ${file} ${functionName}`,
    label: `profile of ${functionName || file}, run ${run.id}`,
    quality: 'measured',
    runId: run.id,
    functionName,
    isStale,
    values: [
      { value: selfShare, dimension: 'share', name: 'self' },
      ...shareValues(totalShare),
      ...(selfMs === undefined ? [] : [{ value: selfMs, dimension: 'time', name: 'self' } as const]),
      ...(totalMs === undefined ? [] : [{ value: totalMs, dimension: 'time', name: 'total' } as const]),
      ...[calls, samples, run.sampleCount].flatMap((each) => (each === undefined ? [] : [count(each)])),
    ],
  };
}

export function benchmarkEvidence(run: RunFact, { name, functionName, p50, p95, p99, max, sampleCount }: BenchmarkFact): NewEvidence {
  return {
    key: `run ${run.id} benchmark ${name}`,
    label: `benchmark ${name}, run ${run.id}`,
    quality: 'measured',
    runId: run.id,
    functionName,
    values: [
      { value: p50, dimension: 'time', name: 'p50' },
      { value: p95, dimension: 'time', name: 'p95' },
      { value: p99, dimension: 'time', name: 'p99' },
      { value: max, dimension: 'time', name: 'max' },
      count(sampleCount),
    ],
  };
}

/** Nothing may be quoted of a comparison that has found no difference, or of two machines. */
export function comparisonEvidence({ benchmark, before, after, ratio, interval, verdict, isAcrossMachines }: ComparisonFact): NewEvidence {
  const isQuotable = ratio !== undefined && !isAcrossMachines && (verdict === 'faster' || verdict === 'slower');
  const factors = [ratio ?? NaN, ...(interval ?? [])];
  return {
    key: `compare ${before} ${after} ${benchmark}`,
    label: `${benchmark}: run ${after} against run ${before}, ${verdict}`,
    quality: 'measured',
    runId: after,
    values: isQuotable
      ? factors.flatMap((factor): EvidenceValue[] => [
          { value: factor, dimension: 'ratio' },
          { value: 1 / factor, dimension: 'ratio' },
          { value: factor, dimension: 'share' },
          { value: Math.abs(1 - factor), dimension: 'share' },
        ])
      : [],
  };
}

/** What performance.json declares. */
export function declaredEvidence({ requirements, tables, collections }: WorkspaceFact): NewEvidence[] {
  const declared = (key: string, label: string, values: readonly EvidenceValue[]): NewEvidence => ({ key: `declared ${key}`, label: `performance.json: ${label}`, quality: 'declared', values });
  return [
    ...requirements.map(({ subject, latency, throughput, memory }) =>
      declared(`requirement ${subject}`, `target of ${subject}`, [
        ...(['p50', 'p95', 'p99', 'max'] as const).flatMap((name) => (latency[name] === undefined ? [] : [{ value: latency[name], dimension: 'time', name } as const])),
        ...(throughput === undefined ? [] : [{ value: throughput, dimension: 'rate' } as const]),
        ...(memory === undefined ? [] : [{ value: memory, dimension: 'bytes' } as const]),
      ]),
    ),
    ...tables.map(({ name, rows, growthPerDay }) => declared(`table ${name}`, `size of the table ${name}`, [count(rows), ...(growthPerDay === undefined ? [] : [count(growthPerDay)])])),
    ...collections.map(({ name, size }) => declared(`collection ${name}`, `size of ${name}`, [count(size)])),
  ];
}

/** What the user has said: true or not, it may be quoted as theirs. */
export function statedEvidence(question: string): NewEvidence {
  const values = quantitiesIn(question, referencesIn(question)).flatMap(({ value, dimensions }) => dimensions.map((dimension) => ({ value, dimension })));
  return { key: 'stated', label: 'what you have written', quality: 'stated', values };
}

const count = (value: number): EvidenceValue => ({ value, dimension: 'count' });
