import { formatCount, formatSize } from '../../core/format';
import type { CalleeReference } from '../../core/facts';
import type { Candidate, Rule } from '../../core/rule';
import type { ReachPath, WorkspaceView } from '../../core/workspaceView';

export interface Facts {
  readonly call: string;
  readonly loop: string;
  /** What is awaited where it was recognised: "fetch", "fs". */
  readonly library?: string;
  /** Set while it is only known that a project function is called; the linker finds out what it does. */
  readonly callee?: CalleeReference;
}

/** What a function writes, and the files that a program loads while it starts, may have to come one after the other. */
function mayNeedOrder({ file, functionName, language }: Candidate<Facts>, callee: CalleeReference, { effect }: ReachPath, workspace: WorkspaceView): boolean {
  if (language !== 'typescript') return false;
  if (workspace.reach(file, callee, ['write']) !== undefined) return true;
  return effect.kind === 'file' && workspace.heatOf(file, functionName).heat !== 'hot';
}

/** Files that are read outside of requests, one by one, cost a moment of a start. */
function readsAtStart({ facts, file, functionName, language }: Candidate<Facts>, workspace: WorkspaceView): boolean {
  return language === 'typescript' && facts.library === 'fs' && workspace.heatOf(file, functionName).heat !== 'hot';
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'sequential-await',
    title: 'Independent awaits one after another in a loop',
    family: 'I/O',
    resource: 'network',
    decision: 'deferrable',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n) waits', after: 'O(n / limit) waits' },
    cost: {
      unit: 'round trips',
      variable: 'items in the loop',
      assumedSize: 20,
      now: (n) => n,
      after: (n) => Math.ceil(n / 8),
      millisecondsPerUnit: 20,
    },
    effortMinutes: 15,
    validation: 'benchmark',
  },

  link(candidate, workspace) {
    const { facts } = candidate;
    if (facts.callee === undefined) return { facts, confidence: readsAtStart(candidate, workspace) ? 'possible' : candidate.confidence };
    const path = workspace.reach(candidate.file, facts.callee, ['request', 'file']);
    if (path === undefined || path.effect.bulk !== undefined) return undefined;
    const last = path.steps[path.steps.length - 1];
    return {
      facts: { ...facts, callee: undefined, library: path.effect.library },
      confidence: mayNeedOrder(candidate, facts.callee, path, workspace) ? 'possible' : candidate.language === 'python' ? 'likely' : candidate.confidence,
      related: last ? [{ file: last.file, line: last.line, message: `${last.functionName} waits for ${path.effect.library} here.` }] : [],
    };
  },

  say(facts, cost) {
    return {
      message: `${facts.call} is awaited once per item of ${facts.loop}, and no iteration needs the one before: ${formatCount(cost.now)} waits in a row at ${formatSize(cost)}. Start them together under a limit.`,
      hint: `${formatCount(cost.n)} waits in a row`,
    };
  },
};
