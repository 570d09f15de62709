import type { Match } from '../../core/rule';
import { conditionTable, queryTable } from '../../syntax/python/data/djangoTables';
import { argumentAt, argumentsOf, calleeOf, memberOf, operatorOf, unwrap, type Argument } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { literalText } from '../../syntax/python/strings';
import type { PythonMatcher } from '../matchers';
import type { Facts, Wrapping } from './rule';
import { wrappingOfFunction } from './wrapped';

/** Django compares a year by a range of its own accord, and a look-up without case by UPPER. */
const LOOKUP = /^(.+?)__(iexact|istartswith|date|month|day|week|week_day|iso_week_day|quarter|hour|minute|second|time)(?:__(exact|gt|gte|lt|lte|range|in))?$/;
const FILTERS: ReadonlySet<string> = new Set(['filter', 'get', 'aget', 'Q']);
const ANNOTATIONS: ReadonlySet<string> = new Set(['annotate', 'alias']);

/** SQL in strings is read by the SQL matcher; this one knows the ways of the ORMs. */
export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression', 'BinaryExpression'],
  names: ['filter', 'get', 'aget', 'Q', 'annotate', 'alias', 'in_'],

  find(node, file): Match<Facts> | readonly Match<Facts>[] | undefined {
    const found = wrappedColumns(node, file);
    const isFound = found !== undefined && (!Array.isArray(found) || found.length > 0);
    return isFound && !isNarrowedByKey(node) ? found : undefined;
  },
};

function wrappedColumns(node: PythonNode, file: PythonFile): Match<Facts> | readonly Match<Facts>[] | undefined {
  if (node.kind === 'BinaryExpression') return file.imports('sqlalchemy') ? sqlAlchemyComparison(node, file) : undefined;
  if (FILTERS.has(node.calledName)) return djangoLookups(node, file);
  if (ANNOTATIONS.has(node.calledName)) return djangoAnnotations(node, file);
  return sqlAlchemyMembership(node, file);
}

/** `subscription_id == id`, `workspace__slug=slug` in the same query: an index on that leaves few rows to compute. */
const QUERY_PARTS = /^(?:ArgList|CallExpression|MemberExpression|BinaryExpression|ParenthesizedExpression)$/;
const BY_KEY = /\b(?:\w*_id|\w*__slug|id|pk|slug|uuid)\s*==?\s*(?!=|None\b)/;

function isNarrowedByKey(node: PythonNode): boolean {
  let query = node;
  for (let at = node.parent; at !== undefined && QUERY_PARTS.test(at.kind); at = at.parent) query = at;
  return BY_KEY.test(query.text.replace(/\.exclude\([^()]*\)/g, ''));
}

/** `User.objects.filter(email__iexact=email)`, alone or beside conditions that leave many rows. */
function djangoLookups(call: PythonNode, file: PythonFile): Match<Facts>[] {
  const found = argumentsOf(call).filter(({ name }) => name !== undefined && LOOKUP.test(name));
  if (found.length === 0 || isNegated(call)) return [];
  const member = memberOf(calleeOf(call));
  const table = member ? queryTable(member.object, file) : conditionTable(call, file);
  // A related manager (`event.schedules`) has found the few rows of its owner; nothing else leaves the model unnamed.
  if (table === undefined || table === '') return [];
  const others = argumentsOf(call).filter((argument) => !found.includes(argument));
  return found.map((argument) => lookupMatch(argument, call, table, others));
}

function lookupMatch({ name, value }: Argument, call: PythonNode, table: string, others: readonly Argument[]): Match<Facts> {
  const [, path = '', lookup = '', operator] = LOOKUP.exec(name!)!;
  const isRelated = path.includes('__');
  const column = path.split('__').at(-1)!;
  const start = value.parent?.children.find((child) => child.text === name && child.end <= value.start)?.start ?? value.start;
  return {
    span: { start, end: value.end },
    facts: {
      ...(!isRelated && { table }),
      column,
      form: name!,
      ...djangoWrapping(lookup, column),
      comparison: lookup === 'istartswith' ? 'prefix' : operator === undefined || operator === 'exact' || operator === 'in' ? 'equality' : 'range',
    },
    // What else the query asks for may have found the few rows: other look-ups here, or filters before and behind.
    confidence: others.length > 0 || isRelated || isFilteredElsewhere(call) ? 'possible' : 'likely',
  };
}

