import type { Failure } from '../failures';

/** Failures of what shows and exports stored runs. */
export const runFailures = {
  noCallStacks: (run: string): Failure => ({
    code: 'no-call-stacks',
    message: `The run ${run} has no call stacks to show: it is no CPU profile, or its profiler has counted calls only. Choose "Profile" above a function to have them.`,
  }),
  largeProfile: (file: string, bytes: number, limit: number): Failure => ({
    code: 'large-profile',
    file,
    message: `The profile ${file} has ${bytes} bytes, more than the ${limit} that can be read at once. Open it with the tools of a browser, or profile a shorter time.`,
  }),
  noSamples: (run: string): Failure => ({
    code: 'no-samples',
    message: `The run ${run} has kept no samples, so there is no distribution to show. Run a benchmark, or measure again.`,
  }),
  noExport: (run: string, format: string, possible: readonly string[]): Failure => ({
    code: 'no-export',
    message: `The run ${run} cannot be written as ${format}. ${possible.length === 0 ? 'It has neither call stacks nor samples: choose another run, or measure again.' : `It can be written as ${possible.join(', ')}.`}`,
  }),
  exportNotWritten: (file: string, cause: unknown): Failure => ({
    code: 'export-not-written',
    file,
    message: `${file} could not be written (${cause instanceof Error ? cause.message : String(cause)}). Choose another place; the measurement is intact.`,
  }),
} as const;
