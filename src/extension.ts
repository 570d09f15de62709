import * as vscode from 'vscode';
import { registerAgents } from './editor/advisor/agents';
import { registerAdvisor } from './editor/advisor/register';
import { registerBenchmarks } from './editor/benchmarks/register';
import { factsOf, type Facts } from './editor/facts';
import { Folders } from './editor/folders';
import { Heat } from './editor/heat/heat';
import { Measuring } from './editor/measure/measuring';
import { registerMeasuring } from './editor/measure/register';
import { registerReportPanel } from './editor/panel/register';
import { Proving } from './editor/prove/proving';
import { registerProving } from './editor/prove/register';
import { registerNavigation } from './editor/report/register';
import { Server } from './editor/server/server';
import { registerStatus } from './editor/status/register';

let running: Server | undefined;

export function activate(context: vscode.ExtensionContext): Facts {
  const log = vscode.window.createOutputChannel('Performance Engineer', { log: true });
  context.subscriptions.push(log);
  try {
    return switchOn(context, log);
  } catch (error) {
    log.error(error instanceof Error ? error : String(error));
    void vscode.window.showErrorMessage(`Performance Engineer could not start (${String(error)}). Its log says more; please report it.`);
    throw error;
  }
}

function switchOn(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Facts {
  const server = new Server(context.asAbsolutePath('dist/server.js'), log, context.storageUri?.fsPath);
  const folders = new Folders();
  const measuring = new Measuring(server);
  const proving = new Proving(context, server, measuring, log);
  const services = { context, log, server, folders, measuring, proving };
  const heat = new Heat(services);
  context.subscriptions.push(
    folders,
    measuring,
    proving,
    heat,
    registerStatus(server),
    registerMeasuring(services),
    registerProving(services),
    registerNavigation(services),
  );
  const benchmarks = registerBenchmarks(services);
  const report = registerReportPanel(services);
  const conversation = registerAdvisor(services);
  context.subscriptions.push(registerAgents(services));
  server.start();
  running = server;
  return factsOf(server, report, heat, conversation, benchmarks);
}

/** VS Code waits for this; the server is told to end. */
export async function deactivate(): Promise<void> {
  await running?.dispose();
}
