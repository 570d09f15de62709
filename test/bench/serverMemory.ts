import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Client } from '../lsp/client';
import { Probe, PROBED_SERVER_ARGV } from './probe';
import type { Line } from './report';
import { typescriptRepository } from './scan/corpora';

const MIB = 1024 * 1024;
const BUDGET = { server: 400, types: 300 };
const SAMPLED_EVERY_MS = 250;
/** Types are asked for in all files after a scan, and the process waits a while for more. */
const LONGEST_WAIT_MS = 5 * 60_000;
/** Until what was needed for a while only is given back. */
const SETTLING_MS = 3000;

/** Megabytes of the server and of the process that answers questions about types, on a repository of 2,000 files. */
export async function serverMemory(named?: string): Promise<Line[]> {
  const { folder, files, name } = await typescriptRepository(named);
  const probe = new Probe();
  const client = await Client.start({ folders: [pathToFileURL(folder).href], argv: PROBED_SERVER_ARGV });
  try {
    const peak = await watch(client);
    await delay(SETTLING_MS);
    const { rss, heapUsed } = await probe.ask(client.server.pid!);
    const what = `${files.length.toLocaleString('en')} files of ${name}`;
    return [
      megabytes('Server: memory after the scan', rss, BUDGET.server, `${what}, resident; heap in use ${mib(heapUsed)}, at most resident while scanning ${mib(peak.server)}`),
      megabytes('Server: memory for types, more', peak.types, BUDGET.types, `resident, at most, of the process that is asked`),
      { name: 'Server: processes for types, later', figure: String(peak.left), budget: '0', met: peak.left === 0, detail: 'once nothing is asked any more' },
    ];
  } finally {
    await client.stop();
    probe.remove();
  }
}

interface Peak {
  server: number;
  types: number;
  /** How many processes there were when the waiting ended. */
  left: number;
}

/** Looks on until the scan is over and the types were asked for. */
async function watch(client: Client): Promise<Peak> {
  const peak: Peak = { server: 0, types: 0, left: 0 };
  const end = Date.now() + LONGEST_WAIT_MS;
  let hasAsked = false;
  for (;;) {
    const { own, children } = residentBytes(client.server.pid!);
    peak.server = Math.max(peak.server, own);
    peak.types = Math.max(peak.types, ...children);
    peak.left = children.length;
    hasAsked ||= children.length > 0;
    const isReady = client.statuses.at(-1)?.state === 'ready';
    if (Date.now() > end || (isReady && hasAsked && children.length === 0)) return peak;
    await delay(SAMPLED_EVERY_MS);
  }
}

/** Resident memory of a process and of those that it has started, in bytes. */
function residentBytes(pid: number): { own: number; children: number[] } {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' }).trim().split('\n').map((row) => row.trim().split(/\s+/).map(Number));
  const bytes = (row: readonly number[] | undefined): number => (row?.[2] ?? 0) * 1024;
  return { own: bytes(rows.find(([id]) => id === pid)), children: rows.filter(([, parent]) => parent === pid).map(bytes) };
}

function megabytes(name: string, bytes: number, budget: number, detail: string): Line {
  return { name, figure: mib(bytes), budget: `${budget} MiB`, met: bytes <= budget * MIB, detail };
}

const mib = (bytes: number): string => `${Math.round(bytes / MIB)} MiB`;
