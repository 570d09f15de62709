import type { Fix } from '../../core/rule';
import type { SpanEdit } from '../../core/text';
import { calleeOf, memberOf, outerParent, unwrap } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { clockOf, differenceAround, timerOf, usesOf, type Timer } from './pythonClock';

interface Replaced {
  readonly timers: Map<PythonNode, Timer>;
  readonly differences: Set<PythonNode>;
}

/**
 * Takes both readings from `perf_counter()`, which counts seconds as `time.time()` does. Every name that takes
 * part must serve for differences alone; one of datetimes only where their seconds are asked for.
 */
export function fixTimers(difference: PythonNode, file: PythonFile): Fix | undefined {
  const replaced: Replaced = { timers: new Map(), differences: new Set() };
  if (!collect(difference, file, replaced)) return undefined;
  const clock = counterName(file, difference);
  const differences = [...replaced.differences].map((each) => rewrite(each, clock.name, file));
  if (differences.some((edits) => edits === undefined)) return undefined;
  const readings = [...replaced.timers.values()].flatMap(({ bindings }) => bindings.map(({ value }) => value!));
  return {
    title: 'Time it with time.perf_counter()',
    kind: 'safe',
    edits: [...readings.map((reading) => ({ start: reading.start, end: reading.end, newText: clock.name })), ...differences.flatMap((edits) => edits!), ...clock.edits],
  };
}

/** Follows a difference to its timers and those to their other differences; false where one is used for anything else. */
function collect(difference: PythonNode, file: PythonFile, replaced: Replaced): boolean {
  if (replaced.differences.has(difference)) return true;
  replaced.differences.add(difference);
  for (const side of [difference.firstChild!, difference.lastChild!]) {
    if (clockOf(side, file) !== undefined) continue;
    const timer = timerOf(side, file);
    if (timer === undefined) return false;
    const first = timer.bindings[0]!.node;
    if (replaced.timers.has(first)) continue;
    replaced.timers.set(first, timer);
    for (const use of usesOf(timer, file)) {
      const other = differenceAround(use);
      if (other === undefined || !collect(other, file, replaced)) return false;
    }
  }
  return true;
}

/** `(datetime.now() - start).total_seconds()` becomes `(time.perf_counter() - start)`. */
function rewrite(difference: PythonNode, counter: string, file: PythonFile): SpanEdit[] | undefined {
  const sides = [difference.firstChild!, difference.lastChild!];
  const edits = sides.flatMap((side) => (clockOf(side, file) ? [{ start: side.start, end: side.end, newText: counter }] : []));
  const clock = sides.map((side) => clockOf(side, file) ?? timerOf(side, file)?.clock)[0];
  if (clock === 'time.time') return edits;
  const member = outerParent(difference);
  const call = member?.parent;
  const asksSeconds = memberOf(member)?.name === 'total_seconds' && unwrap(member!.firstChild!) === difference && call?.kind === 'CallExpression';
  return asksSeconds ? [...edits, { start: member!.firstChild!.end, end: call.end, newText: '' }] : undefined;
}

/** How this file calls the counter, with the import that this needs. */
function counterName(file: PythonFile, place: PythonNode): { readonly name: string; readonly edits: readonly SpanEdit[] } {
  const module = file.scopes.resolve('time', place)?.bindings[0];
  if (module?.kind === 'import' && module.member === undefined && module.module === 'time') return { name: 'time.perf_counter()', edits: [] };
  if (file.names.qualifiedText('perf_counter', place) === 'time.perf_counter') return { name: 'perf_counter()', edits: [] };
  const alias = aliasOfTime(place, file);
  if (alias !== undefined) return { name: `${alias}.perf_counter()`, edits: [] };
  const first = file.root.children.find((child) => child.kind === 'ImportStatement' && !/^from\s+__future__/.test(child.text))!;
  return { name: 'perf_counter()', edits: [{ start: first.start, end: first.start, newText: 'from time import perf_counter\n' }] };
}

/** `t` of `import time as t`, as the difference itself writes it. */
function aliasOfTime(difference: PythonNode, file: PythonFile): string | undefined {
  const object = memberOf(calleeOf(unwrap(difference.firstChild!)))?.object;
  return object !== undefined && file.names.qualified(object) === 'time' ? object.text : undefined;
}
