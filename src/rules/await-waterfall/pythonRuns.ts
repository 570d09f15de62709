import { calleeReference } from '../../syntax/python/callees';
import { takesTurns } from '../../syntax/python/exclusive';
import { argumentsOf, calleeOf, callText, memberOf, unwrap } from '../../syntax/python/expressions';
import type { DataAccess, PythonFile, PythonNode } from '../../syntax/python/file';
import { assignmentOf, statementsOf } from '../../syntax/python/statements';
import type { Wait } from './waits';

/** One await of a run, with where it stands. */
export interface Step extends Wait {
  readonly statement: PythonNode;
  readonly awaited: PythonNode;
}

/** Names of functions that only look. A name is all there is where the function stands in another file. */
const READING = /^_{0,2}(?:get|load|fetch|find|list|read|count|query|search|lookup|retrieve|select)(?:_|$)/;
/** Calls that decide whether the rest may run: what comes after them has to wait. */
const GUARDING = /auth|session|permission|access|require|assert|ensure|validat|verif|check|guard|current_user|viewer|rate_limit|csrf|token|login|or_404|or_raise|or_fail|lock|acquire/i;
/** Calls that neither wait nor have an effect nor fail on purpose. */
const HARMLESS = /^(?:json|get|items|keys|values|split|strip|lower|upper|join|format|replace|startswith|endswith|len|str|int|float|bool|list|dict|set|tuple|sorted|min|max|sum|any|all|range|zip|enumerate|map|filter|isinstance|getattr|model_dump|dict|copy|utcnow|now|isoformat)$/;

/**
 * The runs of awaits in a body: assignments one after another, with nothing between them that could end the
 * function, have an effect, or take part in the order of effects.
 */
export function runsOf(body: PythonNode, file: PythonFile): readonly (readonly Step[])[] {
  const runs: Step[][] = [];
  let run = new Run(file);
  for (const statement of statementsOf(body)) {
    if (run.take(statement)) continue;
    runs.push(run.steps);
    run = new Run(file);
  }
  runs.push(run.steps);
  return runs.filter((steps) => steps.length > 1);
}

class Run {
  readonly steps: Step[] = [];
  /** Name -> the awaits that its value was made of. */
  private readonly madeOf = new Map<string, ReadonlySet<number>>();

  constructor(private readonly file: PythonFile) {}

  /** Adds a statement to the run; false where it ends the run. */
  take(statement: PythonNode): boolean {
    if (statement.kind !== 'AssignStatement') return false;
    const { targets, value } = assignmentOf(statement);
    const names = targets.flat();
    // An attribute or an item may be read by what comes after.
    if (names.some((target) => target.kind === 'MemberExpression') || value.length === 0) return false;
    const needs = this.needsOf(value);
    const awaited = value.length === 1 ? rootAwait(value[0]!) : undefined;
    if (awaited === undefined) return value.every(isHarmless) && this.define(names, needs);
    const call = unwrap(awaited.lastChild!);
    if (call.kind !== 'CallExpression') return false;
    if (/^(?:json|text|read|body|form)$/.test(call.calledName) && argumentsOf(call).length === 0) return this.define(names, needs);
    const wait = this.waitOf(call);
    if (wait === undefined || !isHarmlessAround(value[0]!, awaited)) return false;
    this.define(names, new Set([...needs, this.steps.length]));
    this.steps.push({ ...wait, needs: [...needs], statement, awaited });
    return true;
  }

  /** What is known of an awaited call; undefined where it may have an effect or guard what follows. */
  private waitOf(call: PythonNode): Pick<Step, 'call' | 'library' | 'callee'> | undefined {
    const { file } = this;
    if (GUARDING.test(call.calledName) || takesTurns(call, file) || call.descendants('AwaitExpression').length > 0) return undefined;
    const access = file.dataAccess(call);
    if (access !== undefined) return reads(access) ? { call: callText(call), library: access.library } : undefined;
    const callee = READING.test(call.calledName) ? calleeReference(calleeOf(call)!, file) : undefined;
    return callee && { call: callText(call), callee };
  }

  private needsOf(value: readonly PythonNode[]): ReadonlySet<number> {
    const needs = new Set<number>();
    for (const node of value) {
      const names = node.kind === 'VariableName' ? [node] : node.descendants('VariableName');
      for (const name of names) for (const step of this.madeOf.get(name.text) ?? []) needs.add(step);
    }
    return needs;
  }

  private define(targets: readonly PythonNode[], steps: ReadonlySet<number>): true {
    for (const target of targets) {
      const names = target.kind === 'VariableName' ? [target] : target.descendants('VariableName');
      for (const name of names) this.madeOf.set(name.text, steps);
    }
    return true;
  }
}

/** The await at the root of `await x`, `(await x).y` and `(await x).json()`. */
export function rootAwait(expression: PythonNode): PythonNode | undefined {
  let node: PythonNode | undefined = unwrap(expression);
  while (node?.kind === 'MemberExpression' || node?.kind === 'CallExpression') node = node.firstChild && unwrap(node.firstChild);
  return node?.kind === 'AwaitExpression' ? node : undefined;
}

function reads({ kind, verb }: DataAccess): boolean {
  return kind === 'query' || (kind === 'request' && /^(?:get|head|options|list\w*|retrieve\w*|search\w*|describe_\w+|get_\w+)$/.test(verb));
}

function isHarmless(expression: PythonNode): boolean {
  if (expression.descendants('AwaitExpression').length > 0 || expression.kind === 'AwaitExpression') return false;
  const calls = expression.kind === 'CallExpression' ? [expression, ...expression.descendants('CallExpression')] : expression.descendants('CallExpression');
  return calls.every((call) => HARMLESS.test(call.calledName));
}

/** What is done with the result in the same expression: reading it is harmless, `.raise_for_status()` is a guard. */
function isHarmlessAround(value: PythonNode, awaited: PythonNode): boolean {
  for (let at = awaited.parent; at !== undefined && value.contains(at); at = at.parent) {
    if (at.kind === 'CallExpression' && !HARMLESS.test(memberOf(calleeOf(at))?.name ?? '')) return false;
  }
  return true;
}
