import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

const extensionId = 'performance-engineer.performance-engineer';

/** The installed extension, activated. Fails where it is not installed. */
export async function activateExtension(): Promise<vscode.Extension<unknown>> {
  const extension = vscode.extensions.getExtension(extensionId);
  assert.ok(extension, `${extensionId} is not installed`);
  await extension.activate();
  return extension;
}
