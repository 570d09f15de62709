import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { eventually } from './waiting';

const source = 'performance';

/** The URI of a file of the demo that is open. */
export function uriOf(file: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return vscode.Uri.joinPath(folder.uri, file);
}

export async function open(file: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(uriOf(file));
}

/** Our diagnostics of a document, once there are any and `isRight` holds for them. */
export function diagnosticsOf(
  uri: vscode.Uri,
  isRight: (diagnostics: readonly vscode.Diagnostic[]) => boolean = ({ length }) => length > 0,
): Promise<vscode.Diagnostic[]> {
  const ours = () => vscode.languages.getDiagnostics(uri).filter(diagnostic => diagnostic.source === source);
  return eventually(
    `${uri.path} has the diagnostics wanted`,
    () => (isRight(ours()) ? ours() : undefined),
    () => ours().map(({ code, message }) => ({ code, message })),
  );
}

/** The rule that a diagnostic is about. */
export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** The text at which a diagnostic stands. */
export async function textAt(uri: vscode.Uri, { range }: vscode.Diagnostic): Promise<string> {
  return (await vscode.workspace.openTextDocument(uri)).getText(range);
}

/** Titles of our code lenses of a document, once `isRight` holds for them. */
export function lensesOf(uri: vscode.Uri, isRight: (titles: readonly string[]) => boolean): Promise<string[]> {
  let titles: string[] = [];
  return eventually(
    `${uri.path} has the lenses wanted`,
    async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
      titles = lenses
        .filter(({ command }) => command?.command.startsWith('performanceEngineer.'))
        .map(({ command }) => command!.title);
      return isRight(titles) ? titles : undefined;
    },
    () => titles,
  );
}

/** The first place of `text` in a document. */
export function find(document: vscode.TextDocument, text: string): vscode.Position {
  const at = document.getText().indexOf(text);
  assert.notEqual(at, -1, `"${text}" is not in ${document.uri.path}`);
  return document.positionAt(at);
}

/**
 * Remembers the text of a file and returns what puts it back, into the editor and onto the disk:
 * VS Code in a browser saves by itself, so undoing an edit is not enough.
 */
export function remember(file: string): () => Promise<void> {
  const text = fs.readFileSync(uriOf(file).fsPath, 'utf8');
  return async () => {
    const { document } = await open(file);
    await replace(document, text);
    await document.save();
  };
}

/** Replaces the whole text of a document. */
export async function replace(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.equal(await vscode.workspace.applyEdit(edit), true);
}

/**
 * Lets programs of the demo find the packages of this checkout. The demo has none of its own:
 * in the checkout it finds them in the folder above, and so does its copy after this.
 */
export function linkPackages(): void {
  const parent = path.dirname(uriOf('.').fsPath);
  const link = path.join(parent, 'node_modules');
  if (!fs.existsSync(link)) {
    fs.symlinkSync(packagesAbove(__dirname), link, 'junction');
  }
}

function packagesAbove(folder: string): string {
  const packages = path.join(folder, 'node_modules');
  return fs.existsSync(path.join(packages, 'tsx')) ? packages : packagesAbove(path.dirname(folder));
}
