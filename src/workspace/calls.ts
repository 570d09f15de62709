import type { CallFact, Effect, FileFacts, FunctionFact } from '../core/facts';
import { CallGraph } from './callGraph';

/** A function by its place. */
export interface FunctionPlace {
  readonly file: string;
  readonly functionName: string;
}

/** One call, seen from the function that makes it or from the one that is called. */
export interface CallSite extends FunctionPlace {
  /** Zero-based line of the call, in the file of the function that makes it. */
  readonly line: number;
  /** Once for each iteration of a loop. */
  readonly inLoop: boolean;
}

/** What surrounds one function in the call graph. Plain JSON. */
export interface CallSurroundings {
  readonly function: FunctionPlace & { readonly line: number; readonly isAsync: boolean };
  /** What the function does outside of the process by itself. */
  readonly effects: readonly Effect[];
  readonly callees: readonly CallSite[];
  readonly callers: readonly CallSite[];
  /** Calls whose target is not in the workspace or could not be told. */
  readonly unresolved: number;
}

/** Looks at one function among all files; undefined where it is not there. */
export function surroundingsOf(facts: readonly FileFacts[], place: FunctionPlace): CallSurroundings | undefined {
  const byFile = new Map(facts.map((each) => [each.file, each]));
  const fn = byFile.get(place.file)?.functions.find(({ name }) => name === place.functionName);
  if (fn === undefined) return undefined;
  const graph = new CallGraph(byFile);
  const callees = fn.calls.flatMap((call) => targetOf(graph, place.file, call) ?? []);
  return {
    function: { ...place, line: fn.nameRange.start.line, isAsync: fn.isAsync },
    effects: fn.effects,
    callees,
    callers: facts.flatMap((caller) => caller.functions.flatMap((each) => callsTo(graph, caller, each, place))),
    unresolved: fn.calls.length - callees.length,
  };
}

function targetOf(graph: CallGraph, file: string, { callee, line, inLoop }: CallFact): CallSite | undefined {
  const target = graph.resolve(file, callee);
  return target && { file: target.facts.file, functionName: target.fn.name, line, inLoop };
}

function callsTo(graph: CallGraph, { file }: FileFacts, { name, calls }: FunctionFact, place: FunctionPlace): CallSite[] {
  return calls.flatMap((call) => {
    const target = targetOf(graph, file, call);
    const isIt = target?.file === place.file && target.functionName === place.functionName;
    return isIt ? [{ file, functionName: name, line: call.line, inLoop: call.inLoop }] : [];
  });
}
