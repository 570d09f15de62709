import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { activateExtension } from '../extension';

describe('activation in a trusted workspace', () => {
  it('finds the demo open and trusted', () => {
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
    assert.equal(vscode.workspace.isTrusted, true);
  });

  it('activates the installed package', async () => {
    assert.equal((await activateExtension()).isActive, true);
  });

  it('loads its own program, and neither a parser nor the server', async () => {
    const { extensionPath } = await activateExtension();
    const loaded = Object.keys(require.cache)
      .filter(file => file.startsWith(extensionPath))
      .map(file => path.relative(extensionPath, file).replaceAll('\\', '/'));
    assert.deepEqual(loaded, ['dist/extension.js']);
  });

  it('has registered every command that it declares', async () => {
    const { packageJSON } = await activateExtension();
    const registered = new Set(await vscode.commands.getCommands(true));
    const declared = (packageJSON.contributes.commands as { command: string }[]).map(({ command }) => command);
    assert.ok(declared.length > 10);
    assert.deepEqual(declared.filter(command => !registered.has(command)), []);
  });
});
