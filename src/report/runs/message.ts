import type { FunctionCost, Run } from '../../core/evidence';
import { formatCount, formatDuration, formatShare } from '../../core/format';
import { resultsText, verdictText } from '../comparisons';
import { growthText, projectionText } from '../growth';
import { memoryText } from '../memory';
import { resourceText } from '../traces';

/** What the function that was asked for has cost, where the run saw it. */
export function costOfTarget({ target, functions }: Run): FunctionCost | undefined {
  return target && functions.find(({ file, functionName }) => file === target.file && functionName === target.functionName);
}

/** What a run has found, in a sentence or a few. */
export function runMessage(run: Run): string {
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
  return profileMessage(run) ?? benchmarks.map(({ name, p50, p95 }) => `${name}: p50 ${formatDuration(p50)}, p95 ${formatDuration(p95)}.`).join(' ');
}

function profileMessage(run: Run): string | undefined {
  const cost = costOfTarget(run);
  if (cost === undefined) return undefined;
  const of = run.sampleCount === undefined ? '' : ` of ${formatCount(run.sampleCount)} samples`;
  return `${cost.functionName}: self ${formatShare(cost.selfShare)}, total ${formatShare(cost.totalShare)}${of}.`;
}

const perCall = ({ calls }: { readonly calls?: number }): string => (calls === undefined ? '' : ', for a call');

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
