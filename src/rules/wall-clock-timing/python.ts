import type { Fix, Match } from '../../core/rule';
import { argumentsOf, calleeOf, operatorOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import type { PythonMatcher } from '../matchers';
import type { Facts } from './rule';

const CLOCKS: Readonly<Record<string, string>> = {
  'time.time': 'time.perf_counter()',
  'time.time_ns': 'time.perf_counter_ns()',
  'datetime.datetime.now': 'time.perf_counter()',
  'datetime.datetime.utcnow': 'time.perf_counter()',
};

export const matcher: PythonMatcher<Facts> = {
  kinds: ['BinaryExpression'],

  find(node, file): Match<Facts> | undefined {
    if (!node.tree.hasChild(node.index, 'ArithOp') || operatorOf(node) !== '-') return undefined;
    const clock = clockOf(node.firstChild!, file);
    const timing = clock === undefined || isDeadline(node) ? undefined : timingOf(node, clock, file);
    // One beginning is one finding, however many durations are taken from it.
    if (timing?.differences[0] !== node) return undefined;
    return {
      span: node,
      facts: { clock: node.firstChild!.text, variable: timing.name, instead: CLOCKS[clock!]! },
    };
  },

  fix: (_match, node, file) => readMonotonic(node, file),
};

/** A variable of this function that holds the beginning, and every duration that is taken from it. */
interface Timing {
  readonly name: string;
  readonly start: PythonNode;
  readonly differences: readonly PythonNode[];
}

/** undefined where the beginning is anything but a reading of a function that only durations are taken from. */
function timingOf(difference: PythonNode, clock: string, file: PythonFile): Timing | undefined {
  const variable = difference.lastChild!;
  if (variable.kind !== 'VariableName') return undefined;
  const [binding, ...others] = file.scopes.resolve(variable.text, variable)?.bindings ?? [];
  const start = binding?.kind === 'assignment' && others.length === 0 ? binding.value : undefined;
  if (start === undefined || clockOf(start, file) !== clock || start.closest('FunctionDefinition') === undefined) return undefined;
  const uses = file.usesOf(variable.text).filter((use) => file.scopes.resolve(use.text, use)?.bindings[0] === binding);
  const differences = uses.flatMap((use) => (isDurationSince(use, clock, file) ? [use.parent!] : []));
  return differences.length === uses.length ? { name: variable.text, start, differences } : undefined;
}

function isDurationSince(use: PythonNode, clock: string, file: PythonFile): boolean {
  const { parent } = use;
  return parent?.kind === 'BinaryExpression' && parent.lastChild === use && operatorOf(parent) === '-' && clockOf(parent.firstChild!, file) === clock;
}

/** The qualified name of a wall clock that is read without arguments. */
function clockOf(node: PythonNode, file: PythonFile): string | undefined {
  if (node.kind !== 'CallExpression' || !/^(?:time|time_ns|now|utcnow)$/.test(node.calledName) || argumentsOf(node).length > 0) return undefined;
  const name = file.names.qualified(calleeOf(node));
  return name !== undefined && Object.hasOwn(CLOCKS, name) ? name : undefined;
}

/** `while time.time() - started < limit` waits until a point in time; nobody reads how long it took. */
function isDeadline(difference: PythonNode): boolean {
  let at = difference.parent;
  while (at?.kind === 'ParenthesizedExpression') at = at.parent;
  return at?.kind === 'BinaryExpression' && at.tree.hasChild(at.index, 'CompareOp');
}

/** `time.time()` becomes `time.perf_counter()`, which counts the same seconds. Differences of dates are of another type. */
function readMonotonic(difference: PythonNode, file: PythonFile): Fix | undefined {
  const clock = clockOf(difference.firstChild!, file);
  const timing = clock?.startsWith('time.') ? timingOf(difference, clock, file) : undefined;
  if (timing === undefined) return undefined;
  const readings = [timing.start, ...timing.differences.map((each) => each.firstChild!)];
  const callees = readings.map((reading) => calleeOf(reading)!.lastChild);
  if (callees.some((name) => name?.kind !== 'PropertyName')) return undefined;
  return {
    title: `Take the duration with ${CLOCKS[clock!]}`,
    kind: 'safe',
    edits: callees.map((name) => ({ start: name!.start, end: name!.end, newText: name!.text === 'time_ns' ? 'perf_counter_ns' : 'perf_counter' })),
  };
}
