import { performance } from 'node:perf_hooks';
import { Client } from '../lsp/client';
import { TestFolder } from '../lsp/workspace';
import { Probe, PROBED_SERVER_ARGV, type Probed } from './probe';
import { longTypeScript } from './realisticFiles';
import { middle } from './scan/processes';
import type { Line } from './report';

const WARM_UP = 20;
const KEYS = 200;
const BUDGET_MS = 50;

/** From a keystroke that the client sends to the diagnostics of that text, over stdio, in a file of 2,000 lines. */
export async function keystrokes(): Promise<Line[]> {
  const { file, text, lines } = longTypeScript();
  const folder = new TestFolder({ [file]: text });
  const probe = new Probe();
  const client = await Client.start({ folders: [folder.uri], argv: PROBED_SERVER_ARGV });
  try {
    await client.ready();
    const uri = folder.uriOf(file);
    await client.open(uri, 'typescript', text);
    await client.until('the document has findings', () => client.diagnosticsOf(uri).length > 0);
    for (let key = 0; key < WARM_UP; key++) await typeOne(client, uri, key);
    const spentBefore = cpuOf(await probe.ask(client.server.pid!));
    const samples: number[] = [];
    for (let key = 0; key < KEYS; key++) samples.push(await typeOne(client, uri, key));
    const cpuMs = (cpuOf(await probe.ask(client.server.pid!)) - spentBefore) / KEYS;
    return [lineOf(samples, `${lines} lines, ${client.diagnosticsOf(uri).length} findings, ${cpuMs.toFixed(1)} ms of the server's processor time a key`)];
  } finally {
    await client.stop();
    folder.remove();
    probe.remove();
  }
}

/** Milliseconds. */
const cpuOf = ({ cpu: { user, system } }: Probed): number => (user + system) / 1000;

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
