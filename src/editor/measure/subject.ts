import * as vscode from 'vscode';
import { FailureError, failures } from '../../core/failures';
import { contains } from '../../core/text';
import { Method, type FunctionParams, type FunctionSummary } from '../../lsp/protocol';
import { isMeasurable } from '../server/selector';
import type { Server } from '../server/server';

/** The function around the cursor of the active editor. Throws FailureError where there is none that can be profiled. */
export async function functionAtCursor(server: Server): Promise<FunctionParams> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || !isMeasurable(editor.document)) {
    const file = editor ? vscode.workspace.asRelativePath(editor.document.uri) : 'The window';
    throw new FailureError(failures.cannotProfile(file));
  }
  const uri = editor.document.uri.toString();
  const around = innermostAround(await server.request(Method.functions, { uri }), editor.selection.active);
  if (around === undefined) throw new FailureError(failures.noFunctionHere(vscode.workspace.asRelativePath(editor.document.uri)));
  return { uri, functionName: around.name };
}

/** Functions nest, so of those around the cursor the one that begins last is meant. */
function innermostAround(functions: readonly FunctionSummary[], cursor: vscode.Position): FunctionSummary | undefined {
  return functions
    .filter(({ range }) => contains(range, cursor))
    .sort((a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character)[0];
}
