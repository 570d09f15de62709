import * as vscode from 'vscode';
import type { ServerSettings } from '../lsp/protocol';
import { SECTION, type Settings } from './contributions/settings';

/** One setting as it is in force in this window. Its default is declared, so there is always a value. */
export function setting<Name extends keyof Settings>(name: Name): Settings[Name] {
  return vscode.workspace.getConfiguration(SECTION).get(name) as Settings[Name];
}

/** What the server needs to know of the settings and of the window. */
export function serverSettings(): ServerSettings {
  return {
    rules: setting('rules'),
    codeLens: setting('codeLens'),
    inlayHints: setting('inlayHints'),
    exclude: setting('exclude'),
    nodePath: setting('nodePath'),
    pythonPath: setting('pythonPath'),
    trusted: vscode.workspace.isTrusted,
  };
}

/** Fires when anything that the server needs to know has changed. */
export function onServerSettings(listener: () => void): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SECTION)) listener();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(listener),
  );
}
