import { resolve } from 'node:path';
import * as vscode from 'vscode';
import type { AgentToolContext } from '../../advisor/agentTools';
import type { ApprovalQuestion } from '../../advisor/tools/tool';
import { FailureError, failures } from '../../core/failures';
import { MCP_PROVIDER } from '../names';
import type { Services } from '../services';
import { failureOf } from '../tell';
import { ServerFacts } from './facts';
import { loadAdvisor } from './loading';
import { EditorMeasurer } from './measurer';

/** Our facts for any agent in the editor: as language-model tools, and as an MCP server of the same ones. */
export function registerAgents(services: Services): vscode.Disposable {
  return vscode.Disposable.from(
    ...declaredTools(services).map((name) => vscode.lm.registerTool(name, new EditorTool(name, services))),
    registerMcpServer(services),
  );
}

/** The names as the manifest has them: what stands behind them is loaded with the first call. */
function declaredTools({ context }: Services): readonly string[] {
  const { contributes } = context.extension.packageJSON as { contributes: { languageModelTools: readonly { readonly name: string }[] } };
  return contributes.languageModelTools.map(({ name }) => name);
}

class EditorTool implements vscode.LanguageModelTool<unknown> {
  constructor(
    private readonly name: string,
    private readonly services: Services,
  ) {}

  async prepareInvocation({ input }: vscode.LanguageModelToolInvocationPrepareOptions<unknown>): Promise<vscode.PreparedToolInvocation> {
    const { AGENT_TOOLS } = await loadAdvisor();
    const { title, summary, label } = AGENT_TOOLS.find(({ definition }) => definition.name === this.name)!;
    const isObject = typeof input === 'object' && input !== null;
    return { invocationMessage: isObject ? label(input as never) : title, confirmationMessages: { title, message: summary } };
  }

  async invoke({ input }: vscode.LanguageModelToolInvocationOptions<unknown>, token: vscode.CancellationToken): Promise<vscode.LanguageModelToolResult> {
    const controller = new AbortController();
    const listener = token.onCancellationRequested(() => controller.abort(new vscode.CancellationError()));
    try {
      const { callAgentTool } = await loadAdvisor();
      const { text } = await callAgentTool(this.name, input, this.context(), controller.signal);
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
    } catch (error) {
      const failure = failureOf(error);
      if (failure === undefined || failure.code === 'unexpected') throw error;
      return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(failure.message)]);
    } finally {
      listener.dispose();
    }
  }

  private context(): AgentToolContext {
    const { server, measuring, folders } = this.services;
    const folder = folders.currentFolder;
    if (folder === undefined) throw new FailureError(failures.noFolder());
    return {
      facts: new ServerFacts(server, folder.uri.toString()),
      measurer: new EditorMeasurer(server, measuring, folder.uri),
      isTrusted: () => vscode.workspace.isTrusted,
      approve: askInWindow,
    };
  }
}

/** Another agent has no view of ours: the user is asked in a dialog, each time. */
async function askInWindow({ command, cwd }: ApprovalQuestion): Promise<boolean> {
  const detail = `${command}\n\nin ${cwd === '' ? 'the workspace folder' : cwd}, with your data and your rights. An agent in the editor asks for it.`;
  const answer = await vscode.window.showWarningMessage('May this run in your terminal?', { modal: true, detail }, 'Run');
  return answer === 'Run';
}

/** One server for each folder on this machine's disk. It is started by VS Code when an agent wants it, and not before. */
function registerMcpServer({ context }: Services): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const program = resolve(context.extensionPath, 'dist/cli.js');
  const { version } = context.extension.packageJSON as { version: string };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    vscode.lm.registerMcpServerDefinitionProvider(MCP_PROVIDER, {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions: () => mcpServers(program, version),
    }),
  );
}

/** @param program the command line's file, absolute. */
export function mcpServers(program: string, version: string): vscode.McpStdioServerDefinition[] {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  return folders.map(({ uri, name }) => {
    const label = folders.length === 1 ? 'Performance Engineer' : `Performance Engineer: ${name}`;
    const args = [program, 'mcp', uri.fsPath, ...(vscode.workspace.isTrusted ? [] : ['--facts-only'])];
    const server = new vscode.McpStdioServerDefinition(label, process.execPath, args, { ELECTRON_RUN_AS_NODE: '1' }, version);
    server.cwd = uri;
    return server;
  });
}
