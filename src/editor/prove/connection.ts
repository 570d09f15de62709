import * as vscode from 'vscode';
import { FailureError } from '../../core/failures';
import { proofFailures } from '../../core/proofFailures';
import { checkConnectionString, looksLikeConnection } from '../../prove/server/connectionString';
import { SECTION } from '../contributions/settings';

const KEY = 'database.connection';
const SAID_MS = 4000;

/**
 * The connection to the user's server. It lives in the editor's secret storage and nowhere else: it is never logged,
 * never shown again, and no setting may hold it, because settings are files.
 */
export class Connection {
  constructor(private readonly secrets: vscode.SecretStorage) {}

  /** @throws FailureError where none is set, or where a setting holds one. */
  async get(): Promise<string> {
    refuseSettings();
    const stored = await this.secrets.get(KEY);
    if (stored === undefined) throw new FailureError(proofFailures.noConnection());
    return stored;
  }

  /** Asks for the connection string; what is typed is not shown. */
  async ask(): Promise<void> {
    refuseSettings();
    const typed = await vscode.window.showInputBox({
      title: 'Set Database Connection',
      prompt: 'Kept in the secret storage of this editor. The server is only read: queries are planned, and nothing is built or changed there.',
      placeHolder: 'postgres://user:password@host:5432/database',
      password: true,
      ignoreFocusOut: true,
      validateInput: problemOf,
    });
    if (typed === undefined) return;
    await this.secrets.store(KEY, typed.trim());
    vscode.window.setStatusBarMessage('$(lock) Database connection stored', SAID_MS);
  }

  async forget(): Promise<void> {
    await this.secrets.delete(KEY);
    vscode.window.setStatusBarMessage('$(check) Database connection forgotten', SAID_MS);
  }
}

function problemOf(value: string): string | undefined {
  if (value.trim() === '') return 'Write it as postgres://user:password@host:5432/database.';
  try {
    checkConnectionString(value.trim());
    return undefined;
  } catch (error) {
    return error instanceof FailureError ? error.failure.message : String(error);
  }
}

/** Whoever has put one into a setting is told so, by the setting's name and without its value. */
function refuseSettings(): void {
  const found = settingWith(vscode.workspace.getConfiguration(SECTION), SECTION);
  if (found !== undefined) throw new FailureError(proofFailures.connectionInSettings(found));
}

/** The configuration is an object with the settings in it, also those that nobody declares, beside its methods. */
function settingWith(value: unknown, name: string): string | undefined {
  if (typeof value === 'string') return looksLikeConnection(value) ? name : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, content] of Object.entries(value)) {
    const found = settingWith(content, `${name}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
