import * as vscode from 'vscode';
import { FailureError, failures } from '../../core/failures';
import { contains } from '../../core/text';
import { Method, type FunctionParams, type FunctionSummary } from '../../lsp/protocol';
import { isProfiled } from '../server/selector';
import type { Server } from '../server/server';

/** The function around the cursor of the active editor. Throws FailureError where there is none that can be profiled. */
export async function functionAtCursor(server: Server): Promise<FunctionParams> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) throw new FailureError(failures.noEditor());
  const { document, selection } = editor;
  const file = vscode.workspace.asRelativePath(document.uri);
  if (!isProfiled(document)) throw new FailureError(failures.cannotProfile(file));
  if (vscode.workspace.getWorkspaceFolder(document.uri) === undefined) throw new FailureError(failures.noFolder());
  const uri = document.uri.toString();
  const around = innermostAround(await server.request(Method.functions, { uri }), selection.active);
  if (around === undefined) throw new FailureError(failures.noFunctionHere(file));
  return { uri, functionName: around.name };
}

/** Functions nest, so of those around the cursor the one that begins last is meant. */
function innermostAround(functions: readonly FunctionSummary[], cursor: vscode.Position): FunctionSummary | undefined {
  return functions
    .filter(({ range }) => contains(range, cursor))
    .sort((a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character)[0];
}
