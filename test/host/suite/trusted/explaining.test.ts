import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import type { Failure } from '../../../../src/core/failures';
import type { Run } from '../../../../src/core/evidence';
import type { Facts } from '../../../../src/editor/facts';
import type { ProofResult } from '../../../../src/lsp/protocol';
import { readyExtension } from '../extension';
import { eventually } from '../waiting';
import { find, lensesOf, open, uriOf } from '../workspace';

type Answer = Partial<ProofResult> & Partial<Failure>;

const products = 'typescript/src/products.ts';

describe('explaining a query', function () {
  this.timeout(240_000);
  let facts: Facts;
  const settings = () => vscode.workspace.getConfiguration('performanceEngineer');
  const config = fs.readFileSync(uriOf('performance.json').fsPath, 'utf8');

  before(async () => {
    // A million rows take their time; the demo declares them for the ranking.
    fs.writeFileSync(uriOf('performance.json').fsPath, config.replace('"products": { "rows": 1000000 }', '"products": { "rows": 5000 }'));
    facts = await readyExtension();
  });
  after(() => fs.writeFileSync(uriOf('performance.json').fsPath, config));
  afterEach(async () => {
    await settings().update('explainEngine', undefined, vscode.ConfigurationTarget.Global);
  });

  it('has its lenses above the query, and proves both answers to a slow search', async () => {
    const { document } = await open(products);
    await lensesOf(document.uri, (titles) => titles.includes('Explain') && titles.includes('Prove'));
    await eventually('the scale that was just declared is in force', async () => {
      const whole = new vscode.Range(0, 0, document.lineCount, 0);
      const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, whole);
      return hints.some(({ label }) => typeof label === 'string' && label.includes('5,000')) || undefined;
    });
    const { line, character } = find(document, '`SELECT id, sku').translate(0, 1);
    const answer = await vscode.commands.executeCommand<Answer>('performanceEngineer.explainQuery', document.uri.toString(), line, character, true);
    assert.ok(answer.proof, answer.message);
    const { proof, runId, data } = answer.proof;
    assert.deepEqual(proof.candidates.map(({ title, outcome }) => [title, outcome]), [
      ['Trigram index on products.name', 'proved'],
      ['Full-text search on products.name', 'proved'],
    ]);
    assert.match(data, /^Synthetic rows at scale: products 5,000 \(declared\)/);
    const stored = JSON.parse(fs.readFileSync(uriOf(`.performance/runs/${runId}.json`).fsPath, 'utf8')) as Run;
    assert.equal(stored.kind, 'proof');
    await eventually('the report has the proof', () => {
      const { recommendations } = facts.report.shown?.report ?? {};
      return recommendations && (Object.values(recommendations).flat().some((item) => item.proof?.runId === runId) || undefined);
    });
  });

  it('refuses a connection string in the settings, naming the setting and not its value', async () => {
    await open(products);
    await settings().update('explainEngine', 'postgres', vscode.ConfigurationTarget.Global);
    const file = vscode.Uri.joinPath(uriOf('.'), '.vscode/settings.json');
    await vscode.workspace.fs.writeFile(file, Buffer.from('{"performanceEngineer.notes": "postgres://u:hunter2@h/d"}'));
    await eventually('the setting is read', () => settings().get('notes'));
    const answer = await vscode.commands.executeCommand<Answer>('performanceEngineer.setConnection');
    await vscode.workspace.fs.delete(file);
    assert.equal(answer?.code, 'connection-in-settings');
    assert.match(answer.message!, /performanceEngineer\.notes/);
    assert.doesNotMatch(answer.message!, /hunter2/);
  });

  it('says where no query stands', async () => {
    const { document } = await open('schema.sql');
    const answer = await vscode.commands.executeCommand<Answer>('performanceEngineer.explainQuery', document.uri.toString(), 0, 0, false);
    assert.equal(answer.code, 'no-query-here');
  });
});
