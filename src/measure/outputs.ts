import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Run } from '../core/evidence';
import { FailureError, failures } from '../core/failures';
import { formatShare } from '../core/format';
import type { Sources } from '../evidence/attribution';
import { benchmarkResult } from '../evidence/benchmarks/result';
import { type ProfileCosts, costsOf } from '../evidence/cpuProfile/costs';
import { Frames } from '../evidence/cpuProfile/frames';
import { inSources } from '../evidence/cpuProfile/inSources';
import type { TimeWindow } from '../evidence/cpuProfile/weights';
import { parseDriven } from '../evidence/driven';
import { costsOfCalls, parsePythonCalls } from '../evidence/pstats';
import { EVIDENCE_FOLDER } from '../evidence/store';
import type { Exit, MeasurePlan } from './plan';
import { readBenchmarks } from './readBenchmarks';
import { type ReadProfile, SOURCES_PROFILE, readProfiles, readText } from './readProfiles';
import { readCounts, readMemory, readTraces } from './readRecordings';

/** What the files of a run say. */
export type Figures = Pick<Run, 'functions' | 'lines' | 'benchmarks' | 'caveats' | 'sampleCount' | 'raw' | 'trace' | 'counts' | 'memory'>;

const FEW_SAMPLES = 100;
const MUCH_WAITING = 0.2;
const WHOLE_PROCESS = 'times are of the whole program, its start included';

/** Reads the files that a plan's program wrote. Throws FailureError where they are missing, broken or empty. */
export function readOutputs(plan: MeasurePlan, exit: Exit, sources: Sources): Figures {
  switch (plan.format) {
    case 'node-profile':
      return nodeProfile(plan, sources);
    case 'python-profile':
      return pythonProfile(plan, sources);
    case 'benchmarks':
      return { ...NOTHING, ...readBenchmarks(plan, sources) };
    case 'drive-json':
      return drivenBenchmark(plan);
    case 'trace':
      return traced(plan, sources);
    case 'counts':
      return counted(plan, sources);
    case 'memory':
      return remembered(plan, sources);
    case 'growth-lines':
      // Several processes of one run: whoever runs them reads them together.
      return NOTHING;
    case 'process-time':
      return { ...NOTHING, benchmarks: [benchmarkResult(plan.driver.label, [exit.durationMs])], caveats: [WHOLE_PROCESS] };
  }
}

export const NOTHING: Figures = { functions: [], lines: [], benchmarks: [], caveats: [] };

function nodeProfile(plan: MeasurePlan, sources: Sources): Figures {
  const profiles = readProfiles(plan.rawFolder, sources, plan.target?.file);
  if (profiles.length === 0) throw new FailureError(failures.noProfile(plan.driver.label));
  const costs = costsOf(profiles, sources, windowOf(plan), true);
  const main = largest(profiles);
  if (costs.sampleCount === 0) throw new FailureError(failures.emptyProfile(`${EVIDENCE_FOLDER}/${main.raw}`));
  const { functions, lines, sampleCount } = costs;
  return { ...NOTHING, functions, lines, sampleCount, raw: viewable(plan, main, sources), caveats: nodeCaveats(costs) };
}

/** The profile that is opened for a person: where code was compiled, a copy with the places of the sources. */
function viewable(plan: MeasurePlan, main: ReadProfile, sources: Sources): string {
  const mapped = inSources(main, new Frames(sources.roots, sources.machinery));
  if (!mapped) return main.raw;
  const raw = `raw/${basename(plan.rawFolder)}/${SOURCES_PROFILE}`;
  try {
    writeFileSync(join(plan.rawFolder, SOURCES_PROFILE), JSON.stringify(mapped));
  } catch (error) {
    throw new FailureError(failures.evidenceNotWritten(`${EVIDENCE_FOLDER}/${raw}`, error));
  }
  return raw;
}

function windowOf(plan: MeasurePlan): TimeWindow | undefined {
  if (plan.driver.kind !== 'generated') return undefined;
  const { text, file } = required(plan, 'drive.json', failures.brokenProfile);
  const { startUs, endUs } = parseDriven(text, file);
  return { startUs: startUs!, endUs: endUs! };
}

