import type { Fix } from '../../core/rule';
import type { Span } from '../../core/text';
import { calleeOf, memberOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import type { Facts } from './rule';

/** Rewrites a reduction that stands directly around a query set, where Django has the words for it. */
export function aggregateFix({ reduction, reads }: Facts, span: Span, call: PythonNode, file: PythonFile): Fix | undefined {
  if (file.dataAccess(call)?.library !== 'django' || !(span.start <= call.start && call.end <= span.end)) return undefined;
  const written = file.text.slice(span.start, span.end);
  const column = reads.length === 1 && reads[0]!.length === 1 ? reads[0]![0]! : undefined;
  const plain = new RegExp(`^(sum|max|min|len)\\(\\s*(?:\\(|\\[)?\\s*(?:(\\w+)\\.${column}\\s+for\\s+\\2\\s+in\\s+)?`);
  const [, reducer] = plain.exec(written) ?? [];
  const rest = reducer === undefined ? '' : written.replace(plain, '');
  if (reducer === undefined || !rest.startsWith(call.text) || !/^[\s)\]]*$/.test(rest.slice(call.text.length))) return undefined;
  if (reducer === 'len' && reduction === 'count') return fixOf('Count the rows in the database', span, `${withoutAll(call)}.count()`);
  if (column === undefined) return undefined;
  const aggregate = { sum: 'Sum', max: 'Max', min: 'Min' }[reducer as 'sum' | 'max' | 'min'];
  const imported = importOf(aggregate, file);
  if (imported === undefined || column === undefined) return undefined;
  const value = `${withoutAll(call)}.aggregate(value=${aggregate}("${column}"))["value"]${reducer === 'sum' ? ' or 0' : ''}`;
  return { ...fixOf('Let the database reduce the rows', span, reducer === 'sum' ? `(${value})` : value), edits: [...imported, { ...span, newText: reducer === 'sum' ? `(${value})` : value }] };
}

const CAVEAT = 'Rows that are not saved yet do not take part, and NULL is left out instead of raising an error.';

const fixOf = (title: string, span: Span, newText: string): Fix => ({ title, kind: 'suggestion', edits: [{ ...span, newText }], caveat: CAVEAT });

/** `orders.all().count()` is the same as `orders.count()`. */
function withoutAll(call: PythonNode): string {
  const member = memberOf(calleeOf(call));
  return member?.name === 'all' ? member.object.text : call.text;
}

/** The edit that makes the name known; none where it is. Undefined where the file has no import to stand behind. */
function importOf(name: string, file: PythonFile): Fix['edits'] | undefined {
  if (file.scopes.module.bindings.has(name)) return [];
  const first = file.root.child('ImportStatement');
  if (first === undefined) return undefined;
  return [{ start: first.start, end: first.start, newText: `from django.db.models import ${name}\n` }];
}