function djangoWrapping(lookup: string, column: string): Pick<Facts, 'wrapping' | 'expression'> {
  if (lookup === 'iexact' || lookup === 'istartswith') return { wrapping: 'case', expression: `upper(${column.toLowerCase()})` };
  return { wrapping: lookup === 'date' ? 'day' : 'part' };
}

/** `~Q(email__iexact=x)` asks for all the others. */
function isNegated(call: PythonNode): boolean {
  return call.parent?.kind === 'UnaryExpression' || isAlternative(call);
}

/** `Q(a__iexact=x) | Q(b=y)`: an alternative is served by no index of its own. */
function isAlternative(call: PythonNode): boolean {
  for (let at = call.parent; at?.kind === 'BinaryExpression' || at?.kind === 'ParenthesizedExpression'; at = at.parent) {
    if (at.kind === 'BinaryExpression' && operatorOf(at) === '|') return true;
  }
  return false;
}

/** Another filter in the same chain, in front or behind. */
function isFilteredElsewhere(call: PythonNode): boolean {
  const isFilter = (node: PythonNode | undefined): boolean => /^(?:filter|exclude)$/.test(node?.calledName ?? '') && argumentsOf(node!).length > 0;
  for (let at = memberOf(calleeOf(call))?.object; at?.kind === 'CallExpression'; at = memberOf(calleeOf(at))?.object) if (isFilter(at)) return true;
  for (let at = outerCall(call); at !== undefined; at = outerCall(at)) if (isFilter(at)) return true;
  return call.calledName === 'Q';
}

/** `x.filter(...)` of which a call is the x. */
function outerCall(call: PythonNode): PythonNode | undefined {
  const member = call.parent;
  return member?.kind === 'MemberExpression' && member.parent?.kind === 'CallExpression' && calleeOf(member.parent) === member ? member.parent : undefined;
}

/** `.annotate(lower=Lower("email")).filter(lower=email)`. */
function djangoAnnotations(call: PythonNode, file: PythonFile): Match<Facts>[] {
  const member = memberOf(calleeOf(call));
  const table = member && queryTable(member.object, file);
  const filter = outerCall(call);
  if (table === undefined || filter === undefined || !FILTERS.has(filter.calledName)) return [];
  return argumentsOf(call).flatMap(({ name, value }) => {
    const wrapped = name === undefined ? undefined : databaseFunction(value, file);
    const isCompared = argumentsOf(filter).some((argument) => argument.name === name || argument.name?.startsWith(`${name}__`));
    if (wrapped === undefined || !isCompared) return [];
    const facts: Facts = { ...(table !== '' && { table }), ...wrapped, form: value.text, comparison: 'equality' };
    return [{ span: value, facts, confidence: isFilteredElsewhere(filter) ? 'possible' : 'likely' } satisfies Match<Facts>];
  });
}

/** `Lower("email")`, `TruncDate("created_at")` of django.db.models.functions. */
function databaseFunction(value: PythonNode, file: PythonFile): Pick<Facts, 'column' | 'wrapping' | 'expression'> | undefined {
  const [, name] = /^django\.db\.models\.functions(?:\.\w+)*\.(\w+)$/.exec(file.names.qualified(calleeOf(value)) ?? '') ?? [];
  const column = literalText(argumentAt(value, 0, 'expression'));
  if (name === undefined || column === undefined || column.includes('__')) return undefined;
  const wrapping: Wrapping | undefined = /^Trunc(?:Date|Day)$/.test(name) ? 'day' : /^(?:Trunc|Extract)/.test(name) ? 'part' : wrappingOfFunction(name.toLowerCase());
  if (wrapping === undefined) return undefined;
  const isIndexable = wrapping === 'case' || wrapping === 'function';
  return { column, wrapping, ...(isIndexable && { expression: `${name.toLowerCase()}(${column.toLowerCase()})` }) };
}

