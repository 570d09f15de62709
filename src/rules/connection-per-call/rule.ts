import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** What is made, as the reader sees it: "new Pool", "httpx.AsyncClient". */
  readonly call: string;
  /** What each one brings along: "a connection pool", "a TLS connection". */
  readonly opens: string;
  /** It is made once per item of this loop. */
  readonly loop?: string;
  /** How to share one: "one Pool for the module". */
  readonly instead: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'connection-per-call',
    title: 'Client or connection made for each call',
    family: 'I/O',
    resource: 'network',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n) connections', after: 'O(1) connections' },
    cost: {
      unit: 'round trips',
      variable: 'calls',
      assumedSize: 100,
      // TCP, TLS and log-in, before the first byte of the call itself.
      now: (n) => 4 * n,
      after: (n) => n,
      millisecondsPerUnit: 1,
    },
    effortMinutes: 15,
    validation: 'load',
  },

  link({ facts, file, functionName, confidence }, workspace) {
    const { heat } = workspace.heatOf(file, functionName);
    if (heat === 'cold') return undefined;
    const isOften = heat === 'hot' || facts.loop !== undefined;
    // In Python most functions that open a client for themselves log somebody in or send one message: only what requests come to counts.
    if (!isOften && file.endsWith('.py')) return undefined;
    return { facts, confidence: isOften ? confidence : 'possible' };
  },

  say(facts, cost) {
    const when = facts.loop === undefined ? 'each time this function runs' : `once per item of ${facts.loop}`;
    const handshakes = facts.opens === 'a browser' ? '' : `, and each pays for its handshakes: about ${formatCount(cost.now)} round trips where ${formatCount(cost.after)} would do, at ${formatSize(cost)}`;
    return {
      message: `${facts.call} opens ${facts.opens} ${when}${handshakes}. Share ${facts.instead}.`,
      hint: 'a connection per call',
    };
  },
};
