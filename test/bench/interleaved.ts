import type { Compared } from '../../src/core/comparison';
import { compare } from '../../src/evidence/compare';

export interface Pair extends Compared {
  readonly baselineMs: number;
  readonly subjectMs: number;
  readonly rounds: number;
}

/**
 * Times two pieces of synchronous work in turn (A B, B A, …), so that a machine whose speed drifts
 * slows both alike. The first round warms up and is not counted.
 */
export function interleaved(baseline: () => void, subject: () => void, rounds = 15): Pair {
  const baselines: number[] = [];
  const subjects: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const order = round % 2 === 0 ? ([baseline, subject] as const) : ([subject, baseline] as const);
    for (const work of order) {
      const elapsed = time(work);
      if (round >= 0) (work === baseline ? baselines : subjects).push(elapsed);
    }
  }
  return pairOf(baselines, subjects);
}

/** The same for work in other processes, which says itself how long it took, in milliseconds. */
export async function interleavedRuns(baseline: () => Promise<number>, subject: () => Promise<number>, rounds: number): Promise<Pair> {
  const baselines: number[] = [];
  const subjects: number[] = [];
  for (let round = -1; round < rounds; round++) {
    const order = round % 2 === 0 ? ([baseline, subject] as const) : ([subject, baseline] as const);
    for (const work of order) {
      const elapsed = await work();
      if (round >= 0) (work === baseline ? baselines : subjects).push(elapsed);
    }
  }
  return pairOf(baselines, subjects);
}

function pairOf(baselines: readonly number[], subjects: readonly number[]): Pair {
  const comparison = compare(baselines, subjects);
  if (comparison.verdict === 'too-few-samples') throw new Error(`${baselines.length} rounds are too few for a comparison.`);
  return { ...comparison, baselineMs: middle(baselines), subjectMs: middle(subjects), rounds: baselines.length };
}

/** Processor time of this process, in milliseconds: the wall clock also counts what other programs do. */
function time(work: () => void): number {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

function middle(samples: readonly number[]): number {
  return [...samples].sort((a, b) => a - b)[samples.length >> 1]!;
}
