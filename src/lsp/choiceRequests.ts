import { posix } from 'node:path';
import type { PerformanceConfig } from '../core/config';
import type { FileFacts, FunctionFact } from '../core/facts';
import { languageOfFile } from '../core/language';
import { failures, FailureError } from '../core/failures';
import { commitsOf, findPySpy, listProcesses } from '../measure/experiments';
import { requirementText } from '../report/service';
import { requireText } from './answering';
import type { AppScript, Implementation, ImplementationsParams, ImplementationsResult, KnownRoute, ProcessesResult, ServicesResult } from './choices';
import type { ServerContext } from './context';
import type { FolderParams } from './protocol';
import { withFolder } from './sessionFiles';
import { filesOf } from './workspaceFiles';

/** The services that can be started, and their routes. */
export async function services(context: ServerContext, params: FolderParams): Promise<ServicesResult> {
  const { session, root } = withFolder(context.sessions.ofFolder(params?.folder));
  await session.start();
  const { files, readText } = await filesOf(context, session);
  const manifests = files.filter((file) => posix.basename(file) === 'package.json');
  return {
    folder: root.uri,
    scripts: appScripts(manifests.map((file) => ({ folder: posix.dirname(file).replace(/^\.$/, ''), text: readText(file) }))),
    routes: routesOf(session.detector.facts(), session.configuration.current),
  };
}

/** The processes that can be recorded. */
export async function processes(): Promise<ProcessesResult> {
  const [found, canRecordPython] = await Promise.all([listProcesses(), findPySpy().then(() => true, () => false)]);
  return { processes: found, canRecordPython };
}

/** Names under which a service is started, the likeliest first. */
const STARTING = [/^start(?::prod)?$/, /^serve\b/, /^start\b/, /^server\b/, /^dev\b/, /^preview$/];
/** What ends by itself is no service. */
const ENDING = /^(?:pre|post)|test|bench|lint|build|format|type-?check|clean|migrat|seed|generate|deploy|release|publish/i;

/** The scripts that may start an app. A package without a readable manifest has none. */
export function appScripts(manifests: readonly { readonly folder: string; readonly text: string }[]): readonly AppScript[] {
  const found = manifests.flatMap(({ folder, text }) =>
    Object.entries(scriptsOf(text)).flatMap(([name, command]): AppScript[] => (ENDING.test(name) || typeof command !== 'string' ? [] : [{ name, package: folder, command }])),
  );
  const rank = ({ name }: AppScript): number => {
    const at = STARTING.findIndex((pattern) => pattern.test(name));
    return at < 0 ? STARTING.length : at;
  };
  return found.sort((a, b) => rank(a) - rank(b));
}

function scriptsOf(manifest: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(manifest) as { scripts?: Record<string, unknown> }).scripts ?? {};
  } catch {
    return {};
  }
}

const ROUTE = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \/\S*$/i;

/** The routes that performance.json names, then those that the code registers handlers for, GET first: it changes nothing. */
export function routesOf(facts: readonly FileFacts[], config: PerformanceConfig): readonly KnownRoute[] {
  const declared = config.requirements.flatMap((requirement) => (requirement.route && ROUTE.test(requirement.route) ? [{ ...requirement, route: requirement.route }] : []));
  const registered = facts.flatMap(({ functions, references }) => [...functions.map(({ name }) => name), ...references.flatMap(({ route }) => route ?? [])]).filter((name) => ROUTE.test(name));
  const isGet = (route: string): number => (/^GET /i.test(route) ? 0 : 1);
  const others = [...new Set(registered)].sort((a, b) => isGet(a) - isGet(b) || (a < b ? -1 : 1));
  const known = new Map<string, KnownRoute>();
  for (const { route } of declared) {
    const own = declared.filter((one) => one.route.toLowerCase() === route.toLowerCase());
    const rates = own.flatMap(({ throughput }) => throughput ?? []);
    known.set(route.toLowerCase(), { route, declared: own.map(requirementText).join('; '), ...(rates.length > 0 && { ratePerSecond: Math.max(...rates) }) });
  }
  for (const route of others) if (!known.has(route.toLowerCase())) known.set(route.toLowerCase(), { route });
  return [...known.values()];
}

/** The functions that can be compared, with one another or with themselves at a commit. */
export async function implementations(context: ServerContext, params: ImplementationsParams): Promise<ImplementationsResult> {
  const place = params?.with && context.sessions.find(requireText(params.with.uri, 'with.uri'));
  if (params?.with && place === undefined) throw new FailureError(failures.noFolder());
  const { session, root } = withFolder(place?.session ?? context.sessions.ofFolder(params?.folder));
  const all = session.detector.facts().flatMap(({ file, functions }) => functions.map((fact) => ({ file, fact })));
  const shown = ({ file, fact }: { readonly file: string; readonly fact: FunctionFact }): Implementation => ({ uri: session.uriOf(file), file, functionName: fact.name, line: fact.nameRange.start.line });
  if (place === undefined || params.with === undefined) {
    return { folder: root.uri, functions: all.filter(({ fact }) => fact.exportedAs.length > 0 || fact.name.includes('.')).map(shown), commits: [] };
  }
  const fact = session.functionOf(place.file, params.with.functionName);
  if (fact === undefined) throw new FailureError(failures.unknownFunction(place.file, params.with.functionName));
  const functions = comparableWith({ file: place.file, fact }, all).map(shown);
  return { folder: root.uri, functions, commits: await commitsOf(root.path, place.file) };
}

/** A function of a file of the workspace. */
interface Located {
  readonly file: string;
  readonly fact: FunctionFact;
}

/**
 * Functions that can take the call of another: of its language, exported, and, for a method, of its name. Those with as
 * many parameters come first, and of these the ones of the same file.
 */
export function comparableWith({ file, fact }: Located, all: readonly Located[]): readonly Located[] {
  const methodOf = (name: string): string | undefined => (name.includes('.') ? name.split('.').pop() : undefined);
  const isOther = (other: Located): boolean => other.file !== file || other.fact.name !== fact.name;
  const fits = (other: Located): boolean =>
    languageOfFile(other.file) === languageOfFile(file) && methodOf(other.fact.name) === methodOf(fact.name) && (methodOf(other.fact.name) !== undefined || other.fact.exportedAs.length > 0);
  const distance = (other: Located): number => Math.abs(other.fact.parameters.length - fact.parameters.length) * 2 + (other.file === file ? 0 : 1);
  return all.filter((other) => isOther(other) && fits(other)).sort((a, b) => distance(a) - distance(b));
}