function nodeCaveats({ sampleCount, idleSamples, loadingSamples }: ProfileCosts): string[] {
  const all = sampleCount + idleSamples + loadingSamples;
  const caveats = ['CPU time of JavaScript: what the program waits for is not in the shares'];
  if (idleSamples / all > MUCH_WAITING) caveats.push(`${formatShare(idleSamples / all)} of the run was waiting`);
  if (loadingSamples > 0) caveats.push(`loading modules and measuring (${formatShare(loadingSamples / all)} of the run) is left out`);
  if (sampleCount < FEW_SAMPLES) caveats.push(`only ${sampleCount} samples: the shares are rough`);
  return caveats;
}

function pythonProfile(plan: MeasurePlan, sources: Sources): Figures {
  const { text, file } = required(plan, 'calls.json', () => failures.noProfile(plan.driver.label));
  const functions = costsOfCalls(parsePythonCalls(text, file), sources);
  if (functions.length === 0) throw new FailureError(failures.emptyProfile(file));
  const profiles = readProfiles(plan.rawFolder, sources);
  const sampled = costsOf(profiles, sources);
  const caveats = ['cProfile: counts and shares, never timings', 'only the main thread of the first process'];
  if (sampled.sampleCount < FEW_SAMPLES) caveats.push(`the lines rest on ${sampled.sampleCount} samples`);
  return {
    ...NOTHING,
    functions,
    lines: sampled.lines,
    sampleCount: sampled.sampleCount,
    raw: profiles[0]?.raw ?? `raw/${basename(plan.rawFolder)}/calls.json`,
    caveats,
  };
}

function traced(plan: MeasurePlan, sources: Sources): Figures {
  const trace = readTraces(plan.rawFolder, sources);
  if (!trace) throw new FailureError(failures.noTrace(plan.driver.label));
  const caveats = trace.calls === undefined ? ['the whole program: its start and the loading of its modules are part of the application'] : [];
  return { ...NOTHING, trace, caveats: [...caveats, 'traced: recording adds some microseconds to each operation'] };
}

function counted(plan: MeasurePlan, sources: Sources): Figures {
  const counts = readCounts(plan.rawFolder, plan.probes ?? [], sources);
  if (!counts) throw new FailureError(failures.noTrace(plan.driver.label));
  return { ...NOTHING, counts, caveats: ['counting slows the program down many times: counts and sizes, never timings'] };
}

function remembered(plan: MeasurePlan, sources: Sources): Figures {
  const memory = readMemory(plan.rawFolder, sources);
  if (!memory) throw new FailureError(failures.noTrace(plan.driver.label));
  const how = plan.tool.name === 'tracemalloc' ? 'traced by tracemalloc: what was kept and the peak; never timings' : 'estimated from one sample in 32 KiB; the peak is that of the whole process';
  return { ...NOTHING, memory, caveats: [how] };
}

function drivenBenchmark(plan: MeasurePlan): Figures {
  const { text, file } = required(plan, 'drive.json', failures.brokenBenchmark);
  const { samples, callsPerSample } = parseDriven(text, file);
  const { file: source, functionName } = plan.target ?? {};
  const benchmark = { ...benchmarkResult(functionName ?? plan.driver.label, samples), file: source, functionName };
  const caveats = callsPerSample > 1 ? [`each sample is the mean of ${callsPerSample} calls, so single slow calls do not show`] : [];
  return { ...NOTHING, benchmarks: [benchmark], caveats };
}

function required(plan: MeasurePlan, name: string, failure: (file: string, cause: string) => ReturnType<typeof failures.noProfile>) {
  const file = `${EVIDENCE_FOLDER}/raw/${basename(plan.rawFolder)}/${name}`;
  const text = readText(join(plan.rawFolder, name));
  if (text === undefined) throw new FailureError(failure(file, 'the program did not write it'));
  return { text, file };
}

function largest(profiles: readonly ReadProfile[]): ReadProfile {
  return profiles.reduce((a, b) => ((b.profile.samples?.length ?? 0) > (a.profile.samples?.length ?? 0) ? b : a));
}
