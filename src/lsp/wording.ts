import type { Finding } from '../core/finding';
import { formatCount, formatShare } from '../core/format';
import type { Cost } from '../core/rule';
import type { Measurement, RunReference } from './protocol';

const BASIS: Readonly<Record<Cost['basis'], string>> = {
  literal: 'n is written in the code',
  declared: 'n is declared in performance.json',
  assumed: 'n is assumed; declare it in performance.json',
};

/** "estimate, n is assumed; ...": goes behind every figure that nobody has measured. */
export function estimateNote(cost: Cost): string {
  return `estimate, ${BASIS[cost.basis]}`;
}

/** "1,001 queries now, 2 after, at n = 1,000 items in the loop". */
export function costSentence({ unit, variable, n, now, after }: Cost): string {
  return `${formatCount(now)} ${unit} now, ${formatCount(after)} after, at n = ${formatCount(n)} ${variable}`;
}

/** "self 62 %, total 80 % · run 12:04 (node --cpu-prof)", and " · stale" once the function has changed. */
export function measurementLabel(measurement: Measurement, now: Date): string {
  const shares = `self ${formatShare(measurement.selfShare)}, total ${formatShare(measurement.totalShare)}`;
  return `${shares} · ${runLabel(measurement.run, now)}${measurement.stale ? ' · stale' : ''}`;
}

/** "run 12:04 (cProfile)"; a run of another day has its date too. Times are those of the machine. */
export function runLabel(run: RunReference, now: Date): string {
  const started = new Date(run.startedAt);
  const time = started.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const sameDay = started.toDateString() === now.toDateString();
  const day = sameDay ? '' : `${started.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })} `;
  return `run ${day}${time} (${run.tool})`;
}

/** The finding's message with the origin of its figures, for places that show nothing else. */
export function markedMessage(finding: Finding, measurement: Measurement | undefined, now: Date): string {
  const measured = measurement
    ? ` Measured: ${finding.functionName} takes ${formatShare(measurement.totalShare)} of ${runLabel(measurement.run, now)}${measurement.stale ? ', before it was changed' : ''}.`
    : '';
  return `${finding.message} (${estimateNote(finding.cost)})${measured}`;
}
