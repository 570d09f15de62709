import type { Run } from '../core/evidence';
import { formatCount } from '../core/format';
import type { Proof } from '../core/proof';
import { currentMachine } from '../evidence/machine';
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

/** "synthetic rows at scale 1,000,000 (products) ...": goes with every figure of a proof. */
export function dataSentence({ data }: Proof): string {
  if (data.kind === 'own') return data.ran ? 'Your own data, in a read-only transaction.' : 'Planned on your own data and not run: the figures are what the planner expects.';
  const tables = data.tables.map(({ table, rows, wanted, basis, capped }) => {
    const of = rows < wanted ? ` of ${formatCount(wanted)} ${basis} (${capped ?? 'capped'})` : ` (${basis})`;
    return `${table} ${formatCount(rows)}${of}`;
  });
  return `Synthetic rows at scale: ${tables.join(', ')}. Real data has other values, and another machine other times.`;
}
