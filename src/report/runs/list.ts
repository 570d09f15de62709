import type { Run } from '../../core/evidence';
import type { Failure } from '../../core/failures';
import { exportsOf } from '../../evidence/export/export';
import { freshness } from '../../evidence/staleness';
import { hasCallStacks } from '../../evidence/storedProfile';
import { loadText } from '../service';
import { clean, nameText } from '../statement';
import { counted } from '../words';
import { hasDistributions } from './distributions';
import { historiesOf } from './histories';
import { runMessage } from './message';
import type { RunEntry, RunList } from './model';
import { machineText, subjectOf } from './naming';

/** More runs than these are not looked through one by one; charts of benchmarks go further back. */
const MOST_RUNS = 200;

/** What is known of a function as it is now. */
export interface FunctionNow {
  readonly hash: string;
  /** Zero-based line of its name. */
  readonly line: number;
}

export interface RunListInput {
  /** Oldest first. */
  readonly runs: readonly Run[];
  readonly failures: readonly Failure[];
  /** The fingerprint of the machine that shows them. */
  readonly machine: string;
  readonly functionNow: (file: string, functionName: string) => FunctionNow | undefined;
}

export function runList({ runs, failures, machine, functionNow }: RunListInput): RunList {
  const newest = runs.slice(-MOST_RUNS).reverse();
  return {
    runs: newest.map((run) => entryOf(run, machine, functionNow)),
    earlier: runs.length - newest.length,
    histories: historiesOf(runs),
    failures,
  };
}

function entryOf(run: Run, machine: string, functionNow: RunListInput['functionNow']): RunEntry {
  const { target } = run;
  const now = target && functionNow(target.file, target.functionName);
  return {
    id: run.id,
    kind: run.kind,
    startedAt: run.startedAt,
    subject: subjectOf(run),
    ...(target && now && { file: target.file, line: now.line }),
    driver: nameText(run.driver.label),
    tool: nameText(`${run.tool.name} ${run.tool.version}`),
    machine: machineText(run),
    isThisMachine: run.machine.fingerprint === machine,
    sampleCount: run.sampleCount ?? (run.benchmarks.length > 0 ? run.benchmarks.reduce((sum, { sampleCount }) => sum + sampleCount, 0) : undefined),
    status: run.status,
    message: clean(messageOf(run)),
    caveats: run.caveats.map((caveat) => clean(caveat)),
    freshness: now ? freshness(target?.hash, now.hash) : 'unknown',
    hasCallStacks: hasCallStacks(run),
    hasSamples: hasDistributions(run),
    isComparison: run.comparison !== undefined,
    exports: exportsOf(run),
  };
}

function messageOf(run: Run): string {
  if (run.status !== 'completed') return runMessage(run);
  if (run.load) return `${run.load.route}: ${loadText(run.load)}.`;
  if (run.proof) return run.proof.candidates.map(({ title, outcome }) => `${title}: ${outcome}.`).join(' ') || 'A query was explained.';
  if (run.counts) return `Calls of ${counted(run.counts.functions.length, 'function')} and sizes of ${counted(run.counts.sizes.length, 'collection')} were counted.`;
  return runMessage(run) || `${counted(run.functions.length, 'function')} seen.`;
}
