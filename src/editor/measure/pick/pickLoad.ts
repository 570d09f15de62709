import * as vscode from 'vscode';
import { FailureError, failures } from '../../../core/failures';
import type { AppScript, KnownRoute, LoadExperiment, ServicesResult } from '../../../lsp/protocol';
import type { LastChoices } from './lastChoices';
import { problemOfNumber, problemOfPath, problemOfRoute, hasParameters } from './inputs';

const TITLE = 'Load Test Route';
const SECONDS = 10;
const WARM_UP_SECONDS = 2;
const USUAL_RATES = [20, 5, 100];
export const MOST_A_SECOND = 1000;

/** Asks what is to be started, which route is to be driven and how fast; undefined when nothing is chosen. Throws FailureError. */
export async function pickLoad({ scripts, routes }: ServicesResult, last: LastChoices): Promise<LoadExperiment | undefined> {
  if (scripts.length === 0) throw new FailureError(failures.noAppScript());
  const script = await pickScript(scripts, last);
  const route = script && (await pickRoute(routes, last));
  if (script === undefined || route === undefined) return undefined;
  const path = hasParameters(route.route) ? await askForPath(route.route, last) : undefined;
  if (hasParameters(route.route) && path === undefined) return undefined;
  const ratePerSecond = await pickRate(route, last);
  return ratePerSecond === undefined ? undefined : { kind: 'load', script: script.name, package: script.package, route: route.route, path, ratePerSecond, seconds: SECONDS };
}

async function pickScript(scripts: readonly AppScript[], last: LastChoices): Promise<AppScript | undefined> {
  if (scripts.length === 1) return scripts[0];
  const idOf = ({ name, package: folder }: AppScript): string => `${folder}:${name}`;
  const items = last.lastFirst('script', scripts, idOf).map((script) => ({
    label: `$(package) npm run ${script.name}`,
    description: script.package,
    detail: script.command,
    script,
  }));
  const title = `${TITLE}: what starts the app? It runs in the terminal, with your data and your rights.`;
  const script = (await vscode.window.showQuickPick(items, { title, matchOnDescription: true, matchOnDetail: true }))?.script;
  if (script) last.remember('script', idOf(script));
  return script;
}

async function pickRoute(routes: readonly KnownRoute[], last: LastChoices): Promise<KnownRoute | undefined> {
  const items = last.lastFirst('route', routes, ({ route }) => route).map((route) => ({
    label: `$(globe) ${route.route}`,
    description: route.declared && `performance.json asks for ${route.declared}`,
    route: route as KnownRoute | undefined,
  }));
  const another = { label: '$(edit) Another route…', description: undefined, route: undefined };
  const picked = await vscode.window.showQuickPick([...items, another], { title: `${TITLE}: which one?`, placeHolder: 'It is driven on this machine only.' });
  if (picked === undefined) return undefined;
  const route = picked.route ?? (await askForRoute());
  if (route) last.remember('route', route.route);
  return route;
}

async function askForRoute(): Promise<KnownRoute | undefined> {
  const given = await vscode.window.showInputBox({ title: TITLE, prompt: 'The method and the path of the route.', value: 'GET /', validateInput: problemOfRoute });
  return given === undefined ? undefined : { route: given.trim() };
}

async function askForPath(route: string, last: LastChoices): Promise<string | undefined> {
  const [, pattern = '/'] = route.split(' ');
  const value = last.last(`path of ${route}`) ?? pattern;
  const path = await vscode.window.showInputBox({ title: `${TITLE}: ${route}`, prompt: 'The path with a value for each parameter.', value, validateInput: problemOfPath });
  if (path) last.remember(`path of ${route}`, path);
  return path;
}

async function pickRate({ route, ratePerSecond: declared }: KnownRoute, last: LastChoices): Promise<number | undefined> {
  const question = `rate of ${route}`;
  const rates = last.lastFirst(question, [...new Set([...(declared ? [declared] : []), ...lastRate(last, question), ...USUAL_RATES])], String);
  const items = rates.map((rate) => ({
    label: `$(dashboard) ${rate} requests a second`,
    description: [`for ${SECONDS} s`, ...(rate === declared ? ['declared in performance.json'] : [])].join(', '),
    rate: rate as number | undefined,
  }));
  const another = { label: '$(edit) Another rate…', description: undefined, rate: undefined };
  const placeHolder = /^GET |^HEAD /i.test(route) ? `After ${WARM_UP_SECONDS} s at the same rate to warm up.` : `${route.split(' ')[0]} may change data: each request is a real one.`;
  const picked = await vscode.window.showQuickPick([...items, another], { title: `${TITLE}: ${route}, how fast?`, placeHolder });
  const rate = picked && (picked.rate ?? (await askForRate()));
  if (rate !== undefined) last.remember(question, String(rate));
  return rate;
}

function lastRate(last: LastChoices, question: string): number[] {
  const rate = Number(last.last(question));
  return rate > 0 ? [rate] : [];
}

async function askForRate(): Promise<number | undefined> {
  const given = await vscode.window.showInputBox({ title: TITLE, prompt: `Requests a second, at most ${MOST_A_SECOND}.`, value: '20', validateInput: (value) => problemOfNumber(value, MOST_A_SECOND) });
  return given === undefined ? undefined : Number(given);
}
