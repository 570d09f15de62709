import * as vscode from 'vscode';

/** Which workspace folder the report is about: the one last asked for, else the first. */
export class Folders implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription = vscode.workspace.onDidChangeWorkspaceFolders(() => this.changed.fire());
  private chosen?: vscode.Uri;

  /** Another folder is current, or there are others. */
  readonly onChange = this.changed.event;

  /** The URI of the current folder; undefined in a window without one. */
  get current(): string | undefined {
    return this.currentFolder?.uri.toString();
  }

  get currentFolder(): vscode.WorkspaceFolder | undefined {
    return (this.chosen && vscode.workspace.getWorkspaceFolder(this.chosen)) ?? vscode.workspace.workspaceFolders?.[0];
  }

  /** Makes the folder of a document current. */
  choose(document: vscode.Uri): void {
    const folder = vscode.workspace.getWorkspaceFolder(document);
    if (folder === undefined || folder.uri.toString() === this.current) return;
    this.chosen = folder.uri;
    this.changed.fire();
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}
