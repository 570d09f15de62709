import { formatCount, formatDuration, formatShare } from '../../core/format';
import type { CallSite, CallSurroundings } from '../../workspace/calls';
import type { TableDescription } from '../../workspace/schema/describe';
import { benchmarkEvidence, comparisonEvidence, findingEvidence, functionEvidence, runEvidence } from '../evidence/entries';
import type { NewEvidence } from '../evidence/item';
import type { ComparisonFact, FactAnswers, FindingFact, RunFact } from '../facts/query';

/* Facts as lines for a model. What a number rests on stands at the beginning of its line. */

/** Names what a line rests on: an id to be cited, or whether and by what it was measured. */
export type Cite = (evidence: NewEvidence) => string;

export function findingLines({ findings, total }: FactAnswers['findings'], cite: Cite): string {
  if (total === 0) return 'There is no such finding.';
  const rest = total > findings.length ? [`${formatCount(total - findings.length)} more are not shown.`] : [];
  return [...findings.map((finding) => findingLine(finding, cite)), ...rest].join('\n');
}

function findingLine(finding: FindingFact, cite: Cite): string {
  const { priority, title, rule, file, range, function: functionName, message, cost, share, measuredBy, reason, heat, isProposal, confidence } = finding;
  const measured = share === undefined ? 'not measured' : `${formatShare(share)} of a driven path by run ${measuredBy}`;
  return [
    `${cite(findingEvidence(finding))} ${priority}, ${isProposal ? 'a proposal' : `rule ${rule}`}: ${title} at ${file}:${range.start.line}${functionName ? ` in ${functionName}` : ''} (${confidence})`,
    `  ${message}`,
    `  cost model: ${formatCount(cost.now)} ${cost.unit} now, ${formatCount(cost.after)} after, at ${cost.variable} = ${formatCount(cost.n)} (${cost.basis}); ${measured}; ${heat.heat} (${heat.reason})`,
    `  ${reason}`,
  ].join('\n');
}

export function runLines({ runs, total }: FactAnswers['runs'], cite: Cite): string {
  if (total === 0) return 'No such measurement exists. Use profile or benchmark to make one.';
  const rest = total > runs.length ? [`${formatCount(total - runs.length)} older runs are not shown.`] : [];
  return [...runs.map((run) => runLine(run, cite)), ...rest].join('\n');
}

function runLine(run: RunFact, cite: Cite): string {
  const { id, kind, startedAt, status, driver, tool, machine, sampleCount, failure, caveats, functions, benchmarks } = run;
  const head = `${cite(runEvidence(run))} run ${id}, ${kind}, ${startedAt}, ${status}: ${driver}, by ${tool} on ${machine.cpuModel} with ${machine.cpus} processors${sampleCount === undefined ? '' : `, ${formatCount(sampleCount)} samples`}`;
  if (status !== 'completed') return `${head}${failure ? `\n  ${failure}` : ''}`;
  return [
    head,
    ...benchmarks.map((benchmark) => `  ${cite(benchmarkEvidence(run, benchmark))} ${benchmark.name}: p50 ${formatDuration(benchmark.p50)}, p95 ${formatDuration(benchmark.p95)}, p99 ${formatDuration(benchmark.p99)}, max ${formatDuration(benchmark.max)} over ${formatCount(benchmark.sampleCount)} samples`),
    ...functions.map((cost) => `  ${cite(functionEvidence(run, cost))} ${cost.functionName || '(library)'} in ${cost.file}: self ${formatShare(cost.selfShare)}, total ${formatShare(cost.totalShare)}${cost.calls === undefined ? '' : `, ${formatCount(cost.calls)} calls`}${cost.isStale ? ', EDITED SINCE' : ''}`),
    ...caveats.map((caveat) => `  caveat: ${caveat}`),
  ].join('\n');
}

export function comparisonLines(comparisons: readonly ComparisonFact[], cite: Cite): string {
  return comparisons
    .map((comparison) => {
      const { benchmark, ratio, interval, verdict, isAcrossMachines } = comparison;
      const factor = ratio === undefined ? '' : `: after takes ${ratio.toFixed(2)} of the time before (95 % interval ${interval!.map((each) => each.toFixed(2)).join(' to ')})`;
      return `${cite(comparisonEvidence(comparison))} ${benchmark}: ${verdict}${factor}${isAcrossMachines ? '; the machines differ, so nothing follows' : ''}`;
    })
    .join('\n');
}

export function tableLines({ tables, known }: FactAnswers['schema']): string {
  if (tables.length > 0) return tables.map(tableLine).join('\n');
  return known.length === 0 ? 'No table is declared in the workspace.' : `No such table is declared. There are ${known.join(', ')}.`;
}

function tableLine({ name, file, line, columns, primaryKey, indexes, foreignKeys }: TableDescription): string {
  return [
    `${name} (${file}:${line + 1}), primary key (${primaryKey.join(', ')})`,
    `  columns: ${columns.map((column) => `${column.name} ${column.type}${column.nullable ? '' : ' not null'}`).join(', ')}`,
    ...indexes.map(({ name: index, columns: on, unique, method, where }) => `  ${unique ? 'unique ' : ''}index ${index} ${method} (${on.join(', ')})${where ? ` where ${where}` : ''}`),
    ...foreignKeys.map(({ columns: from, references, referencedColumns }) => `  (${from.join(', ')}) references ${references} (${referencedColumns.join(', ')})`),
  ].join('\n');
}

export function callLines({ function: { file, functionName, line, isAsync }, effects, callees, callers, unresolved }: CallSurroundings): string {
  const sites = (title: string, calls: readonly CallSite[]): string[] =>
    calls.length === 0 ? [`${title}: none in the workspace`] : [`${title}:`, ...calls.map((call) => `  ${call.functionName} in ${call.file}, call at line ${call.line + 1}${call.inLoop ? ', IN A LOOP' : ''}`)];
  return [
    `${functionName} at ${file}:${line + 1}${isAsync ? ', async' : ''}`,
    ...(effects.length === 0 ? ['effects: none by itself'] : ['effects:', ...effects.map((effect) => `  ${effect.kind} by ${effect.library}${effect.table ? ` on ${effect.table}` : ''} at line ${effect.line + 1}`)]),
    ...sites('calls', callees),
    ...sites('called by', callers),
    `calls to libraries or unknown targets: ${unresolved}`,
  ].join('\n');
}
