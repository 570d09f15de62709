import type { BenchmarkResult, Run } from '../../core/evidence';
import { formatBytes, formatCount, formatDuration, formatShare } from '../../core/format';
import type { Memory } from '../../core/memory';
import { resultsText, verdictText } from '../../report/comparisons';
import { growthText, projectionText } from '../../report/growth';
import { overheadText } from '../../report/overhead';
import { loadText } from '../../report/service';
import { clean } from '../../report/statement';
import { resourceText } from '../../report/traces';
import type { Style } from '../output';

const SHOWN = 10;

/** A run for a terminal: what was driven, what was found, and what must be said with it. */
export function runText(run: Run, style: Style): string {
  const { tool, driver, machine, status, failure } = run;
  const load = machine.loadAverage === undefined ? '' : `, load ${formatCount(machine.loadAverage)}`;
  const head = `${style('bold', `${run.kind} of ${clean(driver.label)}`)} ${style('dim', `run ${run.id}, ${tool.name} ${tool.version}${load}`)}`;
  if (status === 'cancelled') return `${head}\n  cancelled`;
  const lines = [
    ...(failure ? [style('red', clean(failure.message))] : []),
    ...figures(run),
    ...[...run.caveats, ...overheadLines(run)].map((caveat) => style('dim', clean(caveat))),
  ];
  return [head, ...lines.map((line) => `  ${line}`)].join('\n');
}

/** "with the profiler it took 1.04x the time (…)": every profile says what it has cost, or that nobody knows. */
export function overheadLines(run: Run): string[] {
  const text = overheadText(run);
  return text === undefined ? [] : [text];
}

function figures(run: Run): string[] {
  return [...profileLines(run), ...traceLines(run), ...countLines(run), ...memoryLines(run.memory), ...growthLines(run), ...loadLines(run), ...comparisonLines(run), ...benchmarkLines(run)];
}

function profileLines({ functions, lines, target }: Run): string[] {
  if (functions.length === 0) return [];
  const isTarget = (file: string, name: string) => target?.file === file && target.functionName === name;
  const shown = functions.filter(({ file, functionName }, i) => i < SHOWN || isTarget(file, functionName));
  const hottest = [...lines].sort((a, b) => b.selfShare - a.selfShare).slice(0, 3);
  return [
    ...shown.map(({ file, functionName, line, selfShare, totalShare, calls }) => {
      const place = functionName === '' ? file : `${functionName} (${file}:${line + 1})`;
      return `${formatShare(selfShare).padStart(10)} self ${formatShare(totalShare).padStart(10)} total  ${clean(place)}${calls === undefined ? '' : `, ${formatCount(calls)} calls`}`;
    }),
    ...(hottest.length > 0 ? [`hottest lines: ${hottest.map(({ file, line, selfShare }) => `${clean(file)}:${line + 1} ${formatShare(selfShare)}`).join(', ')}`] : []),
  ];
}

function traceLines({ trace }: Run): string[] {
  if (!trace) return [];
  const calls = trace.calls ?? 1;
  return [
    resourceText(trace),
    ...trace.operations.slice(0, SHOWN).map(({ category, library, shape, count, totalMs, p95Ms, callers }) => {
      const from = callers[0] ? ` from ${callers[0].file}:${callers[0].line + 1}` : '';
      return `${formatCount(count / calls).padStart(8)} x ${clean(shape, 100)} (${category}, ${library}), total ${formatDuration(totalMs / calls)}, p95 ${formatDuration(p95Ms)}${from}`;
    }),
  ];
}

function countLines({ counts }: Run): string[] {
  if (!counts) return [];
  const calls = counts.calls ?? 1;
  return [
    ...counts.functions.slice(0, SHOWN).map(({ file, functionName, line, calls: own }) => `${formatCount(own / calls).padStart(8)} calls  ${clean(functionName)} (${clean(file)}:${line + 1})`),
    ...counts.sizes.map(({ expression, file, at, largest, p50, count }) => `${clean(expression)} had ${formatCount(largest)} items at most (p50 ${formatCount(p50)}, asked ${formatCount(count)} times) at ${clean(file)}:${at.line + 1}`),
  ];
}

function memoryLines(memory: Memory | undefined): string[] {
  if (!memory) return [];
  const { calls = 1, allocatedBytes, retainedBytes, peakBytes } = memory;
  const list = (title: string, costs: Memory['allocated']) =>
    [...costs].sort((a, b) => b.selfBytes - a.selfBytes).slice(0, 5).map(({ file, functionName, selfBytes, totalBytes }) => `${title} ${formatBytes(selfBytes / calls)} itself, ${formatBytes(totalBytes / calls)} in all: ${clean(functionName || file)} (${clean(file)})`);
  return [
    [...(allocatedBytes === undefined ? [] : [`${formatBytes(allocatedBytes / calls)} allocated`]), ...(retainedBytes === undefined ? [] : [`${formatBytes(retainedBytes / calls)} kept`]), `peak ${formatBytes(peakBytes)}`].join(', '),
    ...list('allocated', memory.allocated),
    ...list('kept', memory.retained),
  ];
}

function growthLines({ growth, target }: Run): string[] {
  if (!growth) return [];
  const points = growth.points.map(({ n, fastestMs }) => `${formatCount(n)}: ${formatDuration(fastestMs)}`);
  return [`${clean(target?.functionName ?? 'the function')} ${growthText(growth)}${projectionText(growth)}`, `fastest call by size: ${points.join(', ')}`];
}

function loadLines({ load }: Run): string[] {
  return load ? [`${clean(load.route)} at ${formatCount(load.asked.ratePerSecond)} requests a second for ${formatCount(load.asked.seconds)} s: ${loadText(load)}`] : [];
}

function comparisonLines({ comparison }: Run): string[] {
  if (!comparison) return [];
  const { before, after, benchmarks, isInterleaved, results } = comparison;
  return [
    `${clean(before.label)} against ${clean(after.label)}${isInterleaved ? ', in turn' : ''}`,
    ...benchmarks.map((benchmark) => `${clean(benchmark.name)}: p50 ${formatDuration(benchmark.before.p50)} → ${formatDuration(benchmark.after.p50)}, ${verdictText(benchmark)}`),
    ...(results ? [resultsText(results)] : []),
  ];
}

function benchmarkLines({ benchmarks }: Run): string[] {
  return benchmarks.map(benchmarkText);
}

/** "list: p50 2 ms, p95 3 ms, p99 4 ms, max 9 ms; 480 a second, spread 12 %, 200 samples in 20 processes". */
export function benchmarkText({ name, p50, p95, p99, max, throughput, spread, sampleCount, processes }: BenchmarkResult): string {
  const percentiles = `p50 ${formatDuration(p50)}, p95 ${formatDuration(p95)}, p99 ${formatDuration(p99)}, max ${formatDuration(max)}`;
  const more = [
    ...(throughput === undefined ? [] : [`${formatCount(throughput)} a second`]),
    ...(spread === undefined ? [] : [`spread ${formatShare(spread)}`]),
    `${formatCount(sampleCount)} samples${processes ? ` in ${formatCount(processes.length)} processes` : ''}`,
  ];
  return `${clean(name)}: ${percentiles}; ${more.join(', ')}`;
}
