import { argumentAt, argumentsOf, calleeOf, memberOf, operatorOf, subscriptOf, unwrap } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { literalBehind } from '../../syntax/python/data/sqlText';
import { stringPieces } from '../../syntax/python/strings';
import { isBounded, isSelectiveColumn } from './bounded';

/** What is known of how many rows a cursor's statement returns. */
export function isBoundedStatement(call: PythonNode, cursor: PythonNode, file: PythonFile): 'bounded' | 'unbounded' | 'unknown' {
  const literal = literalOf(call, cursor, file);
  if (literal === undefined) return 'unknown';
  const text = (stringPieces(literal) ?? []).map((piece) => (piece.kind === 'text' ? piece.text : ' ? ')).join('');
  const [statement] = file.sql(literal);
  if (isBounded(statement?.queries[0]?.fact, text)) return 'bounded';
  return statement === undefined ? 'unknown' : 'unbounded';
}

/** The function is handed the statement, so that anything may come back: a runner of other people's queries. */
export function isGivenStatement(call: PythonNode, cursor: PythonNode, file: PythonFile): boolean {
  const argument = executedArgument(call, cursor);
  const bindings = argument?.kind === 'VariableName' ? file.scopes.resolve(argument.text, argument)?.bindings : undefined;
  return bindings?.some(({ kind }) => kind === 'parameter') === true;
}

export function tableRead(call: PythonNode, cursor: PythonNode, file: PythonFile): string | undefined {
  const literal = literalOf(call, cursor, file);
  return literal && file.sql(literal)[0]?.queries[0]?.fact.tables[0];
}

function literalOf(call: PythonNode, cursor: PythonNode, file: PythonFile): PythonNode | undefined {
  const argument = executedArgument(call, cursor);
  return argument && literalBehind(argument, file);
}

/** The statement that a cursor executed last before `call`. */
function executedArgument(call: PythonNode, cursor: PythonNode): PythonNode | undefined {
  const execute = unwrap(cursor).kind === 'AwaitExpression' ? unwrap(cursor).lastChild! : unwrap(cursor);
  const statement = execute.calledName === 'execute' ? execute : lastExecute(call, cursor);
  return statement && (argumentAt(statement, 0) ?? argumentAt(statement, 0, 'query'));
}

function lastExecute(call: PythonNode, cursor: PythonNode): PythonNode | undefined {
  const around = call.closest('FunctionDefinition') ?? call.tree.root;
  return around.descendants('CallExpression').findLast((each) => each.start < call.start && each.calledName === 'execute' && memberOf(calleeOf(each))?.object.text === cursor.text);
}

/** Whether a query of an ORM is cut off, or asks for what belongs to one thing. */
export function isBoundedQuery(query: PythonNode, file: PythonFile): boolean {
  for (let at: PythonNode | undefined = unwrap(query); at !== undefined; ) {
    const sliced = subscriptOf(at);
    if (sliced !== undefined) return true;
    if (at.kind === 'CallExpression') {
      if (/^(?:limit|get|first|distinct|slice|aggregate|group_by|raw|in_bulk)$/.test(at.calledName)) return true;
      if (/^(?:filter|filter_by|where|find|exclude)$/.test(at.calledName) && argumentsOf(at).some(({ name, value }) => isSelective(name, value, file))) return true;
      at = memberOf(calleeOf(at))?.object;
    } else if (at.kind === 'VariableName') {
      const bindings = file.scopes.resolve(at.text, at)?.bindings ?? [];
      const value = bindings.length === 1 && bindings[0]!.kind === 'assignment' ? bindings[0]!.value : undefined;
      // A query that comes from elsewhere may be filtered there.
      const isSource = /^(?:session|engine|model|class|documents)$/.test(file.valueOf(at)?.kind ?? '');
      if (value === undefined && !isSource && bindings.some(({ kind }) => kind !== 'class' && kind !== 'import')) return true;
      at = value;
    } else {
      at = memberOf(at)?.object;
    }
  }
  return false;
}

/** `owner=user`, `id__in=ids`, `Order.user_id == user.id`: it asks for what belongs to one thing. What cannot be read counts too. */
function isSelective(name: string | undefined, value: PythonNode, file: PythonFile): boolean {
  if (name !== undefined) {
    if (/__in$/.test(name)) return true;
    return !/__(?:lt|lte|gt|gte|isnull|date|year|month|range|ne|startswith|contains|icontains)$/.test(name) && !isConstant(value, file);
  }
  if (value.kind === 'DictionaryExpression') return value.descendants('String').some((key) => key.next?.kind === ':' && isSelectiveColumn(key.text.slice(1, -1)));
  if (value.kind !== 'BinaryExpression') return value.kind !== 'UnaryExpression';
  return operatorOf(value) === '==' && !isConstant(value.lastChild!, file);
}

/** `True`, `"paid"`, `Status.PAID`: many rows may share it. */
function isConstant(value: PythonNode, file: PythonFile): boolean {
  if (/^(?:Boolean|None|String|Number)$/.test(value.kind)) return true;
  const last = memberOf(value)?.name ?? value.text;
  return /^[A-Z][A-Z0-9_]*$/.test(last) || (memberOf(value) !== undefined && file.valueOf(memberOf(value)!.object)?.kind === 'class');
}
