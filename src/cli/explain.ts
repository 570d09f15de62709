import { FailureError } from '../core/failures';
import type { Proof } from '../core/proof';
import { proofFailures } from '../core/proofFailures';
import { makeProofPlan } from '../prove/plan/makeProofPlan';
import { subjectAt } from '../prove/subject';
import { toReportProof } from '../report/proof';
import { renderProofText } from '../report/proofText';
import { UsageError, type ExplainArguments } from './arguments';
import { loadConfiguration } from './configuration';
import { untilInterrupted } from './interruption';
import type { Output } from './output';
import { carryOut, sqlSources } from './proving';
import { scan } from './scan';
import { relativePath, resolveTarget, type Target } from './target';

/** Carries out `explain` and returns the exit code. @throws UsageError */
export async function explain(args: ExplainArguments, output: Output): Promise<number> {
  const named = resolveTarget([args.file], process.cwd());
  // The schema may lie anywhere in the workspace, so all of it is read.
  const target: Target = { ...named, root: named.workspace, folders: [named.workspace] };
  const { config, warnings } = await loadConfiguration(target, args.config);
  warnings.forEach(output.warn);
  const { detector, failures } = await scan(target, { config });
  failures.forEach(({ message }) => output.warn(message));
  const file = relativePath(target.workspace, named.files[0] ?? named.root);
  try {
    const subject = subjectAt(detector, file, { line: args.line - 1, character: Number.MAX_SAFE_INTEGER });
    if (args.prove && args.index === undefined && subject.candidates.length === 0) throw new FailureError(proofFailures.nothingToProve(file, args.line));
    const limits = args.rows === undefined ? {} : { rowsPerTable: args.rows };
    const request = { ...subject, candidates: args.prove ? subject.candidates : [], index: args.index, engine: args.engine, analyse: args.analyse, limits };
    const plan = makeProofPlan(request, detector.workspaceFrom(file), await sqlSources(target.workspace, detector));
    const run = await untilInterrupted((signal) => carryOut(plan, target.workspace, { signal, report: output.warn, ...secrets(args) }));
    const { proof } = run;
    output.print(args.format === 'json' ? `${JSON.stringify(run, undefined, 2)}\n` : renderProofText(toReportProof({ run, proof }), output.style));
    return isRefuted(proof) ? 1 : 0;
  } catch (error) {
    if (error instanceof FailureError) throw new UsageError(error.failure.message);
    throw error;
  }
}

const isRefuted = ({ candidates }: Proof): boolean => candidates.length > 0 && candidates.every(({ outcome }) => outcome === 'refuted');

function secrets({ engine, connectionEnv }: ExplainArguments): { connection?: string } {
  if (engine !== 'postgres') return {};
  const connection = connectionEnv === undefined ? undefined : process.env[connectionEnv];
  if (connection === undefined) throw new FailureError(proofFailures.noConnection());
  return { connection };
}
