import * as vscode from 'vscode';

const SECRET = 'anthropicApiKey';

/** The API key, in the secret store of VS Code and nowhere else. */
export class ApiKey {
  /** It was stored, replaced or removed, in this window or another one. */
  readonly onChange: vscode.Event<vscode.SecretStorageChangeEvent>;

  constructor(private readonly secrets: vscode.SecretStorage) {
    this.onChange = secrets.onDidChange;
  }

  async get(): Promise<string | undefined> {
    return (await this.secrets.get(SECRET)) || undefined;
  }

  /** Asks for it, hidden, and stores it; an empty one removes it. @returns whether anything was decided */
  async ask(): Promise<boolean> {
    const has = (await this.get()) !== undefined;
    const key = await vscode.window.showInputBox({
      title: 'API key of Anthropic',
      prompt: `It is kept in the secret store of VS Code and sent to nobody but the API.${has ? ' Leave it empty to remove the key that is stored.' : ''}`,
      password: true,
      ignoreFocusOut: true,
      validateInput: (value) => (/\s/.test(value.trim()) ? 'A key has no space in it.' : undefined),
    });
    if (key === undefined) return false;
    if (key.trim() === '') await this.secrets.delete(SECRET);
    else await this.secrets.store(SECRET, key.trim());
    return true;
  }
}
