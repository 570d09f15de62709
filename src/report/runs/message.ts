import type { PerformanceConfig } from '../../core/config';
import type { FunctionCost, Run } from '../../core/evidence';
import { formatCount, formatDuration, formatShare } from '../../core/format';
import type { ServiceLoad } from '../../core/service';
import { resultsText, verdictText } from '../comparisons';
import { growthText, projectionText } from '../growth';
import { memoryText } from '../memory';
import { overheadText } from '../overhead';
import { loadText, loadVerdictText } from '../service';
import { resourceText } from '../traces';

/** What the function that was asked for has cost, where the run saw it. */
export function costOfTarget({ target, functions }: Run): FunctionCost | undefined {
  return target && functions.find(({ file, functionName }) => file === target.file && functionName === target.functionName);
}

/** What a run has found, in a sentence or a few. With `config`, also whether what performance.json asks of a route was met. */
export function runMessage(run: Run, config?: PerformanceConfig): string {
  const overhead = overheadText(run);
  return overhead === undefined ? foundBy(run, config) : `${foundBy(run, config)} ${sentence(overhead)}`;
}

function foundBy(run: Run, config: PerformanceConfig | undefined): string {
  const { status, failure, driver, benchmarks, trace, memory, growth, comparison, target } = run;
  if (status === 'cancelled') return `"${driver.label}" was cancelled, so nothing was measured.`;
  if (failure) return failure.message;
  if (trace) return `${driver.label}${perCall(trace)}: ${resourceText(trace)}.`;
  if (memory) return `${driver.label}${perCall(memory)}: ${memoryText(memory)}.`;
  if (growth) return `${target?.functionName ?? driver.label} ${growthText(growth)}${projectionText(growth)}.`;
  if (comparison) {
    const results = comparison.results ? ` ${sentence(resultsText(comparison.results))}` : '';
    return comparison.benchmarks.map((each) => `${each.name}: p50 ${formatDuration(each.before.p50)} → ${formatDuration(each.after.p50)}, ${verdictText(each)}.`).join(' ') + results;
  }
  if (run.load) return loadMessage(run, run.load, config);
  return profileMessage(run) ?? benchmarks.map(({ name, p50, p95 }) => `${name}: p50 ${formatDuration(p50)}, p95 ${formatDuration(p95)}.`).join(' ');
}

function loadMessage(run: Run, load: ServiceLoad, config: PerformanceConfig | undefined): string {
  const latencies = run.benchmarks.map(({ p50, p95, p99 }) => `p50 ${formatDuration(p50)}, p95 ${formatDuration(p95)}, p99 ${formatDuration(p99)}; `).join('');
  const found = `${load.route}: ${latencies}${loadText(load)}.`;
  return config === undefined ? found : `${found} ${sentence(loadVerdictText(run, config) ?? 'performance.json asks nothing of this route')}`;
}

const HOTTEST = 3;

/** A process that was attached to has no function that was asked about: its own hottest ones are named. */
function profileMessage(run: Run): string | undefined {
  const cost = costOfTarget(run);
  if (cost === undefined) {
    const hottest = run.functions.filter(isOfPeople).sort((a, b) => b.selfShare - a.selfShare).slice(0, HOTTEST);
    if (run.target || hottest.length === 0) return undefined;
    // What stands in no named function, or was compiled into what calls it, is its file's.
    return `${run.driver.label}: ${hottest.map(({ file, functionName, selfShare }) => `${functionName || file} ${formatShare(selfShare)} self`).join(', ')} of ${formatCount(run.sampleCount ?? 0)} samples.`;
  }
  const of = run.sampleCount === undefined ? '' : ` of ${formatCount(run.sampleCount)} samples`;
  return `${cost.functionName}: self ${formatShare(cost.selfShare)}, total ${formatShare(cost.totalShare)}${of}.`;
}

/** "(program)" and the like are the engine's own. */
const isOfPeople = ({ functionName, selfShare }: FunctionCost): boolean => selfShare > 0 && !functionName.startsWith('(');

const perCall = ({ calls }: { readonly calls?: number }): string => (calls === undefined ? '' : ', for a call');

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
