import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Facts } from '../../../../src/editor/facts';
import { readyExtension } from '../extension';
import { eventually } from '../waiting';
import { diagnosticsOf, open, uriOf } from '../workspace';

const orders = 'typescript/src/orders.ts';

describe('the server', function () {
  this.timeout(180_000);
  let facts: Facts;
  before(async () => (facts = await readyExtension()));

  const processAfter = (before: number | undefined) =>
    eventually('another process serves', () => {
      const { serverProcessId, status } = facts;
      return status.state === 'ready' && serverProcessId !== undefined && serverProcessId !== before ? serverProcessId : undefined;
    });

  it('is started again when it is killed, and finds what it found', async () => {
    const { document } = await open(orders);
    await eventually('the workspace has been read', () => facts.status.state === 'ready' || undefined);
    const before = (await diagnosticsOf(document.uri)).length;
    const killed = facts.serverProcessId!;
    process.kill(killed, 'SIGKILL');
    await processAfter(killed);
    // The new process may publish what one file tells before it has read the others.
    await diagnosticsOf(uriOf(orders), ({ length }) => length === before);
  });

  it('is started again when a person asks for it', async () => {
    const before = facts.serverProcessId;
    await vscode.commands.executeCommand('performanceEngineer.restartServer');
    await processAfter(before);
  });

  it('is left alone when it crashes again and again, and comes back when it is asked to', async () => {
    for (let crash = 0; crash < 5; crash++) {
      const killed = await eventually('a process runs', () => facts.serverProcessId);
      process.kill(killed, 'SIGKILL');
      await eventually('the process has ended', () => facts.serverProcessId !== killed || facts.status.state === 'failed' || undefined);
    }
    await eventually('it has given up', () => facts.status.state === 'failed' || undefined);
    const answer = await vscode.commands.executeCommand<{ code: string }>('performanceEngineer.copyReportAsMarkdown');
    assert.equal(answer.code, 'server-stopped');
    await vscode.commands.executeCommand('performanceEngineer.restartServer');
    await eventually('it is ready again', () => facts.status.state === 'ready' || undefined);
  });
});
