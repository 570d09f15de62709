import * as vscode from 'vscode';
import type { Ports } from '../../advisor/session/ports';
import type { Services } from '../services';
import { setting } from '../settings';
import type { ApiKey } from './apiKey';
import { connect } from './connect';
import { ServerFacts } from './facts';
import type { Advisor } from './loading';
import { EditorMeasurer } from './measurer';
import { advisorSettings, recipientOf } from './settings';
import { Decisions } from './stores';
import { relativePath } from './subject';
import type { TerminalRunner } from './terminalRunner';

/** The editor around a conversation about one workspace folder on this machine's disk. */
export function portsFor(
  { ConfinedFiles, TranscriptStore }: Advisor,
  folder: vscode.WorkspaceFolder,
  { server, measuring, context }: Services,
  key: ApiKey,
  runner: TerminalRunner,
): Ports {
  const facts = new ServerFacts(server, folder.uri.toString());
  const decisions = new Decisions(context.workspaceState, folder.uri.toString());
  return {
    settings: advisorSettings,
    key: () => key.get(),
    connect,
    recipient: recipientOf,
    facts,
    proposals: facts,
    files: (exclude) => new ConfinedFiles(folder.uri.fsPath, { exclude: [...setting('exclude'), ...exclude], openText: (file) => openText(folder, file) }),
    measurer: new EditorMeasurer(server, measuring, folder.uri),
    runner,
    isTrusted: () => vscode.workspace.isTrusted,
    consents: decisions.consents,
    get allowed() {
      return decisions.allowed;
    },
    transcripts: new TranscriptStore(folder.uri.fsPath),
    current: decisions.current,
    now: () => new Date(),
  };
}

/** The text of a file as it is being typed. */
function openText(folder: vscode.WorkspaceFolder, file: string): string | undefined {
  const document = vscode.workspace.textDocuments.find(({ uri, isDirty }) => isDirty && uri.scheme === 'file' && uri.path.startsWith(`${folder.uri.path}/`) && relativePath(folder, uri) === file);
  return document?.getText();
}
