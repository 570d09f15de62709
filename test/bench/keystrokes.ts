import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Client } from '../lsp/client';
import { TestFolder } from '../lsp/workspace';
import { longTypeScript } from './realisticFiles';
import { middle } from './scan/processes';
import type { Line } from './report';

export const SERVER = resolve(__dirname, '../../dist/server.js');

const WARM_UP = 30;
const KEYS = 300;
const BUDGET_MS = 50;

/** From a keystroke that the client sends to the diagnostics of that text, over stdio, in a file of 2,000 lines. */
export async function keystrokes(): Promise<Line[]> {
  const { file, text, lines } = longTypeScript();
  const folder = new TestFolder({ [file]: text });
  const client = await Client.start({ folders: [folder.uri], argv: ['--liftoff-only', SERVER] });
  try {
    await client.ready();
    const uri = folder.uriOf(file);
    await client.open(uri, 'typescript', text);
    await client.until('the document has findings', () => client.diagnosticsOf(uri).length > 0);
    const samples: number[] = [];
    for (let key = 0; key < WARM_UP + KEYS; key++) {
      const elapsed = await typeOne(client, uri, key);
      if (key >= WARM_UP) samples.push(elapsed);
    }
    return [lineOf(samples, `${lines} lines, ${client.diagnosticsOf(uri).length} findings`)];
  } finally {
    await client.stop();
    folder.remove();
  }
}

/** Types into a comment before the finding in the middle of the file, and now and then a line break: the diagnostics move with each. */
async function typeOne(client: Client, uri: string, key: number): Promise<number> {
  const diagnostics = [...client.diagnosticsOf(uri)].sort((a, b) => a.range.start.line - b.range.start.line);
  const at = { line: diagnostics[diagnostics.length >> 1]!.range.start.line, character: 0 };
  const before = client.diagnostics.get(uri);
  const began = performance.now();
  await client.edit(uri, { start: at, end: at }, key % 10 === 0 ? '\n' : '/**/');
  await client.until('the diagnostics have followed', () => client.diagnostics.get(uri) !== before);
  return performance.now() - began;
}

function lineOf(samples: readonly number[], what: string): Line {
  const sorted = [...samples].sort((a, b) => a - b);
  const percentile = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  return {
    name: 'Server: keystroke to diagnostics',
    figure: `p50 ${middle(samples).toFixed(0)} ms, p95 ${percentile(0.95).toFixed(0)} ms, p99 ${percentile(0.99).toFixed(0)} ms`,
    budget: `p99 ${BUDGET_MS} ms on an idle machine`,
    met: percentile(0.99) <= BUDGET_MS,
    detail: `${samples.length} keys, ${what}, by the clock`,
  };
}
