import type { Run } from '../../core/evidence';
import type { FlameGraph } from '../../core/flame';
import { nameText } from '../statement';
import type { FlameChart, FramePlace, FunctionShare } from './model';
import { chartOf } from './naming';

/** Functions in the table; the rest cost less than any of them. */
const MOST_FUNCTIONS = 100;

/** The line of measured code as it is now; undefined where its function has changed or is gone. */
export type LineNow = (file: string, line: number) => number | undefined;

/** Two charts are of one run: by call stack, and the same by function. */
export function flameChart(run: Run, graph: FlameGraph, lineNow: LineNow): FlameChart {
  return {
    kind: 'flame',
    of: chartOf(run),
    isTimed: run.functions.some(({ selfMs }) => selfMs !== undefined),
    graph: { ...graph, frames: graph.frames.map((frame) => ({ ...frame, name: nameText(frame.name), place: nameText(frame.place) })) },
    places: graph.frames.map(({ kind, place, line }) => (kind === 'workspace' && line !== undefined ? placeNow(place, line, lineNow) : null)),
    functions: run.functions.slice(0, MOST_FUNCTIONS).map((cost): FunctionShare => {
      const place = cost.hash === undefined ? null : placeNow(cost.file, cost.line, lineNow);
      return {
        name: nameText(cost.functionName),
        file: nameText(cost.file),
        ...(place && { line: place.line }),
        selfShare: cost.selfShare,
        totalShare: cost.totalShare,
        ...(cost.calls !== undefined && { calls: cost.calls }),
      };
    }),
  };
}

function placeNow(file: string, line: number, lineNow: LineNow): NonNullable<FramePlace> {
  const now = lineNow(file, line);
  return now === undefined ? { line, stale: true } : { line: now, stale: false };
}
