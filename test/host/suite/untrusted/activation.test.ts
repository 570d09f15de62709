import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateExtension } from '../extension';

describe('activation in an untrusted workspace', () => {
  it('finds the demo open and not trusted', () => {
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
    assert.equal(vscode.workspace.isTrusted, false);
  });

  it('activates the installed package', async () => {
    assert.equal((await activateExtension()).isActive, true);
  });
});
