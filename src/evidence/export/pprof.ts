import { gzipSync } from 'node:zlib';
import { Function as PprofFunction, Line, Location, Profile, Sample, StringTable, ValueType } from 'pprof-format';
import type { CpuProfile } from '../cpuProfile/parse';
import { frameName, stacksOf } from './stacks';

/**
 * A profile in pprof's protocol buffer, compressed as its tools expect it. Values are samples and nanoseconds of CPU
 * time; lines count from 1. `startedAt` is when it was taken.
 */
export function pprofOf(profile: CpuProfile, startedAt: Date): Uint8Array {
  const { frames, stacks } = stacksOf(profile);
  const strings = new StringTable();
  const valueType = (type: string, unit: string) => new ValueType({ type: strings.dedup(type), unit: strings.dedup(unit) });
  const total = stacks.reduce((sum, { samples, microseconds }) => ({ samples: sum.samples + samples, us: sum.us + microseconds }), { samples: 0, us: 0 });
  const encoded = new Profile({
    sampleType: [valueType('samples', 'count'), valueType('cpu', 'nanoseconds')],
    sample: stacks.map(({ frames: stack, samples, microseconds }) =>
      new Sample({ locationId: [...stack].reverse().map((frame) => frame + 1), value: [samples, nanoseconds(microseconds)] })),
    location: frames.map((frame, i) => new Location({ id: i + 1, line: [new Line({ functionId: i + 1, line: Math.max(0, frame.lineNumber) + 1 })] })),
    function: frames.map((frame, i) =>
      new PprofFunction({ id: i + 1, name: strings.dedup(frameName(frame)), filename: strings.dedup(frame.url), startLine: Math.max(0, frame.lineNumber) + 1 })),
    timeNanos: BigInt(startedAt.getTime()) * 1_000_000n,
    durationNanos: nanoseconds(Math.max(0, profile.endTime - profile.startTime)),
    periodType: valueType('cpu', 'nanoseconds'),
    period: total.samples === 0 ? 0 : nanoseconds(total.us / total.samples),
    stringTable: strings,
  });
  return gzipSync(encoded.encode());
}

const nanoseconds = (microseconds: number): number => Math.round(microseconds * 1000);
