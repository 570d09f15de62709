import * as vscode from 'vscode';

/** The offline pages of the rules, which lie in the extension. */
export class RulePages {
  private readonly folder: vscode.Uri;

  constructor(private readonly extension: vscode.Extension<unknown>) {
    this.folder = vscode.Uri.joinPath(extension.extensionUri, 'media', 'rules');
  }

  /** Shows the page of a rule; without one, of the rule that is chosen. An unknown rule shows nothing. */
  async open(rule?: string): Promise<void> {
    const chosen = rule ?? (await this.pick());
    if (chosen === undefined || !(chosen in this.titles)) return;
    await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(this.folder, `${chosen}.md`));
  }

  private async pick(): Promise<string | undefined> {
    const items = Object.entries(this.titles).map(([rule, { description }]) => ({ label: rule, description }));
    return (await vscode.window.showQuickPick(items, { title: 'Which rule?', matchOnDescription: true }))?.label;
  }

  /** The rules with their titles, as the manifest lists them for the setting of their levels. */
  private get titles(): Readonly<Record<string, { readonly description: string }>> {
    const manifest = this.extension.packageJSON as {
      contributes: { configuration: { properties: Record<string, { properties?: Record<string, { description: string }> }> } };
    };
    return manifest.contributes.configuration.properties['performanceEngineer.rules']?.properties ?? {};
  }
}
