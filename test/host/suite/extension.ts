import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Facts } from '../../../src/editor/facts';
import { eventually } from './waiting';

const extensionId = 'performance-engineer.performance-engineer';

/** The installed extension, activated. Fails where it is not installed. */
export async function activateExtension(): Promise<vscode.Extension<Facts>> {
  const extension = vscode.extensions.getExtension<Facts>(extensionId);
  assert.ok(extension, `${extensionId} is not installed`);
  await extension.activate();
  return extension;
}

/** What the extension says of itself, once its server has looked at every file. */
export async function readyExtension(): Promise<Facts> {
  const { exports } = await activateExtension();
  await eventually('the server is ready', () => exports.status.state === 'ready' || undefined);
  return exports;
}
