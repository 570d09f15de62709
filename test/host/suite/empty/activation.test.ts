import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateExtension } from '../extension';

describe('activation in an empty window', () => {
  it('finds no folder open', () => {
    assert.equal(vscode.workspace.workspaceFolders, undefined);
  });

  it('activates the installed package', async () => {
    assert.equal((await activateExtension()).isActive, true);
  });
});
