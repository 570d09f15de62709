import { pathToFileURL } from 'node:url';
import { failures, FailureError } from '../core/failures';
import {
  canGenerateDriver, ensureGeneratedDriver, finish, listBenchmarks, listDrivers, planBenchmark, planMemory, planProfile, planTrace, planUnprofiled,
  type GeneratedDriver, type MeasurePlan, type Target,
} from '../measure';
import { planDebugged } from '../measure/experiments';
import { requireText } from './answering';
import { carriedCompiler, type ServerContext } from './context';
import type { DebuggedPlanParams, DriversResult, FinishParams, FolderParams, FunctionParams, PlanParams, PlanResult, RunSummary } from './protocol';
import { summaryOf } from './runSummary';
import type { Session } from './session';
import { withFolder } from './sessionFiles';
import { filesOf } from './workspaceFiles';

/** The ways to drive a function. */
export async function drivers(context: ServerContext, params: FunctionParams): Promise<DriversResult> {
  const place = context.sessions.find(requireText(params?.uri, 'uri'));
  const functionName = requireText(params.functionName, 'functionName');
  if (place === undefined) throw new FailureError(failures.noFolder());
  const { session, root } = withFolder(place.session);
  await session.open.bringUpToDate(place.file);
  const fact = session.functionOf(place.file, functionName);
  if (fact === undefined) throw new FailureError(failures.unknownFunction(place.file, functionName));
  const target = { file: place.file, functionName, hash: fact.hash };
  const canGenerate = canGenerateDriver(fact, session.detector.functions(place.file));
  return { folder: root.uri, target, choices: listDrivers(target, await filesOf(context, session), canGenerate, session.detector.callers(place.file, functionName)) };
}

/** The benchmarks of a folder. */
export async function benchmarks(context: ServerContext, params: FolderParams): Promise<DriversResult> {
  const { session, root } = withFolder(context.sessions.ofFolder(params?.folder));
  return { folder: root.uri, choices: listBenchmarks(await filesOf(context, session)) };
}

/** What is to be run, and how exactly. The running itself is the terminal's. */
export async function plan(context: ServerContext, params: PlanParams): Promise<PlanResult> {
  const { settings } = context.sessions;
  if (!settings.trusted) throw new FailureError(failures.untrustedWorkspace());
  const { session, store } = withFolder(context.sessions.ofFolder(requireText(params?.folder, 'folder')));
  const { choice, target, kind } = params;
  const workspace = await filesOf(context, session);
  const driver = choice.kind === 'generated' ? await generatedDriver(context, session, target ?? { file: choice.file, functionName: '' }) : undefined;
  if (driver && (driver.created || !driver.complete)) return { kind: 'fill-in', driver: pathToFileURL(driver.path).href };
  const generatedFile = driver?.path;
  const planning = {
    workspace,
    store,
    node: settings.nodePath || undefined,
    python: settings.pythonPath || undefined,
    typescript: carriedCompiler(),
  };
  if (kind === 'benchmark') return { kind: 'run', plan: await planBenchmark(choice, planning, { target, generatedFile }) };
  if (target === undefined) throw new FailureError(failures.unknownFunction(choice.file, ''));
  const planOf = { profile: planProfile, trace: planTrace, memory: planMemory }[kind];
  const profiled = await planOf(choice, target, planning, generatedFile);
  return { kind: 'run', plan: profiled, unprofiled: await planUnprofiled(profiled, choice, planning, generatedFile) };
}

/** Where the profile of a debug session goes, which the editor's debugger records. */
export async function debuggedPlan(context: ServerContext, { folder, session: name }: DebuggedPlanParams): Promise<MeasurePlan> {
  if (!context.sessions.settings.trusted) throw new FailureError(failures.untrustedWorkspace());
  const { root, store } = withFolder(context.sessions.ofFolder(folder));
  return planDebugged(requireText(name, 'session'), root.path, store);
}

/** The file that calls a function with arguments of the user's; written where there is none yet. */
export async function generatedDriver(context: ServerContext, session: Session, { file, functionName }: Omit<Target, 'hash'>): Promise<GeneratedDriver> {
  const { store } = withFolder(session);
  const fact = session.functionOf(file, functionName);
  if (fact === undefined) throw new FailureError(failures.unknownFunction(file, functionName));
  return ensureGeneratedDriver(store, file, fact, await filesOf(context, session), session.detector.functions(file));
}

/** Keeps what came of it. */
export async function complete(context: ServerContext, params: FinishParams): Promise<RunSummary> {
  const { plan: finished, exit, unprofiled } = params;
  const { session, root, store } = withFolder(context.sessions.ofFolder(pathToFileURL(requireText(finished?.workspace, 'plan.workspace')).href));
  const run = await finish(finished, exit, (file) => (session.detector.has(file) ? session.detector.functions(file) : undefined), unprofiled);
  await store.append(run);
  await session.loadEvidence();
  context.refresher.folder(session, { lenses: true });
  return summaryOf(run, session, root.path);
}
