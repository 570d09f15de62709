import type { Match } from '../../core/rule';
import { argumentAt, argumentsOf, calleeOf, memberOf, shorten, type Argument } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { literalBehind } from '../../syntax/python/data/sqlText';
import { stringPieces } from '../../syntax/python/strings';
import type { PythonMatcher } from '../matchers';
import type { Facts } from './rule';

/** Django look-ups that compare from anywhere. `contains` alone also asks arrays and JSON, so it needs a text. */
const LOOKUPS = /^(.+)__(icontains|iendswith|endswith|contains)$/;
const FILTERS = /^(?:filter|exclude|get|Q|get_or_create|aget)$/;
const SQLALCHEMY = ['sqlalchemy', 'flask_sqlalchemy', 'sqlmodel', 'flask'] as const;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],

  find(call, file) {
    return djangoLookup(call, file) ?? columnMethod(call, file);
  },
};

/** `Product.objects.filter(name__icontains=term)` and `Q(name__icontains=term)`. */
function djangoLookup(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const callee = calleeOf(call)!;
  const member = memberOf(callee);
  if (!FILTERS.test(member?.name ?? callee.text)) return undefined;
  const found = argumentsOf(call).find((argument) => isTextLookup(argument, file));
  if (found === undefined) return undefined;
  const table = member ? queryTable(member.object, file) : conditionTable(call, callee, file);
  if (table === undefined) return undefined;
  const [, path, operator] = LOOKUPS.exec(found.name!)!;
  const isRelated = path!.includes('__');
  return {
    span: found.value,
    facts: {
      table: isRelated || table === '' ? undefined : table,
      column: path!.split('__').pop(),
      operator: operator!,
      pattern: shorten(found.value.text, 40),
    },
  };
}

function isTextLookup({ name, value }: Argument, file: PythonFile): boolean {
  const lookup = name === undefined ? null : LOOKUPS.exec(name);
  if (lookup === null) return false;
  return lookup[2] !== 'contains' || file.valueOf(value)?.kind === 'str';
}

/** The model behind a query set, '' where it has no name; undefined where it is none. */
function queryTable(owner: PythonNode, file: PythonFile): string | undefined {
  const value = file.valueOf(owner);
  if (value?.kind === 'queryset' || value?.kind === 'manager') return value.library === 'django' ? (value.table ?? '') : undefined;
  // A look-up by keyword is Django's own way of writing; the file must have to do with it.
  return value === undefined && file.imports('django') ? '' : undefined;
}

/** One finding for `Q(...) | Q(...)`: the first of them speaks for the search. */
function conditionTable(call: PythonNode, callee: PythonNode, file: PythonFile): string | undefined {
  if (!/^django\.db\.models(?:\.\w+)*\.Q$/.test(file.names.qualified(callee) ?? '')) return undefined;
  const top = topOfCondition(call);
  const first = [top, ...top.descendants('CallExpression')].find((each) => each.kind === 'CallExpression' && argumentsOf(each).some((argument) => isTextLookup(argument, file)));
  if (first !== call) return undefined;
  const filter = top.parent?.kind === 'ArgList' ? memberOf(top.parent.parent && calleeOf(top.parent.parent)) : undefined;
  return (filter && file.valueOf(filter.object)?.table) ?? '';
}

function topOfCondition(call: PythonNode): PythonNode {
  let at = call;
  while (at.parent?.kind === 'BinaryExpression' || at.parent?.kind === 'ParenthesizedExpression' || at.parent?.kind === 'UnaryExpression') at = at.parent;
  return at;
}

/** `Product.name.ilike(f"%{term}%")`, `Product.name.contains(term)` of SQLAlchemy. */
function columnMethod(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const member = memberOf(calleeOf(call));
  if (member === undefined || !/^(?:i?like|not_?i?like|i?contains|i?endswith)$/.test(member.name)) return undefined;
  const column = columnOf(member.object, file);
  const pattern = argumentAt(call, 0);
  if (column === undefined || pattern === undefined) return undefined;
  const isPattern = member.name.endsWith('like');
  if (isPattern ? !beginsWithWildcard(pattern, file) : !isText(pattern, member.name, file)) return undefined;
  const operator = isPattern ? member.name.toUpperCase().replace(/^NOT_?/, 'NOT ') : member.name;
  return { span: call, facts: { ...column, operator, pattern: shorten(pattern.text, 40) } };
}

/** `Product.name` where Product is a model, or a class in a file that uses SQLAlchemy. */
function columnOf(node: PythonNode, file: PythonFile): { table?: string; column: string } | undefined {
  const member = memberOf(node);
  if (member === undefined || !file.imports(...SQLALCHEMY)) return undefined;
  const owner = file.valueOf(member.object);
  if (owner?.kind === 'model') return { table: owner.table, column: member.name };
  if (member.name !== 'c' && memberOf(member.object)?.name === 'c') return { table: memberOf(member.object)!.object.text, column: member.name };
  return owner?.kind === 'class' ? { table: member.object.text, column: member.name } : undefined;
}

function beginsWithWildcard(pattern: PythonNode, file: PythonFile): boolean {
  const literal = literalBehind(pattern, file);
  const [first] = (literal && stringPieces(literal)) ?? [];
  return first?.kind === 'text' && /^[%_]/.test(first.text);
}

/** `contains` and `endswith` of a relation take an object; of a column, a text. */
function isText(argument: PythonNode, method: string, file: PythonFile): boolean {
  return method.startsWith('i') || file.valueOf(argument)?.kind === 'str';
}
