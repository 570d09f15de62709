import type { Percentile, PerformanceConfig, Requirement } from '../core/config';
import type { Run } from '../core/evidence';
import { formatDuration } from '../core/format';
import { counted, listed } from './words';
import type { Statement } from './model';
import { declared, nameText, prose } from './statement';
import { compareText, driverKey, subjectOf } from './targets';

const SHOWN = 3;

/** What must be known before figures of several runs are put beside each other: they were made on other machines, or of other code. */
export function provenanceOf(runs: readonly Run[]): readonly Statement[] {
  const completed = newestOfEach(runs);
  const machines = new Map(completed.map(({ machine }) => [machine.fingerprint, nameText(machine.cpuModel)]));
  const commits = [...new Set(completed.flatMap(({ commit }) => commit ?? []))].map(commit => nameText(commit.slice(0, 10)));
  return [
    ...(machines.size > 1 ? [[prose(`These runs were made on ${counted(machines.size, 'machine')} (${listed([...new Set(machines.values())], SHOWN)}): a figure of one says nothing of another.`)]] : []),
    ...(commits.length > 1 ? [[prose(`They measured ${counted(commits.length, 'commit')} (${listed(commits, SHOWN)}); figures of functions that were edited since do not count.`)]] : []),
  ];
}

/** A run that a newer one of the same kind and driver has replaced is not shown, so it is beside nothing. */
function newestOfEach(runs: readonly Run[]): readonly Run[] {
  const sorted = runs.filter(({ status }) => status === 'completed').sort((a, b) => compareText(a.id, b.id));
  return [...new Map(sorted.map(run => [`${run.kind} ${driverKey(run)}`, run])).values()];
}

const ASCENDING: readonly Percentile[] = ['p50', 'p95', 'p99', 'max'];

/** Targets that cannot be met, or of which one makes another meaningless. */
export const impossibleTargets = ({ requirements }: PerformanceConfig): readonly Statement[] => requirements.flatMap(problemsOf);

function problemsOf(requirement: Requirement): readonly Statement[] {
  const { latency } = requirement;
  const subject = nameText(subjectOf(requirement));
  const stated = ASCENDING.flatMap(percentile => (latency[percentile] === undefined ? [] : [{ percentile, limit: latency[percentile] }]));
  return [
    ...stated.filter(({ limit }) => limit <= 0).map(({ percentile, limit }): Statement => [
      prose(`${subject}: nothing can meet the ${percentile} target of `), declared(formatDuration(limit)), prose('. Correct it in performance.json.'),
    ]),
    ...stated.slice(1).flatMap((higher, i): Statement[] => {
      const lower = stated[i]!;
      return higher.limit >= lower.limit ? [] : [[
        prose(`${subject}: the ${higher.percentile} target of `), declared(formatDuration(higher.limit)), prose(` is below the ${lower.percentile} target of `),
        declared(formatDuration(lower.limit)), prose(`, and ${higher.percentile} is never below ${lower.percentile}: the two are likely mixed up.`),
      ]];
    }),
  ];
}
