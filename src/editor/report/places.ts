import * as vscode from 'vscode';
import { FailureError, failures } from '../../core/failures';
import type { Range } from '../../core/text';
import { rangeOf } from '../ranges';

/**
 * The URI of a file by its path inside a folder. The path comes from a view or from a file of the workspace,
 * so one that leads out of the folder is refused.
 */
export function uriInside(folder: vscode.Uri, path: string): vscode.Uri {
  const uri = vscode.Uri.joinPath(folder, path);
  if (!uri.path.startsWith(`${folder.path.replace(/\/$/, '')}/`)) {
    throw new FailureError(failures.unreadableFile(path, 'it is outside of the workspace folder'));
  }
  return uri;
}

/** Shows a place in an editor and puts the cursor there. */
export async function reveal(uri: vscode.Uri, range: Range, options: vscode.TextDocumentShowOptions = {}): Promise<void> {
  const { start } = rangeOf(range);
  const document = await vscode.workspace.openTextDocument(uri).then(undefined, (error: Error) => {
    throw new FailureError(failures.unreadableFile(vscode.workspace.asRelativePath(uri), error));
  });
  const editor = await vscode.window.showTextDocument(document, { ...options, selection: new vscode.Range(start, start) });
  editor.revealRange(rangeOf(range), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
