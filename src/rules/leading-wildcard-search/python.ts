import type { Match } from '../../core/rule';
import { argumentAt, argumentsOf, calleeOf, itemsOf, memberOf, shorten, unwrap, type Argument } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { STATEMENT_NAMES, literalBehind } from '../../syntax/python/data/sqlText';
import { stringPieces } from '../../syntax/python/strings';
import { conditionTable, queryTable } from '../../syntax/python/data/djangoTables';
import { isSmallTable } from '../boundedPython';
import type { PythonMatcher } from '../matchers';
import { boundLike } from './boundLike';
import type { Facts } from './rule';

/** Django look-ups that compare from anywhere. `contains` alone also asks arrays and JSON, so it needs a text. */
const LOOKUPS = /^(.+)__(icontains|iendswith|endswith|contains)$/;
const FILTERS: ReadonlySet<string> = new Set(['filter', 'exclude', 'get', 'aget', 'Q']);
const COLUMN_METHODS: ReadonlySet<string> = new Set([
  'like', 'ilike', 'notlike', 'notilike', 'not_like', 'not_ilike', 'contains', 'icontains', 'endswith', 'iendswith',
]);
const SQLALCHEMY = ['sqlalchemy', 'flask_sqlalchemy', 'sqlmodel', 'flask'] as const;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],

  find(call, file) {
    return djangoLookup(call, file) ?? columnMethod(call, file) ?? boundPattern(call, file);
  },
};

/** `Product.objects.filter(name__icontains=term)` and `Q(name__icontains=term)`. */
function djangoLookup(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const found = textLookup(call, file);
  const table = found && (memberOf(calleeOf(call)) ? queryTable(memberOf(calleeOf(call))!.object, file) : conditionTable(call, file));
  if (found === undefined || table === undefined || isSmallTable(table)) return undefined;
  // A filter speaks for the conditions inside it, which stand after it.
  if (!isFirstInStatement(call, (each) => textLookup(each, file) !== undefined)) return undefined;
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
    // A search box of which the table is not known may go over a handful of rows.
    confidence: table === '' ? 'possible' : 'likely',
  };
}

function textLookup(call: PythonNode, file: PythonFile): Argument | undefined {
  if (!FILTERS.has(call.calledName)) return undefined;
  return argumentsOf(call).find((argument) => isTextLookup(argument, file));
}

function isTextLookup({ name, value }: Argument, file: PythonFile): boolean {
  const lookup = name === undefined ? null : LOOKUPS.exec(name);
  if (lookup === null) return false;
  return lookup[2] !== 'contains' || file.valueOf(value)?.kind === 'str';
}

/** `Product.name.ilike(f"%{term}%")`, `Product.name.contains(term)` of SQLAlchemy. */
function columnMethod(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const member = COLUMN_METHODS.has(call.calledName) ? memberOf(calleeOf(call)) : undefined;
  if (member === undefined) return undefined;
  const column = searchedColumn(call, file);
  const pattern = argumentAt(call, 0);
  if (column === undefined || pattern === undefined || !isFirstInStatement(call, (each) => searchedColumn(each, file) !== undefined)) return undefined;
  const isPattern = member.name.endsWith('like');
  const operator = isPattern ? member.name.toUpperCase().replace(/^NOT_?/, 'NOT ') : member.name;
  return { span: call, facts: { ...column, operator, pattern: shorten(pattern.text, 40) } };
}

function searchedColumn(call: PythonNode, file: PythonFile): { table?: string; column: string } | undefined {
  const member = memberOf(calleeOf(call));
  const pattern = argumentAt(call, 0);
  if (member === undefined || pattern === undefined || !COLUMN_METHODS.has(member.name)) return undefined;
  const isSearch = member.name.endsWith('like') ? beginsWithWildcard(pattern, file) : isText(pattern, member.name, file);
  return isSearch ? columnOf(member.object, file) : undefined;
}

/** `execute("... WHERE name LIKE %s", (f"%{term}%",))`: the statement compares with a parameter, and this is its value. */
function boundPattern(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  if (!STATEMENT_NAMES.has(call.calledName) || file.dataAccess(call)?.kind !== 'query') return undefined;
  const [sql, ...rest] = argumentsOf(call);
  const literal = sql && literalBehind(sql.value, file);
  const [statement] = literal ? file.sql(literal) : [];
  const compared = statement && boundLike(statement.text);
  const bound = compared && rest.map((argument) => searchIn(argument.value, file)).find((pattern) => pattern !== undefined);
  if (!compared || bound === undefined) return undefined;
  const table = statement.queries[0]?.fact.tables[0];
  return {
    span: call.contains(bound) ? bound : call,
    facts: { table, ...compared, pattern: shorten(literalBehind(bound, file)!.text, 40) },
    size: table ? { kind: 'table', name: table } : undefined,
  };
}

function searchIn(argument: PythonNode, file: PythonFile): PythonNode | undefined {
  return valuesIn(argument, file).find((value) => isWildcardSearch(value, file));
}

/** The values that a parameter argument binds: the items of a list or tuple, the values of a dictionary, the argument itself. */
function valuesIn(argument: PythonNode, file: PythonFile): readonly PythonNode[] {
  const node = displayBehind(unwrap(argument), file);
  if (node.kind === 'TupleExpression' || node.kind === 'ArrayExpression') return itemsOf(node) ?? [];
  if (node.kind === 'DictionaryExpression') return node.children.filter((child) => child.previous?.kind === ':');
  return node.kind === 'CallExpression' && file.names.qualified(calleeOf(node)) === 'builtins.dict' ? argumentsOf(node).map(({ value }) => value) : [node];
}

/** The display that a name was given, where that happens once: `params = {"term": ...}`. */
function displayBehind(node: PythonNode, file: PythonFile): PythonNode {
  const bindings = node.kind === 'VariableName' ? file.scopes.resolve(node.text, node)?.bindings : undefined;
  const value = bindings?.length === 1 && bindings[0]!.kind === 'assignment' ? bindings[0]!.value : undefined;
  return value && /^(?:Tuple|Array|Dictionary)Expression$/.test(value.kind) ? value : node;
}

/** A text that begins with % and has something else to look for. */
function isWildcardSearch(value: PythonNode, file: PythonFile): boolean {
  const literal = literalBehind(value, file);
  const pieces = (literal && stringPieces(literal)) ?? [];
  const [first] = pieces;
  return first?.kind === 'text' && first.text.startsWith('%') && pieces.some((piece) => piece.kind === 'hole' || /[^%]/.test(piece.text));
}

/** One finding for a search over several columns: `or_(a.ilike(term), b.ilike(term))`, `Q(...) | Q(...)`. */
function isFirstInStatement(call: PythonNode, isSearch: (call: PythonNode) => boolean): boolean {
  const statement = call.closest('AssignStatement', 'ExpressionStatement', 'ReturnStatement', 'UpdateStatement', 'IfStatement', 'ForStatement');
  const first = statement?.descendants('CallExpression').find(isSearch);
  return first === undefined || first === call;
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
