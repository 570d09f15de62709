import type { CpuProfile } from '../cpuProfile/parse';
import { frameName, stacksOf } from './stacks';

/** The part of speedscope's file format that is written here; see the schema that it names. */
export interface SpeedscopeFile {
  readonly $schema: 'https://www.speedscope.app/file-format-schema.json';
  readonly shared: { readonly frames: readonly { readonly name: string; readonly file?: string; readonly line?: number; readonly col?: number }[] };
  readonly profiles: readonly [
    {
      readonly type: 'sampled';
      readonly name: string;
      readonly unit: 'microseconds';
      readonly startValue: number;
      readonly endValue: number;
      /** Stacks of frame indexes, the outermost first, with what each weighs. */
      readonly samples: readonly (readonly number[])[];
      readonly weights: readonly number[];
    },
  ];
  readonly name: string;
  readonly exporter: string;
  readonly activeProfileIndex: 0;
}

/** A profile for speedscope.app: what was spent at the end of each stack. Lines and columns count from 1 there. */
export function speedscopeOf(profile: CpuProfile, name: string): SpeedscopeFile {
  const { frames, stacks } = stacksOf(profile);
  return {
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    shared: {
      frames: frames.map((frame) => ({
        name: frameName(frame),
        ...(frame.url !== '' && { file: frame.url, line: Math.max(0, frame.lineNumber) + 1, col: Math.max(0, frame.columnNumber) + 1 }),
      })),
    },
    profiles: [
      {
        type: 'sampled',
        name,
        unit: 'microseconds',
        startValue: 0,
        endValue: stacks.reduce((sum, { microseconds }) => sum + microseconds, 0),
        samples: stacks.map((stack) => stack.frames),
        weights: stacks.map(({ microseconds }) => microseconds),
      },
    ],
    name,
    exporter: 'performance-engineer',
    activeProfileIndex: 0,
  };
}
