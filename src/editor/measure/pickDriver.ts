import * as vscode from 'vscode';
import type { DriverChoice } from '../../measure';

const ICONS: Readonly<Record<DriverChoice['kind'], string>> = {
  test: 'beaker',
  benchmark: 'dashboard',
  script: 'package',
  file: 'file-code',
  generated: 'edit',
  process: 'server-process',
};

/** Lets the person choose how the code is driven; undefined when they choose nothing. */
export async function pickDriver(choices: readonly DriverChoice[], placeHolder: string): Promise<DriverChoice | undefined> {
  const items = choices.map((choice) => ({
    label: `$(${ICONS[choice.kind]}) ${choice.label}`,
    description: choice.reason,
    choice,
  }));
  const title = 'What runs it? It runs in the terminal, with your data and your rights.';
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  return picked?.choice;
}
