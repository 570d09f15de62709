import type { HistoryPoint } from '../../report/runs/model';

/** Positions of runs that were made on another machine than the run before them. */
export const machineChanges = (points: readonly HistoryPoint[]): readonly number[] =>
  points.flatMap(({ machine }, i) => (i > 0 && machine !== points[i - 1]!.machine ? [i] : []));
