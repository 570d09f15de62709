import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Run } from '../core/evidence';
import { failures, FailureError } from '../core/failures';
import { formatCount, formatDuration, formatShare } from '../core/format';
import { EVIDENCE_FOLDER } from '../evidence/store';
import {
  canGenerateDriver,
  ensureGeneratedDriver,
  finish,
  listBenchmarks,
  listDrivers,
  planBenchmark,
  planProfile,
  type WorkspaceFiles,
} from '../measure';
import { listSourceFiles } from '../workspace/files';
import { requireText } from './answering';
import { carriedCompiler, type ServerContext } from './context';
import { measurementOf, referenceTo } from './evidence';
import { Method, type DriversResult, type FinishParams, type FunctionParams, type PlanParams, type PlanResult, type RunSummary } from './protocol';
import { onRequest } from './reportRequests';
import type { Session } from './session';
import { textOf, withFolder } from './sessionFiles';

/** Measuring: what can be run, how exactly, and what came of it. The running itself is the terminal's. */
export function registerMeasureRequests(context: ServerContext): void {
  onRequest(context, Method.drivers, (params) => drivers(context, params));
  onRequest(context, Method.benchmarks, async (params) => {
    const { session, root } = withFolder(context.sessions.ofFolder(params?.folder));
    return { folder: root.uri, choices: listBenchmarks(await filesOf(context, session)) };
  });
  onRequest(context, Method.plan, (params) => plan(context, params));
  onRequest(context, Method.finish, (params) => complete(context, params));
}

async function drivers(context: ServerContext, params: FunctionParams): Promise<DriversResult> {
  const place = context.sessions.find(requireText(params?.uri, 'uri'));
  const functionName = requireText(params.functionName, 'functionName');
  if (place === undefined) throw new FailureError(failures.noFolder());
  const { session, root } = withFolder(place.session);
  await session.open.bringUpToDate(place.file);
  const fact = session.functionOf(place.file, functionName);
  if (fact === undefined) throw new FailureError(failures.unknownFunction(place.file, functionName));
  const target = { file: place.file, functionName, hash: fact.hash };
  const canGenerate = canGenerateDriver(fact, session.detector.functions(place.file));
  return { folder: root.uri, target, choices: listDrivers(target, await filesOf(context, session), canGenerate) };
}

async function plan(context: ServerContext, params: PlanParams): Promise<PlanResult> {
  const { settings } = context.sessions;
  if (!settings.trusted) throw new FailureError(failures.untrustedWorkspace());
  const { session, store } = withFolder(context.sessions.ofFolder(requireText(params?.folder, 'folder')));
  const { choice, target, kind } = params;
  const workspace = await filesOf(context, session);
  let generatedFile: string | undefined;
  if (choice.kind === 'generated') {
    const fact = target && session.functionOf(target.file, target.functionName);
    if (fact === undefined) throw new FailureError(failures.unknownFunction(choice.file, target?.functionName ?? ''));
    const driver = await ensureGeneratedDriver(store, choice.file, fact, workspace);
    if (driver.created) return { kind: 'fill-in', driver: pathToFileURL(driver.path).href };
    generatedFile = driver.path;
  }
  const planning = {
    workspace,
    store,
    node: settings.nodePath || undefined,
    python: settings.pythonPath || undefined,
    typescript: carriedCompiler(),
  };
  if (kind === 'benchmark') return { kind: 'run', plan: await planBenchmark(choice, planning, target, generatedFile) };
  if (target === undefined) throw new FailureError(failures.unknownFunction(choice.file, ''));
  return { kind: 'run', plan: await planProfile(choice, target, planning, generatedFile) };
}

async function complete(context: ServerContext, params: FinishParams): Promise<RunSummary> {
  const { plan: finished, exit } = params;
  const { session, root, store } = withFolder(context.sessions.ofFolder(pathToFileURL(requireText(finished?.workspace, 'plan.workspace')).href));
  const run = await finish(finished, exit, (file) => (session.detector.has(file) ? session.detector.functions(file) : undefined));
  await store.append(run);
  await session.loadEvidence();
  context.refresher.folder(session, { lenses: true });
  return summaryOf(run, session, root.path);
}

function summaryOf(run: Run, session: Session, root: string): RunSummary {
  const { target } = run;
  const cost = target && run.functions.find(({ file, functionName }) => file === target.file && functionName === target.functionName);
  return {
    run: referenceTo(run),
    status: run.status,
    failure: run.failure,
    measurement: cost && measurementOf(run, cost, session.functionOf(cost.file, cost.functionName)),
    benchmarks: run.benchmarks.map(({ samples: _, ...benchmark }) => benchmark),
    message: messageOf(run, cost),
    caveats: run.caveats,
    raw: run.raw && pathToFileURL(join(root, EVIDENCE_FOLDER, run.raw)).href,
  };
}

function messageOf({ status, failure, driver, sampleCount, benchmarks }: Run, cost: Run['functions'][number] | undefined): string {
  if (status === 'cancelled') return `"${driver.label}" was cancelled, so nothing was measured.`;
  if (failure) return failure.message;
  if (cost) {
    const of = sampleCount === undefined ? '' : ` of ${formatCount(sampleCount)} samples`;
    return `${cost.functionName}: self ${formatShare(cost.selfShare)}, total ${formatShare(cost.totalShare)}${of}.`;
  }
  return benchmarks.map(({ name, p50, p95 }) => `${name}: p50 ${formatDuration(p50)}, p95 ${formatDuration(p95)}.`).join(' ');
}

/** What a search for drivers looks at: the sources, tests among them, and the package manifests above them. */
async function filesOf({ sessions }: ServerContext, session: Session): Promise<WorkspaceFiles> {
  const { root } = withFolder(session);
  const { files } = await listSourceFiles(root.path, { exclude: sessions.settings.exclude, includeTests: true });
  const folders = new Set(['.', ...files.flatMap(foldersAbove)]);
  const manifests = [...folders].map((folder) => posix.join(folder, 'package.json')).filter((file) => existsSync(join(root.path, file)));
  return { workspace: root.path, files: [...files, ...manifests], readText: (file) => textOf(session, root.path, file) };
}

function foldersAbove(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, depth) => parts.slice(0, depth + 1).join('/'));
}
