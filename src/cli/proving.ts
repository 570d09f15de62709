import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from '../core/evidence';
import type { Proof } from '../core/proof';
import type { Detector } from '../detect/detector';
import { EvidenceStore } from '../evidence/store';
import type { ProofPlan } from '../prove/plan/plan';
import type { SqlSource } from '../prove/plan/support';
import { type ProofRun, runProver } from '../prove/runProver';
import { toRun } from '../prove/toRun';

/** A proof of millions of rows takes a few minutes on a small machine. */
const LONGEST_MS = 10 * 60_000;

/** Carries a plan out and stores what came of it. Rejects with FailureError. */
export async function carryOut(plan: ProofPlan, workspace: string, options: Omit<ProofRun, 'timeoutMs'>): Promise<Run & { readonly proof: Proof }> {
  const startedAt = new Date();
  const proof = await runProver(plan, { ...options, timeoutMs: LONGEST_MS });
  const run = toRun(plan, proof, startedAt, Date.now() - startedAt.getTime());
  await new EvidenceStore(workspace).append(run);
  return { ...run, proof };
}

/** What the schema does not keep of the .sql files: types, checks, views. One that cannot be read was told of by the scan. */
export async function sqlSources(workspace: string, detector: Detector): Promise<SqlSource[]> {
  const files = detector.workspaceFrom().files((path) => path.endsWith('.sql'));
  const texts = await Promise.all(files.map((file) => readFile(join(workspace, file), 'utf8').catch(() => '')));
  return files.map((file, i) => ({ file, text: texts[i]! }));
}
