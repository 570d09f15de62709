import { formatCount, formatSize } from '../../core/format';
import type { CalleeReference } from '../../core/facts';
import type { Rule } from '../../core/rule';
import { wayOf } from '../way';

export interface Facts {
  /** The call as the reader sees it: "fs.readFileSync", "requests.get". */
  readonly call: string;
  readonly kind: 'file' | 'process' | 'hash' | 'compression' | 'network' | 'database' | 'sleep';
  /** What to call instead: "readFile of node:fs/promises", "asyncio.sleep". */
  readonly instead: string;
  /** The code runs on an event loop whatever calls it (a coroutine of Python). */
  readonly isCoroutine?: boolean;
  /** Set while it is only known that a project function is called; the linker finds out what it does. */
  readonly callee?: CalleeReference;
  /** Names of the functions between the call and the one that blocks, filled in by the linker. */
  readonly via?: readonly string[];
  /** What blocks in the last of them. */
  readonly blocks?: string;
}

const DOES: Readonly<Record<Facts['kind'], string>> = {
  file: 'reads or writes the disk',
  process: 'runs another program',
  hash: 'computes a hash that is made to be slow',
  compression: 'compresses or expands',
  network: 'waits for the network',
  database: 'waits for the database',
  sleep: 'sleeps',
};

export const rule: Rule<Facts> = {
  meta: {
    id: 'blocking-call',
    title: 'Blocking call on the event loop',
    family: 'I/O',
    resource: 'io',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'all requests wait', after: 'one request waits' },
    cost: {
      unit: 'calls',
      variable: 'requests in progress',
      assumedSize: 20,
      now: (n) => n,
      after: (n) => Math.min(n, 1),
      millisecondsPerUnit: 1,
    },
    effortMinutes: 15,
    validation: 'load',
  },

  link(candidate, workspace) {
    const { facts, file, functionName } = candidate;
    const { heat, reason } = workspace.heatOf(file, functionName);
    if (heat === 'cold' || servesNobody(file, functionName)) return undefined;
    if (facts.callee !== undefined) return throughFunction();
    if (heat === 'hot') return isBuiltAhead(facts, reason) ? undefined : { facts };
    if (facts.isCoroutine) return { facts };
    // Passwords are hashed for a request, even where nothing shows the way from one to here.
    return facts.kind === 'hash' ? { facts, confidence: 'possible' } : undefined;

    function throughFunction(): ReturnType<NonNullable<Rule<Facts>['link']>> {
      const path = workspace.reach(file, facts.callee!, ['block']);
      if (path === undefined) return undefined;
      const last = path.steps[path.steps.length - 1]!;
      return {
        facts: { ...facts, callee: undefined, blocks: path.effect.library, via: path.steps.map((step) => step.functionName) },
        related: [{ file: last.file, line: last.line, message: `${last.functionName} blocks in ${path.effect.library} here.` }],
      };
    }
  },

  say(facts, cost) {
    const what = facts.blocks === undefined ? `${facts.call} ${DOES[facts.kind]} and blocks` : `${facts.call}${wayOf(facts)} comes to ${facts.blocks}, which blocks`;
    return {
      message: `${what} the event loop, so everything else on it waits, too: ${formatCount(cost.now)} requests at ${formatSize(cost)}. Use ${facts.instead}.`,
      hint: 'blocks the event loop',
    };
  },
};

/** A command line has one user, and start-up and shut-down have none. */
function servesNobody(file: string, functionName: string): boolean {
  const name = functionName.slice(functionName.lastIndexOf('.') + 1);
  return /(?:^|\/)(?:cli|commands?)\/|[mM]igrat(?:e|ions?|or)\w*\.[cm]?[jt]s$/.test(file) || /^(?:main|lifespan\w*|(?:on_?)?(?:start|shut)_?(?:up|down)\w*|__a(?:enter|exit)__|setup|init\w*|bootstrap|register)$/i.test(name);
}

/** Pages whose content is files of the project are built ahead of the requests as a rule. */
function isBuiltAhead({ kind }: Facts, reason: string): boolean {
  return kind === 'file' && reason.startsWith('rendered on the server');
}
