import type { Line } from '../report';
import type { Repository } from './corpora';
import type { Times } from './processes';

/** A line for how much longer another program takes: the more the better. */
export function atLeast(name: string, budget: number, times: Times, detail: string): Line {
  return { name, figure: figureOf(times), budget: `at least ${budget}x`, met: times.median >= budget, detail };
}

/** A line for how much longer ours takes. */
export function atMost(name: string, budget: number, times: Times, detail: string): Line {
  return { name, figure: figureOf(times), budget: `${budget}x`, met: times.median <= budget, detail };
}

const figureOf = ({ median, range: [low, high] }: Times): string => `${median.toFixed(median < 10 ? 2 : 1)}x [${low.toFixed(1)}, ${high.toFixed(1)}]`;

/** `what` says who took how long on how many cores. */
export function detailOf({ files, lines, name }: Repository, rounds: number, what: string): string {
  return `median and range of ${rounds} rounds, ${files.length.toLocaleString('en')} files, ${lines.toLocaleString('en')} lines of ${name}; ${what}`;
}
