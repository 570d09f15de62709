import { pathToFileURL } from 'node:url';
import { failures, FailureError } from '../core/failures';
import type { GeneratedDriver, Target } from '../measure';
import { requireText } from './answering';
import { carriedCompiler, type ServerContext } from './context';
import { Method, type DriversResult, type FinishParams, type FunctionParams, type PlanParams, type PlanResult, type RunSummary } from './protocol';
import { onRequest } from './reportRequests';
import { summaryOf } from './runSummary';
import type { Session } from './session';
import { withFolder } from './sessionFiles';
import { filesOf } from './workspaceFiles';

/** Most sessions of an editor measure nothing, so what it takes is loaded with the first request for it. */
const measuring = () => import('../measure');

/** Measuring: what can be run, how exactly, and what came of it. The running itself is the terminal's. */
export function registerMeasureRequests(context: ServerContext): void {
  onRequest(context, Method.drivers, (params) => drivers(context, params));
  onRequest(context, Method.benchmarks, async (params) => {
    const { session, root } = withFolder(context.sessions.ofFolder(params?.folder));
    const { listBenchmarks } = await measuring();
    return { folder: root.uri, choices: listBenchmarks(await filesOf(context, session)) };
  });
  onRequest(context, Method.plan, (params) => plan(context, params));
  onRequest(context, Method.debuggedPlan, async ({ folder, session: name }) => {
    if (!context.sessions.settings.trusted) throw new FailureError(failures.untrustedWorkspace());
    const { root, store } = withFolder(context.sessions.ofFolder(folder));
    const { planDebugged } = await import('../measure/experiments');
    return planDebugged(requireText(name, 'session'), root.path, store);
  });
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
  const { canGenerateDriver, listDrivers } = await measuring();
  const canGenerate = canGenerateDriver(fact, session.detector.functions(place.file));
  return { folder: root.uri, target, choices: listDrivers(target, await filesOf(context, session), canGenerate, session.detector.callers(place.file, functionName)) };
}

async function plan(context: ServerContext, params: PlanParams): Promise<PlanResult> {
  const { settings } = context.sessions;
  if (!settings.trusted) throw new FailureError(failures.untrustedWorkspace());
  const { session, store } = withFolder(context.sessions.ofFolder(requireText(params?.folder, 'folder')));
  const { choice, target, kind } = params;
  const { planBenchmark, planMemory, planProfile, planTrace, planUnprofiled } = await measuring();
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

/** The file that calls a function with arguments of the user's; written where there is none yet. */
export async function generatedDriver(context: ServerContext, session: Session, { file, functionName }: Omit<Target, 'hash'>): Promise<GeneratedDriver> {
  const { store } = withFolder(session);
  const fact = session.functionOf(file, functionName);
  if (fact === undefined) throw new FailureError(failures.unknownFunction(file, functionName));
  const { ensureGeneratedDriver } = await measuring();
  return ensureGeneratedDriver(store, file, fact, await filesOf(context, session), session.detector.functions(file));
}

async function complete(context: ServerContext, params: FinishParams): Promise<RunSummary> {
  const { plan: finished, exit, unprofiled } = params;
  const { session, root, store } = withFolder(context.sessions.ofFolder(pathToFileURL(requireText(finished?.workspace, 'plan.workspace')).href));
  const { finish } = await measuring();
  const run = await finish(finished, exit, (file) => (session.detector.has(file) ? session.detector.functions(file) : undefined), unprofiled);
  await store.append(run);
  await session.loadEvidence();
  context.refresher.folder(session, { lenses: true });
  return summaryOf(run, session, root.path);
}