/** `func.lower(User.email) == email` as a condition of SQLAlchemy. */
function sqlAlchemyComparison(node: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const operator = operatorOf(node);
  if (!/^(?:==|<|>|<=|>=)$/.test(operator)) return undefined;
  const [left, right] = [unwrap(node.firstChild!), unwrap(node.lastChild!)];
  const wrapped = columnFunction(left, file) ?? columnFunction(right, file);
  if (wrapped === undefined || (columnFunction(left, file) && columnFunction(right, file))) return undefined;
  const place = filterAround(node);
  if (place === undefined) return undefined;
  return {
    span: node,
    facts: { ...wrapped, comparison: operator === '==' ? 'equality' : 'range' },
    confidence: place === 'among others' ? 'possible' : 'likely',
  };
}

/** `func.lower(User.email).in_(emails)`. */
function sqlAlchemyMembership(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const object = memberOf(calleeOf(call))?.object;
  const wrapped = object && columnFunction(object, file);
  const place = wrapped && filterAround(call);
  return wrapped && place && { span: call, facts: { ...wrapped, comparison: 'equality' }, confidence: place === 'among others' ? 'possible' : 'likely' };
}

/** `func.lower(User.email)`, `cast(User.id, String)`, `extract("month", Order.created_at)` over a mapped column. */
function columnFunction(node: PythonNode, file: PythonFile): Pick<Facts, 'table' | 'column' | 'form' | 'wrapping' | 'type' | 'expression'> | undefined {
  if (node.kind !== 'CallExpression') return undefined;
  const [, name] = /^sqlalchemy\b(?:.*\.)?(?:func\.(\w+)|cast|extract)$/.exec(file.names.qualified(calleeOf(node)) ?? '') ?? [undefined, undefined];
  const called = name?.toLowerCase() ?? node.calledName;
  if (!/^sqlalchemy\b/.test(file.names.qualified(calleeOf(node)) ?? '')) return undefined;
  const args = argumentsOf(node);
  const column = called === 'extract' || called === 'date_trunc' ? args[1]?.value : args[0]?.value;
  const member = column && memberOf(unwrap(column));
  const owner = member && file.valueOf(member.object);
  const wrapping: Wrapping | undefined = called === 'cast' ? 'cast' : wrappingOfFunction(called);
  if (member === undefined || owner?.kind !== 'model' || wrapping === undefined) return undefined;
  const isPlainCall = args.length === 1 && (wrapping === 'case' || wrapping === 'function');
  return {
    ...(owner.table !== undefined && { table: owner.table }),
    column: member.name,
    form: node.text,
    wrapping,
    ...(called === 'cast' && { type: sqlType(args[1]?.value) }),
    ...(isPlainCall && { expression: `${called}(${member.name.toLowerCase()})` }),
  };
}

const sqlType = (type: PythonNode | undefined): string => (/^(?:\w+\.)*(?:String|Text|Unicode\w*|VARCHAR|CHAR)\b/.test(type?.text ?? '') ? 'text' : (type?.text.toLowerCase() ?? ''));

/** Whether a condition is the only one that a query filters by, one among others, or none that must hold. */
function filterAround(condition: PythonNode): 'alone' | 'among others' | undefined {
  let at = condition;
  let isAmongOthers = false;
  for (let parent = at.parent; parent !== undefined; at = parent, parent = at.parent) {
    if (parent.kind === 'ParenthesizedExpression') continue;
    if (parent.kind === 'BinaryExpression') {
      if (operatorOf(parent) !== '&') return undefined;
      isAmongOthers = true;
      continue;
    }
    const call = parent.kind === 'ArgList' ? parent.parent : undefined;
    if (call === undefined) return undefined;
    if (argumentsOf(call).length > 1) isAmongOthers = true;
    if (call.calledName === 'and_') {
      at = call;
      parent = call;
      continue;
    }
    if (!/^(?:filter|where|one_or_none_by)$/.test(call.calledName)) return undefined;
    return isAmongOthers || isFilteredBefore(call) ? 'among others' : 'alone';
  }
  return undefined;
}

function isFilteredBefore(call: PythonNode): boolean {
  for (let at = memberOf(calleeOf(call))?.object; at?.kind === 'CallExpression'; at = memberOf(calleeOf(at))?.object) {
    if (/^(?:filter|filter_by|where|join)$/.test(at.calledName)) return true;
  }
  const outer = outerCall(call);
  return outer !== undefined && /^(?:filter|filter_by|where)$/.test(outer.calledName);
}
