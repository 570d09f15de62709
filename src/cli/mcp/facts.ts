import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { answerFact } from '../../advisor/facts/answer';
import type { FactAnswers, FactKind, FactQueryOf, FactSource } from '../../advisor/facts/query';
import { snapshotOf } from '../../advisor/facts/snapshot';
import type { PerformanceConfig } from '../../core/config';
import type { FunctionFact } from '../../core/facts';
import { type Failure, FailureError, failures as makeFailure } from '../../core/failures';
import { createDetector, type Detector } from '../../detect/detector';
import { readInto } from '../../detect/reading';
import { ProposalStore } from '../../evidence/proposalStore';
import { EvidenceStore } from '../../evidence/store';
import { loadAdvice } from '../../rules/advice';
import { listSourceFiles } from '../../workspace/files';
import { loadConfiguration } from '../configuration';
import type { Target } from '../target';

/**
 * Keeps a folder's facts for as long as a client is connected. Before each answer it looks for files that have
 * changed on the disk and reads those alone.
 */
export class FolderFacts implements FactSource {
  readonly detector: Detector = createDetector();
  private readonly stamps = new Map<string, string>();
  private readonly unreadable = new Map<string, Failure>();
  private looking: Promise<unknown> = Promise.resolve();

  constructor(private readonly target: Target) {}

  async ask<Kind extends FactKind>(query: FactQueryOf<Kind>, signal?: AbortSignal): Promise<FactAnswers[Kind]> {
    const { config, failures } = await this.current(signal);
    const { workspace } = this.target;
    const stored = await new EvidenceStore(workspace).list();
    const proposed = await new ProposalStore(workspace).list();
    const advice = await loadAdvice();
    const snapshot = snapshotOf(this.detector, {
      name: basename(workspace),
      runs: stored.runs,
      config,
      proposals: proposed.proposals,
      failures: [...failures, ...this.unreadable.values(), ...stored.failures, ...proposed.failures],
      now: new Date(),
    }, advice);
    return answerFact(query, snapshot);
  }

  /** The functions of a file as they are now; undefined for a file that is not checked. */
  functionsOf(file: string): readonly FunctionFact[] | undefined {
    return this.detector.has(file) ? this.detector.functions(file) : undefined;
  }

  /** Reads what has changed. One look at a time: a second question waits for the first one's. */
  current(signal?: AbortSignal): ReturnType<FolderFacts['look']> {
    const looked = this.looking.then(() => this.look(signal));
    this.looking = looked.catch(() => undefined);
    return looked;
  }

  private async look(signal: AbortSignal | undefined): Promise<{ readonly config: PerformanceConfig; readonly failures: readonly Failure[] }> {
    const { workspace } = this.target;
    const { config } = await loadConfiguration(this.target, undefined).catch((error: Error) => {
      throw new FailureError(makeFailure.unusableConfiguration(error.message));
    });
    this.detector.setConfig(config);
    const { files, failures } = await listSourceFiles(workspace, { signal });
    for (const file of [...this.stamps.keys()]) if (!files.includes(file)) this.forget(file);
    for (const file of files) {
      signal?.throwIfAborted();
      const stamp = await stampOf(join(workspace, file));
      if (this.stamps.get(file) === stamp) continue;
      this.stamps.set(file, stamp);
      await this.read(file);
    }
    return { config, failures };
  }

  private async read(file: string): Promise<void> {
    const reading = await readInto(this.detector, this.target.workspace, file);
    this.unreadable.delete(file);
    if (reading.kind !== 'failure') return;
    this.unreadable.set(file, reading.failure);
    this.detector.remove(file);
  }

  private forget(file: string): void {
    this.stamps.delete(file);
    this.unreadable.delete(file);
    this.detector.remove(file);
  }
}

async function stampOf(path: string): Promise<string> {
  return stat(path).then(({ mtimeMs, size }) => `${mtimeMs} ${size}`, () => 'gone');
}
