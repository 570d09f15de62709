import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError } from '../core/failures';
import type { Proof } from '../core/proof';
import { proofFailures } from '../core/proofFailures';
import { EvidenceStore } from '../evidence/store';
import { makeProofPlan } from '../prove/plan/makeProofPlan';
import type { SqlSource } from '../prove/plan/support';
import { runProver } from '../prove/runProver';
import { subjectAt } from '../prove/subject';
import { toRun } from '../prove/toRun';
import { UsageError, type ExplainArguments } from './arguments';
import { loadConfiguration } from './configuration';
import { renderProofText } from './explainText';
import { untilInterrupted } from './interruption';
import type { Output } from './output';
import { scan } from './scan';
import { relativePath, resolveTarget, type Target } from './target';

/** A proof of millions of rows takes a few minutes on a small machine. */
const LONGEST_MS = 10 * 60_000;

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
    const workspace = detector.workspaceFrom(file);
    const plan = makeProofPlan(request, workspace, await sqlSources(target.workspace, workspace.files((path) => path.endsWith('.sql'))));
    const startedAt = new Date();
    const proof = await untilInterrupted((signal) => runProver(plan, { signal, timeoutMs: LONGEST_MS, report: output.warn, ...secrets(args) }));
    const run = toRun(plan, proof, startedAt, Date.now() - startedAt.getTime());
    await new EvidenceStore(target.workspace).append(run);
    output.print(args.format === 'json' ? `${JSON.stringify(run, undefined, 2)}\n` : renderProofText(run, output.style));
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

/** What the schema does not keep of the .sql files: types, checks, views. One that cannot be read was told of by the scan. */
async function sqlSources(workspace: string, files: readonly string[]): Promise<SqlSource[]> {
  const texts = await Promise.all(files.map((file) => readFile(join(workspace, file), 'utf8').catch(() => '')));
  return files.map((file, i) => ({ file, text: texts[i]! }));
}
