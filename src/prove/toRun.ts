import type { Run } from '../core/evidence';
import type { Proof } from '../core/proof';
import { currentMachine } from '../evidence/machine';
import { dataSentence } from '../evidence/proofWords';
import type { ProofPlan } from './plan/plan';

/** A proof as evidence: with the machine, the time, and what its rows were. */
export function toRun(plan: ProofPlan, proof: Proof, startedAt: Date, durationMs: number): Run {
  const { file, line } = plan.subject;
  return {
    version: 1,
    id: plan.id,
    kind: 'proof',
    tool: { name: proof.engine.name, version: proof.engine.version },
    startedAt: startedAt.toISOString(),
    durationMs,
    machine: currentMachine(),
    driver: { kind: 'proof', label: `Query of ${file}:${line + 1}`, argv: [], cwd: '.' },
    status: 'completed',
    functions: [],
    lines: [],
    benchmarks: [],
    proof,
    caveats: [dataSentence(proof), ...proof.notes],
  };
}
