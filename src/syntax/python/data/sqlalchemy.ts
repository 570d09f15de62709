import { argumentAt, argumentsOf, dottedName, memberOf, type Member } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import type { Value } from '../values';
import type { DataAccess } from './access';
import { isEvaluated } from './evaluation';
import { loadedBy, MORE_RELATIONS } from './loading';

const LAZY = new Set([
  'filter', 'filter_by', 'where', 'join', 'outerjoin', 'order_by', 'options', 'limit', 'offset', 'distinct', 'group_by', 'having', 'with_entities',
  'execution_options', 'select_from', 'add_columns', 'add_entity', 'slice', 'union', 'union_all', 'except_', 'intersect', 'with_for_update',
  'yield_per', 'populate_existing', 'enable_eagerloads', 'correlate', 'reset_joinpoint', 'query',
]);
const ROW = new Set(['get', 'first', 'one', 'one_or_none', 'get_or_404', 'first_or_404', 'one_or_404']);
const READS = new Set([...ROW, 'all', 'count', 'scalar', 'paginate']);
const SESSION_READS = new Set(['execute', 'scalars', 'scalar', 'get', 'get_one', 'refresh', 'stream', 'stream_scalars', 'exec']);
const STATEMENT_METHODS = new Set([...LAZY, 'values', 'returning', 'on_conflict_do_update', 'on_conflict_do_nothing', 'on_duplicate_key_update', 'from_select']);
const SESSION_WRITES = new Set(['commit', 'flush', 'bulk_save_objects', 'bulk_insert_mappings', 'bulk_update_mappings']);
/** `Model.query` chains of Flask-SQLAlchemy: evidence enough behind a class. */
const QUERY_METHODS = new Set([...LAZY, ...READS]);

/** The names of every method that may be a read or write of SQLAlchemy. */
export const SQLALCHEMY_NAMES: ReadonlySet<string> = new Set([...QUERY_METHODS, ...SESSION_READS, ...SESSION_WRITES, 'executemany', 'delete', 'update']);

/** `Order.query` of Flask-SQLAlchemy, and any `x.session` or `db.session` whose use is a session's. */
function shapedOwner(object: PythonNode, name: string, file: PythonFile): Value | undefined {
  const member = memberOf(object);
  if (member === undefined || !file.imports(...FAMILY)) {
    return member?.name === 'query' ? modelQuery(member, name, file) : undefined;
  }
  if (member.name === 'session' && (SESSION_WRITES.has(name) || SESSION_READS.has(name) || name === 'query')) {
    return dottedName(member.object) === undefined ? undefined : { kind: 'session', library: 'sqlalchemy' };
  }
  return member.name === 'query' ? modelQuery(member, name, file) : undefined;
}

const FAMILY = ['sqlalchemy', 'flask_sqlalchemy', 'sqlmodel', 'flask'] as const;

function modelQuery({ object }: Member, name: string, file: PythonFile): Value | undefined {
  const dotted = dottedName(object);
  const last = dotted?.slice(dotted.lastIndexOf('.') + 1);
  if (last === undefined || !/^[A-Z]\w*[a-z]/.test(last) || !QUERY_METHODS.has(name)) return undefined;
  const reference = file.names.reference(object);
  return { kind: 'queryset', library: 'sqlalchemy', table: last, reference, eager: [], element: { kind: 'record', library: 'sqlalchemy', table: last, reference, eager: [] } };
}

function ownerOf(member: Member, known: Value | undefined, file: PythonFile): Value | undefined {
  const owner = known ?? shapedOwner(member.object, member.name, file);
  return owner?.library === 'sqlalchemy' ? owner : undefined;
}

/** What a session, query or statement method yields. */
export function sqlAlchemyMethod(known: Value | undefined, member: Member, call: PythonNode, file: PythonFile): Value | undefined {
  const owner = ownerOf(member, known, file);
  if (owner === undefined) return undefined;
  const { name } = member;
  switch (owner.kind) {
    case 'session':
      if (name === 'query') return { kind: 'queryset', library: 'sqlalchemy', ...selectedModel(call, file) };
      if (name === 'begin' || name === 'begin_nested') return owner;
      if (name === 'connection') return { ...owner, kind: 'connection' };
      if (/^(?:get|get_one)$/.test(name)) return { kind: 'record', library: 'sqlalchemy', ...selectedModel(call, file), element: undefined };
      return executed(name, call, file);
    case 'engine':
      return /^(?:connect|begin|raw_connection)$/.test(name) ? { ...owner, kind: 'connection' } : undefined;
    case 'statement':
      return STATEMENT_METHODS.has(name) ? loading(owner, name, call) : undefined;
    case 'queryset':
    case 'manager':
      if (LAZY.has(name)) return { ...loading(owner, name, call), kind: 'queryset' };
      if (name === 'all') return { kind: 'list', element: rowOf(owner) };
      return ROW.has(name) ? rowOf(owner) : undefined;
    case 'iterator':
      return resultMethod(owner, name);
    default:
      return undefined;
  }
}

