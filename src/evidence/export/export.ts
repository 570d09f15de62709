import type { Run } from '../../core/evidence';
import { FailureError, failures } from '../../core/failures';
import { hasCallStacks, readStoredProfile } from '../storedProfile';
import { benchmarkCsv, profileCsv } from './csv';

/** What a run can be written as. */
export const EXPORT_FORMATS = ['cpuprofile', 'speedscope', 'pprof', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The end of the file's name, as the tools that read it look for it. */
export const EXPORT_ENDINGS: Readonly<Record<ExportFormat, string>> = { cpuprofile: 'cpuprofile', speedscope: 'speedscope.json', pprof: 'pb.gz', csv: 'csv' };

/** What this run can be written as. */
export function exportsOf(run: Run): readonly ExportFormat[] {
  const hasStacks = hasCallStacks(run);
  return [...(hasStacks ? (['cpuprofile', 'speedscope', 'pprof'] as const) : []), ...(hasStacks || hasSamples(run) ? (['csv'] as const) : [])];
}

/** The bytes of a run in a format; `folder` is that of the evidence. Throws FailureError where the run has no such form. */
export async function exportRun(folder: string, run: Run, format: ExportFormat): Promise<Uint8Array> {
  const possible = exportsOf(run);
  if (!possible.includes(format)) throw new FailureError(failures.noExport(run.id, format, possible));
  if (format === 'csv' && hasSamples(run)) return Buffer.from(benchmarkCsv(run));
  const { profile } = await readStoredProfile(folder, run);
  switch (format) {
    case 'cpuprofile':
      return Buffer.from(JSON.stringify(profile));
    case 'speedscope':
      return Buffer.from(JSON.stringify((await import('./speedscope')).speedscopeOf(profile, `${run.driver.label}, run ${run.id}`)));
    case 'pprof':
      return (await import('./pprof')).pprofOf(profile, new Date(run.startedAt));
    case 'csv':
      return Buffer.from(profileCsv(profile));
  }
}

const hasSamples = ({ benchmarks, comparison }: Run): boolean =>
  benchmarks.some(({ samples }) => samples.length > 0) || comparison?.benchmarks.some(({ before, after }) => before.samples.length + after.samples.length > 0) === true;
