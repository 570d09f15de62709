import { EMPTY_CONFIG, type PerformanceConfig } from '../../../src/core/config';
import type { EngineName } from '../../../src/core/proof';
import { createDetector, type Detector } from '../../../src/detect/detector';
import { makeProofPlan, type ProofRequest } from '../../../src/prove/plan/makeProofPlan';
import type { ProofLimits, ProofPlan } from '../../../src/prove/plan/plan';
import { subjectAt } from '../../../src/prove/subject';

/** A workspace of a few files, given by their texts. */
export interface SampleWorkspace {
  readonly detector: Detector;
  readonly files: Readonly<Record<string, string>>;
}

export async function workspaceOf(files: Readonly<Record<string, string>>, tables: Readonly<Record<string, number>> = {}): Promise<SampleWorkspace> {
  const rows = Object.fromEntries(Object.entries(tables).map(([name, count]) => [name, { rows: count }]));
  const config: PerformanceConfig = { ...EMPTY_CONFIG, scale: { tables: rows, collections: {} } };
  const detector = createDetector({ config });
  for (const [file, text] of Object.entries(files)) await detector.update(file, text);
  return { detector, files };
}

export interface PlanOptions {
  readonly engine?: EngineName;
  readonly index?: string;
  readonly analyse?: boolean;
  readonly limits?: Partial<ProofLimits>;
  /** Which query: the first line of the file that holds this text. */
  readonly at?: string;
  readonly without?: 'candidates';
}

/** The plan for the query of a file, with what its findings recommend. */
export function planFor({ detector, files }: SampleWorkspace, file: string, { at = '', engine = 'pglite', without, ...options }: PlanOptions = {}): ProofPlan {
  const line = files[file]!.split('\n').findIndex((text) => text.includes(at));
  const subject = subjectAt(detector, file, { line, character: 200 });
  const request: ProofRequest = { ...subject, ...options, engine, candidates: without === undefined ? subject.candidates : [] };
  const sources = Object.entries(files).flatMap(([name, text]) => (name.endsWith('.sql') ? [{ file: name, text }] : []));
  return makeProofPlan(request, detector.workspaceFrom(file), sources);
}
