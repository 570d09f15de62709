import {
  DidChangeConfigurationNotification,
  PositionEncodingKind,
  TextDocumentSyncKind,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { CONFIG_FILE } from '../core/config';
import { readClient } from './client';
import { readSettings } from './configuration';
import type { ServerContext } from './context';
import { CODE_ACTION_KINDS } from './features/codeActions';
import { Method } from './protocol';
import { watchFiles } from './watching';

/** Start, settings, folders and end of the server. */
export function registerLifecycle(context: ServerContext): void {
  const { connection, sessions } = context;
  let folders: readonly { readonly uri: string; readonly name?: string }[] = [];

  connection.onInitialize((params): InitializeResult => {
    context.client = readClient(params.capabilities ?? {});
    sessions.setSettings(readSettings(params.initializationOptions?.settings));
    const { cacheFolder } = params.initializationOptions ?? {};
    if (typeof cacheFolder === 'string') context.cacheFolder = cacheFolder;
    folders = foldersOf(params);
    return RESULT;
  });

  connection.onInitialized(() => {
    context.notify(Method.status, { state: 'starting' });
    for (const { uri, name } of folders) addFolder(context, uri, name);
    if (folders.length === 0) context.scans.announce();
    if (context.client.watchFiles) context.background('watch files', watchFiles(connection));
    if (context.client.folderChanges) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) removeFolder(context, uri);
        for (const { uri, name } of added) addFolder(context, uri, name);
      });
    }
  });

  connection.onNotification(DidChangeConfigurationNotification.type, ({ settings }) => {
    sessions.setSettings(readSettings(settings));
    for (const session of sessions.all) {
      context.refresher.folder(session, { lenses: true });
      context.scans.request(session);
    }
  });

  connection.onShutdown(async () => {
    context.scans.disposeAll();
    context.refresher.dispose();
    context.types.dispose();
    await Promise.all(sessions.all.map((session) => context.keepAnalyses(session)));
  });
}

const RESULT: InitializeResult = {
  serverInfo: { name: 'Performance Engineer' },
  capabilities: {
    positionEncoding: PositionEncodingKind.UTF16,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    notebookDocumentSync: { notebookSelector: [{ notebook: '*', cells: [{ language: 'python' }] }] },
    codeLensProvider: { resolveProvider: false },
    inlayHintProvider: { resolveProvider: false },
    hoverProvider: true,
    codeActionProvider: { codeActionKinds: [...CODE_ACTION_KINDS], resolveProvider: false },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  },
};

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): { uri: string; name?: string }[] {
  return workspaceFolders ?? (rootUri ? [{ uri: rootUri }] : []);
}

/** Documents that were open before their folder came move into it. */
function addFolder(context: ServerContext, uri: string, name?: string): void {
  const session = context.sessions.add(uri, name);
  if (session === undefined) return;
  resettle(context);
  context.background('read performance.json', context.refresher.configuration(session));
  context.scans.request(session);
}

function removeFolder(context: ServerContext, uri: string): void {
  const session = context.sessions.remove(uri);
  if (session === undefined) return;
  context.scans.dispose(session);
  context.publisher.publish(session.uriOf(CONFIG_FILE), []);
  resettle(context);
}

/** Gives each open document to the session it belongs to now. */
function resettle({ documents, sessions, refresher }: ServerContext): void {
  for (const document of documents.all()) {
    const { session, file } = sessions.place(document);
    if (session.open.has(file)) continue;
    for (const other of sessions.all) other.release(document.uri);
    session.open.set(file, document);
    refresher.document(session, file, 0);
  }
}
