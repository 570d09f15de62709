import type { Run } from '../core/evidence';
import type { Proof } from '../core/proof';
import { currentMachine } from '../evidence/machine';
import { dataSentence, subjectWords } from '../evidence/proofWords';
import type { ProofPlan } from './plan/plan';

/** A proof as evidence: with the machine, the time, and what its rows were. */
export function toRun(plan: ProofPlan, proof: Proof, startedAt: Date, durationMs: number): Run {
  return {
    version: 1,
    id: plan.id,
    kind: 'proof',
    tool: { name: proof.engine.name, version: proof.engine.version },
    startedAt: startedAt.toISOString(),
    durationMs,
    machine: currentMachine(),
    driver: { kind: 'proof', label: subjectWords(plan.subject), argv: [], cwd: '.' },
    status: 'completed',
    functions: [],
    lines: [],
    benchmarks: [],
    proof,
    caveats: [dataSentence(proof), ...proof.notes],
  };
}
