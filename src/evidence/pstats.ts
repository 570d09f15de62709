import type { FunctionCost } from '../core/evidence';
import { FailureError, failures } from '../core/failures';
import { type Identity, type Sources, identify } from './attribution';
import { Frames } from './cpuProfile/frames';

/** What the Python runner writes from cProfile. Times in seconds. */
export interface PythonCalls {
  readonly version: 1;
  /** The interpreter's version, "3.11.7". */
  readonly python: string;
  /** Time of the line sampler, which is in every `ct` that ran meanwhile. */
  readonly samplerSeconds: number;
  readonly functions: readonly PythonFunction[];
}

/** pstats' figures: `cc` primitive calls, `nc` calls, `tt` own time, `ct` time with callees, recursion counted once. */
export interface PythonFunction {
  /** Absolute path; "~" for built-ins. */
  readonly file: string;
  /** From 1; 0 for built-ins. */
  readonly line: number;
  readonly name: string;
  readonly cc: number;
  readonly nc: number;
  readonly tt: number;
  readonly ct: number;
}

/** Reads the runner's text; `file` names it in the failure. Throws FailureError. */
export function parsePythonCalls(text: string, file: string): PythonCalls {
  let calls: PythonCalls;
  try {
    calls = JSON.parse(text);
  } catch (error) {
    throw new FailureError(failures.brokenProfile(file, error));
  }
  const isValid = calls?.version === 1 && Array.isArray(calls.functions) && calls.functions.every(isFunction);
  if (!isValid) throw new FailureError(failures.brokenProfile(file, 'its shape is not that of the runner'));
  return calls;
}

function isFunction(value: PythonFunction): boolean {
  return typeof value?.file === 'string' && [value.line, value.nc, value.tt, value.ct].every((field) => typeof field === 'number');
}

const SMALLEST_FOREIGN_SHARE = 0.001;
const INLINE = /^<(?:lambda|listcomp|setcomp|dictcomp|genexpr)>$/;
const IMPORT = '<frozen importlib._bootstrap>';

interface Cost {
  readonly identity: Identity;
  readonly foreign: boolean;
  self: number;
  total: number;
  calls: number;
}

/**
 * The cost of each function, as shares of the recorded time without imports. There are no
 * milliseconds: cProfile slows calls down by up to six times, and not all by the same factor.
 * None where nothing but imports was recorded.
 */
export function costsOfCalls({ functions, samplerSeconds }: PythonCalls, sources: Sources): readonly FunctionCost[] {
  const frames = new Frames(sources.roots, sources.machinery);
  const costs = new Map<string, Cost>();
  let own = 0;
  for (const fn of functions) {
    if (addTo(costs, fn, frames, sources)) own += fn.tt;
  }
  own -= functions.find(({ file, name }) => file === IMPORT && name === '_find_and_load')?.ct ?? 0;
  if (own <= 0) return [];
  const share = (seconds: number, whole: number) => Math.min(1, Math.max(0, seconds / whole));
  return [...costs.values()]
    .map((cost) => ({ ...cost, self: share(cost.self, own), total: share(cost.total, own + samplerSeconds) }))
    .filter(({ foreign, total }) => !foreign || total >= SMALLEST_FOREIGN_SHARE)
    .sort((a, b) => b.total - a.total)
    .map(({ identity, foreign, self, total, calls }) => ({
      ...identity,
      selfShare: self,
      totalShare: Math.max(self, total),
      // A package's functions call each other, so their sum would say nothing.
      ...(foreign && identity.functionName === '' ? {} : { calls }),
    }));
}

/**
 * Adds a function, unless it is part of the measurement itself; then the answer is false.
 * Comprehensions and lambdas are functions to Python. Their own time is that of the function
 * they stand in; its total and calls are those of the declaration itself, which include theirs.
 */
function addTo(costs: Map<string, Cost>, fn: PythonFunction, frames: Frames, sources: Sources): boolean {
  const owner = identityOf(fn, frames, sources);
  if (!owner) return false;
  const { identity, foreign } = owner;
  const key = `${identity.file}\0${identity.functionName}`;
  let cost = costs.get(key);
  if (!cost) costs.set(key, (cost = { identity, foreign, self: 0, total: 0, calls: 0 }));
  cost.self += fn.tt;
  cost.total = Math.max(cost.total, fn.ct);
  if (!INLINE.test(fn.name)) cost.calls += fn.nc;
  return true;
}

function identityOf(fn: PythonFunction, frames: Frames, sources: Sources): { identity: Identity; foreign: boolean } | undefined {
  if (fn.file === '~') return { identity: { file: 'python:builtins', functionName: fn.name, line: 0 }, foreign: true };
  const line = Math.max(0, fn.line - 1);
  const kind = frames.kindOf({ functionName: fn.name, scriptId: '', url: fn.file, lineNumber: line, columnNumber: 0 });
  if (kind.kind === 'loading') return undefined;
  if (kind.kind !== 'workspace') {
    const file = 'file' in kind ? kind.file : fn.file;
    return { identity: { file, functionName: '', line: 0 }, foreign: true };
  }
  const file = frames.relative(kind.path)!;
  return { identity: identify({ file, name: fn.name, line, column: 0 }, sources.functionsOf(file)), foreign: false };
}
