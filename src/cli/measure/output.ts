import { writeFileSync } from 'node:fs';
import type { Run } from '../../core/evidence';
import { type Failure, FailureError } from '../../core/failures';
import type { Output } from '../output';
import type { MeasureArguments } from './arguments';
import { runText } from './text';

/** The exit code of a measurement that could not be had. */
export const NOT_MEASURED = 2;

type Printing = Pick<MeasureArguments, 'format' | 'jsonFile'>;

/** Prints runs and what kept others from being had. @returns 0 where everything was measured, else 2 */
export function printRuns(runs: readonly Run[], failures: readonly Failure[], { format, jsonFile }: Printing, output: Output): number {
  if (jsonFile !== undefined) writeJson(jsonFile, { runs, failures });
  if (format === 'json') {
    output.print(`${JSON.stringify({ runs, failures }, undefined, 2)}\n`);
  } else {
    const texts = [...runs.map((run) => runText(run, output.style)), ...failures.map(({ message }) => output.style('red', message))];
    output.print(`${texts.join('\n\n')}\n`);
  }
  return failures.length > 0 || runs.some(({ status }) => status !== 'completed') ? NOT_MEASURED : 0;
}

/** Leaves a result where the program that has started this one looks for it. */
export function writeJson(file: string, result: { readonly runs: readonly Run[]; readonly failures: readonly Failure[] }): void {
  writeFileSync(file, JSON.stringify(result));
}

/** Collects runs one after the other; one that cannot be had does not keep the next from being tried. */
export async function collect(works: readonly (() => Promise<Run>)[], signal: AbortSignal): Promise<{ runs: Run[]; failures: Failure[] }> {
  const runs: Run[] = [];
  const failures: Failure[] = [];
  for (const work of works) {
    if (signal.aborted) break;
    try {
      runs.push(await work());
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      failures.push(error.failure);
    }
  }
  return { runs, failures };
}
