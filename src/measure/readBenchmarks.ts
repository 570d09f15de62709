import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BenchmarkResult } from '../core/evidence';
import { FailureError, failures } from '../core/failures';
import { Frames, pathOf } from '../evidence/cpuProfile/frames';
import { parseLibrarySamples } from '../evidence/benchmarks/librarySamples';
import { parseBenchmarks } from '../evidence/benchmarks/ownJson';
import { parseAsv, parseHyperfine, parsePytestBenchmark } from '../evidence/benchmarks/toolResults';
import type { Sources } from '../evidence/attribution';
import { EVIDENCE_FOLDER } from '../evidence/store';
import type { MeasurePlan } from './plan';
import { readText } from './readProfiles';

/** The files that a benchmark run may leave, and how each is read. */
const READERS: readonly (readonly [RegExp, (text: string, file: string) => readonly BenchmarkResult[]])[] = [
  [/^benchmark\.json$/, parseBenchmarks],
  [/^hyperfine\.json$/, parseHyperfine],
  [/^pytest-benchmark\.json$/, parsePytestBenchmark],
  [/^asv[\\/].+[\\/](?!machine\.json$|benchmarks\.json$)[^\\/]+\.json$/, parseAsv],
];
const LIBRARY_SAMPLES = /^samples\.\d+\.\d+\.json$/;
const MEANS_OF_CYCLES = 'Benchmark.js keeps the mean of each cycle, so single slow calls do not show';
const MEANS_OF_BATCHES = 'mitata measures short calls in batches: a sample is then the mean of many';

/** Reads the results of a benchmark run, whatever tool wrote them. Throws FailureError where there are none, or a file is broken. */
export function readBenchmarks({ rawFolder, driver }: MeasurePlan, sources: Sources): { readonly benchmarks: readonly BenchmarkResult[]; readonly caveats: readonly string[] } {
  const folder = `${EVIDENCE_FOLDER}/raw/${basename(rawFolder)}`;
  const names = readdirSync(rawFolder, { recursive: true }).map(String).sort();
  const read = (name: string) => [readText(join(rawFolder, name)) ?? '', `${folder}/${name}`] as const;
  const own = names.flatMap((name) => READERS.find(([pattern]) => pattern.test(name))?.[1](...read(name)) ?? []);
  const frames = new Frames(sources.roots, sources.machinery);
  const kept = names.filter((name) => LIBRARY_SAMPLES.test(name)).flatMap((name) => parseLibrarySamples(...read(name)));
  const tools = new Set(kept.map(({ tool }) => tool));
  const fromLibraries = kept.map(({ result, script }) => {
    const path = script === undefined ? undefined : pathOf(script);
    const file = path && frames.relative(path);
    return file ? { ...result, definedIn: file } : result;
  });
  // A benchmark file says itself where its benchmarks are; a script and a project have many files.
  const ownFile = driver.kind === 'benchmark' && driver.again?.runner !== 'asv' ? driver.again?.file : undefined;
  const benchmarks = [...own, ...fromLibraries].map((result) => (ownFile && !result.definedIn ? { ...result, definedIn: ownFile } : result));
  if (benchmarks.length === 0) throw new FailureError(failures.brokenBenchmark(`${folder}/benchmark.json`, 'no tool wrote samples'));
  return {
    benchmarks,
    caveats: [...(tools.has('Benchmark.js') ? [MEANS_OF_CYCLES] : []), ...(tools.has('mitata') ? [MEANS_OF_BATCHES] : [])],
  };
}
