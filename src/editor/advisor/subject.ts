import * as vscode from 'vscode';
import { type SubjectPlace, WORKSPACE } from '../../advisor/session/subject';
import { contains } from '../../core/text';
import { Method } from '../../lsp/protocol';
import type { Server } from '../server/server';

/** What the user is looking at: the selection, else the function around the cursor, else the file, else everything. */
export async function subjectAtCursor(server: Server, folder: vscode.WorkspaceFolder): Promise<SubjectPlace> {
  const editor = vscode.window.activeTextEditor;
  const isInside = editor !== undefined && vscode.workspace.getWorkspaceFolder(editor.document.uri)?.uri.toString() === folder.uri.toString();
  if (!isInside) return WORKSPACE;
  const { document, selection } = editor;
  const file = relativePath(folder, document.uri);
  if (!selection.isEmpty) {
    const [first, last] = [selection.start.line, selection.end.line];
    const label = first === last ? `line ${first + 1} of ${file}` : `lines ${first + 1} to ${last + 1} of ${file}`;
    return { kind: 'selection', label, file, lines: { first, last } };
  }
  const functions = await server.request(Method.functions, { uri: document.uri.toString() }).catch(() => []);
  const around = functions.filter(({ range }) => contains(range, selection.active)).sort((a, b) => b.range.start.line - a.range.start.line)[0];
  if (around === undefined) return { kind: 'file', label: file, file };
  const { name, range } = around;
  return { kind: 'function', label: `${name} in ${file}`, file, functionName: name, lines: { first: range.start.line, last: range.end.line } };
}

export function relativePath(folder: vscode.WorkspaceFolder, uri: vscode.Uri): string {
  return uri.path.slice(folder.uri.path.replace(/\/$/, '').length + 1);
}
