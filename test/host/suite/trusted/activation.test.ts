import * as assert from 'node:assert/strict';
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
});
