import { isFewByNature } from '../syntax/cardinality';
import { calleeOf, isComprehension, memberOf, operatorOf, subscriptOf } from '../syntax/python/expressions';
import type { PythonFile, PythonNode, Value } from '../syntax/python/file';
import { sourceOf } from '../syntax/python/loops';
import { clausesOf } from '../syntax/python/statements';

/** How many names and comprehensions back a collection is followed to where it comes from. */
const STEPS = 4;
const DATA: ReadonlySet<Value['kind'] | undefined> = new Set(['queryset', 'manager', 'cursor', 'file', 'documents', 'dataframe']);
const READS = /^(?:fetchall|fetchmany|scalars|readlines|splitlines|iterrows|itertuples|iterdir|glob|rglob|iglob|listdir|scandir|walk)$/;
const READERS = /^(?:csv\.(?:reader|DictReader)|json\.loads?|os\.(?:listdir|scandir|walk))$/;
const CUTS = /^(?:first|last|one|one_or_none|scalar_one|get|limit|top|head|nlargest|nsmallest|most_common)$/;
const FILLS = /^(?:append|add|extend|update|insert)$/;

/**
 * Whether the code shows that a collection grows with the data: rows of a query that is not cut off, lines of a file, a data
 * frame, and what is made of them. The rows of one parent, a literal and a list that is handed in show nothing.
 */
export function growsWithData(collection: PythonNode | undefined, file: PythonFile, steps = STEPS): boolean {
  if (collection === undefined || steps === 0) return false;
  const source = sourceOf(collection);
  if (isCutOff(source) || isFewByNature(source.text)) return false;
  return holdsData(source, file) || partsOf(source, file).some((part) => growsWithData(part, file, steps - 1));
}

/** Whether the items of a collection are the lines of a file or the rows of a data frame. */
export function holdsLines(collection: PythonNode | undefined, file: PythonFile, steps = STEPS): boolean {
  if (collection === undefined || steps === 0) return false;
  const source = sourceOf(collection);
  if (isCutOff(source)) return false;
  const isRead = source.kind === 'CallExpression' && (/^(?:readlines|iterrows|itertuples)$/.test(source.calledName) || /^csv\./.test(file.names.qualified(calleeOf(source)) ?? ''));
  return isRead || file.valueOf(source)?.kind === 'file' || partsOf(source, file).some((part) => holdsLines(part, file, steps - 1));
}

function holdsData(source: PythonNode, file: PythonFile): boolean {
  const value = file.valueOf(source);
  if (value !== undefined && value.through === undefined && !isFewByNature(value.table ?? '')) {
    if (DATA.has(value.kind) || (value.kind === 'list' && value.element?.kind === 'record' && value.element.through === undefined)) return true;
  }
  if (source.kind !== 'CallExpression') return false;
  return READS.test(source.calledName) || READERS.test(file.names.qualified(calleeOf(source)) ?? '');
}

/** `rows[:10]`, `query.limit(10)`: as long as somebody wrote down. */
function isCutOff(source: PythonNode): boolean {
  if (subscriptOf(source)?.isSlice === true) return true;
  return source.kind === 'CallExpression' && (CUTS.test(source.calledName) || source.descendants('CallExpression').some(({ calledName }) => calledName === 'limit'));
}

/** What a collection is made of: the operands of `a + b`, what a comprehension goes through, what a name is bound to or filled with. */
function partsOf(source: PythonNode, file: PythonFile): readonly PythonNode[] {
  if (isComprehension(source)) return clausesOf(source).slice(0, 1).flatMap(({ iterable }) => iterable ?? []);
  switch (source.kind) {
    case 'BinaryExpression':
      return /^(?:\+|or|\|)$/.test(operatorOf(source)) ? [source.firstChild!, source.lastChild!] : [];
    case 'AwaitExpression':
      return [source.lastChild!];
    case 'VariableName':
      return madeFrom(source, file);
    default:
      return [];
  }
}

function madeFrom(name: PythonNode, file: PythonFile): readonly PythonNode[] {
  const resolution = file.scopes.resolve(name.text, name);
  const bound = (resolution?.bindings ?? []).flatMap(({ kind, value }) => (kind === 'assignment' && value !== undefined ? [value] : []));
  const isEmpty = bound.some((value) => /^(?:\[\]|\{\}|(?:list|set|dict)\(\))$/.test(value.text));
  return isEmpty ? [...bound, ...file.usesOf(name.text).flatMap((use) => filledWith(use, name, file))] : bound;
}

/** `ids.append(row.id)` in a loop over rows, `ids.extend(rows)`. */
function filledWith(use: PythonNode, name: PythonNode, file: PythonFile): readonly PythonNode[] {
  const call = use.parent?.parent;
  if (use === name || call?.kind !== 'CallExpression' || memberOf(use.parent)?.object !== use || !FILLS.test(call.calledName)) return [];
  if (call.calledName === 'extend' || call.calledName === 'update') return call.child('ArgList')?.children.slice(1, 2) ?? [];
  return file.loopsAround(call).slice(0, 1).flatMap(({ iterable }) => iterable ?? []);
}
