import type { PerformanceConfig } from '../core/config';
import type { FunctionFact } from '../core/facts';
import type { DetectionResult } from '../core/finding';
import type { Detector } from '../detect/detector';
import { KeptFindings } from './keptFindings';
import { listTarget, scan, type ScanOptions } from './scan';
import type { Target } from './target';
import { confirmTypes } from './types';

/** What the ranking asks about the function around a finding. */
export type FoundFunction = Pick<FunctionFact, 'hash' | 'isAsync' | 'nameRange'>;

/** What is found in a target before it is ranked, paths relative to its workspace. Plain JSON. */
export interface Found extends DetectionResult {
  /** How many files were analysed. */
  readonly fileCount: number;
  /** The functions around the findings. */
  readonly functions: readonly (readonly [file: string, functionName: string, fact: FoundFunction])[];
}

export interface FindOptions extends ScanOptions {
  readonly config: PerformanceConfig;
  /** Have the compiler confirm or withdraw what the detector can only guess. */
  readonly types: boolean;
}

/** Checks a target; where nothing has changed since the last time, what was found then is what there is to find. */
export async function find(target: Target, options: FindOptions): Promise<Found> {
  const listed = await listTarget(target, options.includeTests ?? false);
  // A scan for some rules is no answer to a later one for all, and what types say lies in files that are not listed.
  const kept = options.useCache && options.only === undefined && !options.types ? KeptFindings.of(target, listed, options.config) : undefined;
  const known = await kept?.read();
  if (known !== undefined) return known;
  const { detector, fileCount, failures } = await scan(target, options, listed);
  if (options.types) await confirmTypes(detector, target.workspace);
  const checked = detector.check();
  const found = { findings: checked.findings, failures: [...failures, ...checked.failures], fileCount, functions: functionsOf(checked, detector) };
  await kept?.save(found);
  return found;
}

function functionsOf({ findings }: DetectionResult, detector: Detector): Found['functions'] {
  const functions = new Map<string, Found['functions'][number]>();
  for (const { file, functionName } of findings) {
    const key = `${file}\0${functionName}`;
    const fact = functions.has(key) ? undefined : detector.functions(file).find(({ name }) => name === functionName);
    if (fact) functions.set(key, [file, functionName, { hash: fact.hash, isAsync: fact.isAsync, nameRange: fact.nameRange }]);
  }
  return [...functions.values()];
}
