import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PerformanceConfig } from '../core/config';
import type { Run } from '../core/evidence';
import { formatCount, formatDuration, formatShare } from '../core/format';
import type { ServiceLoad } from '../core/service';
import { EVIDENCE_FOLDER } from '../evidence/store';
import { resultsText, verdictText } from '../report/comparisons';
import { growthText, projectionText } from '../report/growth';
import { memoryText } from '../report/memory';
import { overheadText } from '../report/overhead';
import { loadText, loadVerdictText } from '../report/service';
import { resourceText } from '../report/traces';
import { measurementOf, referenceTo } from './evidence';
import type { RunSummary } from './protocol';
import type { Session } from './session';

/** What the editor says of a run that has just ended. `root` is the absolute path of its folder. */
export function summaryOf(run: Run, session: Session, root: string): RunSummary {
  const cost = costOfTarget(run);
  return {
    run: referenceTo(run),
    status: run.status,
    failure: run.failure,
    measurement: cost && measurementOf(run, cost, session.functionOf(cost.file, cost.functionName)),
    benchmarks: run.benchmarks.map(({ samples: _, ...benchmark }) => benchmark),
    message: [messageOf(run, session.configuration.current), ...overheadOf(run)].join(' '),
    caveats: run.caveats,
    raw: run.raw && pathToFileURL(join(root, EVIDENCE_FOLDER, run.raw)).href,
  };
}

function costOfTarget({ target, functions }: Run): Run['functions'][number] | undefined {
  return target && functions.find(({ file, functionName }) => file === target.file && functionName === target.functionName);
}

function messageOf(run: Run, config: PerformanceConfig): string {
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

function loadMessage(run: Run, load: ServiceLoad, config: PerformanceConfig): string {
  const latencies = run.benchmarks.map(({ p50, p95, p99 }) => `p50 ${formatDuration(p50)}, p95 ${formatDuration(p95)}, p99 ${formatDuration(p99)}; `).join('');
  const verdict = loadVerdictText(run, config);
  return `${load.route}: ${latencies}${loadText(load)}. ${sentence(verdict ?? 'performance.json asks nothing of this route')}`;
}

const HOTTEST = 3;

/** A process that was attached to has no function that was asked about: its own hottest ones are named. */
function profileMessage(run: Run): string | undefined {
  const cost = costOfTarget(run);
  if (cost === undefined) {
    const hottest = run.functions.filter(({ functionName, selfShare }) => functionName !== '' && selfShare > 0).sort((a, b) => b.selfShare - a.selfShare).slice(0, HOTTEST);
    if (run.target || hottest.length === 0) return undefined;
    return `${run.driver.label}: ${hottest.map(({ functionName, selfShare }) => `${functionName} ${formatShare(selfShare)} self`).join(', ')} of ${formatCount(run.sampleCount ?? 0)} samples.`;
  }
  const of = run.sampleCount === undefined ? '' : ` of ${formatCount(run.sampleCount)} samples`;
  return `${cost.functionName}: self ${formatShare(cost.selfShare)}, total ${formatShare(cost.totalShare)}${of}.`;
}

function overheadOf(run: Run): string[] {
  const text = overheadText(run);
  return text === undefined ? [] : [sentence(text)];
}

const perCall = ({ calls }: { readonly calls?: number }): string => (calls === undefined ? '' : ', for a call');

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
