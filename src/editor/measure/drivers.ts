import * as vscode from 'vscode';
import type { FunctionParams } from '../../lsp/protocol';
import type { CommandArguments, CommandId } from '../contributions/commands';

const REMEMBERED = 'generatedDrivers';

/**
 * The generated drivers of this workspace: files of the user's, with the arguments to call a function with.
 * Each has a lens that runs it, so that the way on stands where the arguments are filled in.
 */
export class GeneratedDrivers implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly registration: vscode.Disposable;
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(private readonly memento: vscode.Memento) {
    this.registration = vscode.languages.registerCodeLensProvider({ scheme: 'file', pattern: '**/.performance/drivers/*' }, this);
  }

  /** The function that a driver calls. */
  subjectOf(driver: string): FunctionParams | undefined {
    return this.all[driver];
  }

  /** Opens a driver that was just written, for its arguments. */
  async open(driver: vscode.Uri, subject: FunctionParams): Promise<void> {
    await this.memento.update(REMEMBERED, { ...this.all, [driver.toString()]: subject });
    this.changed.fire();
    await vscode.window.showTextDocument(driver, { preview: false });
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const driver = uri.toString();
    const subject = this.subjectOf(driver);
    if (subject === undefined) return [];
    const command: CommandId = 'performanceEngineer.runDriver';
    const args: CommandArguments[typeof command] = [driver];
    const title = `$(play) Fill in the arguments, then profile ${subject.functionName} with them`;
    return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title, command, arguments: args })];
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }

  private get all(): Readonly<Record<string, FunctionParams>> {
    return this.memento.get(REMEMBERED, {});
  }
}