/** The query or statement with what its options read along. */
function loading(owner: Value, method: string, call: PythonNode): Value {
  if (method === 'with_entities' || method === 'with_only_columns') return { ...owner, element: undefined };
  const loaded = loadedBy(method, call);
  if (loaded.length === 0) return owner;
  const eager = [...(owner.eager ?? [MORE_RELATIONS]), ...loaded];
  return { ...owner, eager, element: owner.element && { ...owner.element, eager } };
}

/** A row of a query: an instance of the model, unless columns were selected. */
const rowOf = ({ element }: Value): Value => element ?? { kind: 'tuple' };

/** The result of `session.scalars(statement)` and `session.execute(statement)`, which yields rows of one item. */
function executed(name: string, call: PythonNode, file: PythonFile): Value | undefined {
  const statement = /^(?:scalars?|stream_scalars|execute|stream)$/.test(name) ? statementOf(call, file) : undefined;
  const row = statement?.verb === 'select' ? statement.element : undefined;
  if (row === undefined) return undefined;
  if (name === 'scalar') return row;
  return { kind: 'iterator', library: 'sqlalchemy', element: name.endsWith('scalars') ? row : { kind: 'tuple', element: row } };
}

function resultMethod(result: Value, name: string): Value | undefined {
  const { element } = result;
  const row = element?.kind === 'tuple' ? element.element : element;
  if (name === 'scalars' || name === 'unique' || name === 'partitions') return { ...result, element: name === 'scalars' ? row : element };
  if (name === 'all' || name === 'fetchall') return { kind: 'list', element };
  if (/^(?:first|one|one_or_none)$/.test(name)) return element;
  return /^scalar(?:_one(?:_or_none)?)?$/.test(name) ? row : undefined;
}

/** A read or write through SQLAlchemy's session, query or connection. */
export function sqlAlchemyAccess(call: PythonNode, member: Member, file: PythonFile): DataAccess | undefined {
  const { name } = member;
  if (!SQLALCHEMY_NAMES.has(name)) return undefined;
  const isStatement = SESSION_READS.has(name) || name === 'executemany';
  const owner = ownerOf(member, file.valueOf(member.object), file);
  if (owner?.kind === 'session' || owner?.kind === 'connection') return sessionAccess(call, name, owner, file);
  if (owner?.kind === 'queryset' || owner?.kind === 'manager') return queryAccess(call, name, owner, file);
  const statement = isStatement ? statementOf(call, file) : undefined;
  return statement && statementEffect(statement, name);
}

function sessionAccess(call: PythonNode, name: string, owner: Value, file: PythonFile): DataAccess | undefined {
  if (owner.kind === 'session' && SESSION_WRITES.has(name)) return { kind: 'write', library: 'sqlalchemy', verb: name };
  if (owner.kind === 'session' && /^(?:get|get_one|refresh)$/.test(name)) {
    return { kind: 'query', library: 'sqlalchemy', verb: name, table: modelName(call, file) };
  }
  const statement = SESSION_READS.has(name) ? statementOf(call, file) : undefined;
  return statement && statementEffect(statement, name);
}

function queryAccess(call: PythonNode, name: string, { table }: Value, file: PythonFile): DataAccess | undefined {
  if (READS.has(name)) return { kind: 'query', library: 'sqlalchemy', table, verb: name };
  if (name === 'delete' || name === 'update') return { kind: 'write', library: 'sqlalchemy', table, verb: name };
  return LAZY.has(name) && isEvaluated(call, file) ? { kind: 'query', library: 'sqlalchemy', table, verb: name } : undefined;
}

/** The select(), insert() or text() that is executed, itself or through a name. */
function statementOf(call: PythonNode, file: PythonFile): Value | undefined {
  const argument = argumentAt(call, 0, 'statement');
  const value = argument && file.valueOf(argument);
  return value?.kind === 'statement' ? value : undefined;
}

function statementEffect({ verb, table }: Value, name: string): DataAccess | undefined {
  // text() is classified by the SQL it holds.
  if (verb === undefined) return undefined;
  return { kind: verb === 'select' ? 'query' : 'write', library: 'sqlalchemy', table, verb: name };
}

/** The model of a query or statement; whole rows of it are its items where the class itself was selected. */
export function selectedModel(call: PythonNode, file: PythonFile): Pick<Value, 'table' | 'reference' | 'element' | 'eager'> {
  const args = argumentsOf(call);
  const first = args[0]?.value;
  const model = first && file.valueOf(first);
  const table = modelName(call, file);
  const reference = model?.reference ?? (memberOf(first) ? file.valueOf(memberOf(first)!.object)?.reference : undefined);
  const isEntity = args.length === 1 && (model?.kind === 'model' || model?.kind === 'class');
  return { table, reference, eager: [], element: isEntity ? { kind: 'record', library: 'sqlalchemy', table, reference, eager: [] } : undefined };
}

/** The model that the first argument names: `Order` of `select(Order)`, `query(Order.id)`, `get(Order, 1)`. */
export function modelName(call: PythonNode, file: PythonFile): string | undefined {
  const first = argumentsOf(call)[0]?.value;
  if (first === undefined) return undefined;
  const owner = memberOf(first)?.object ?? first;
  const table = file.valueOf(owner)?.table ?? file.valueOf(first)?.table;
  if (table !== undefined) return table;
  const dotted = dottedName(first);
  return dotted?.split('.').find((part) => /^[A-Z]\w*[a-z]/.test(part));
}
