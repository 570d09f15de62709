import { argumentsOf, dottedName, memberOf, type Member } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import type { Value } from '../values';
import type { DataAccess } from './access';
import { isEvaluated } from './evaluation';
import { loadedBy, MORE_RELATIONS } from './loading';

const LAZY = new Set([
  'all', 'filter', 'exclude', 'order_by', 'annotate', 'alias', 'values', 'values_list', 'distinct', 'select_related', 'prefetch_related',
  'only', 'defer', 'reverse', 'using', 'union', 'intersection', 'difference', 'select_for_update', 'extra', 'raw', 'dates', 'datetimes',
  'iterator', 'aiterator', 'get_queryset', 'complex_filter',
]);
/** They read one row. */
const ROW = new Set(['get', 'first', 'last', 'latest', 'earliest', 'create', 'aget', 'afirst', 'alast', 'alatest', 'aearliest', 'acreate']);
const READS = new Set([...ROW, 'count', 'exists', 'aggregate', 'in_bulk', 'explain', 'acount', 'aexists', 'aaggregate', 'ain_bulk'].filter((name) => !/create/.test(name)));
const WRITES = new Set([
  'create', 'get_or_create', 'update_or_create', 'bulk_create', 'bulk_update', 'update', 'delete',
  'acreate', 'aget_or_create', 'aupdate_or_create', 'abulk_create', 'abulk_update', 'aupdate', 'adelete',
]);
const RECORD_WRITES = new Set(['save', 'delete', 'asave', 'adelete']);
/** A related manager adds rows of its own. */
const RELATION_WRITES = new Set([...WRITES, 'add', 'remove', 'set', 'clear']);
/** What a prefetched relation answers from memory. */
const FROM_PREFETCH = new Set(['all', 'count', 'exists', 'iterator']);
/** Methods that only a Django query set has, so that the method is evidence in a file that imports Django. */
const TELLING = new Set(['select_related', 'prefetch_related', 'values_list', 'select_for_update']);

const SHORTCUT = /^django\.shortcuts\.a?get_(?:object|list)_or_404$/;
const SHORTCUTS = ['get_object_or_404', 'get_list_or_404', 'aget_object_or_404', 'aget_list_or_404'] as const;

/** The names of every method and function that may be a read or write of Django's ORM. */
export const DJANGO_NAMES: ReadonlySet<string> = new Set([...LAZY, ...READS, ...RELATION_WRITES, ...RECORD_WRITES, ...SHORTCUTS]);

/** `Order.objects`, `models.Order.objects`, `self.model.objects`: the attribute and a class in front of it. */
export function managerOf(node: PythonNode, file: PythonFile): Value | undefined {
  const member = memberOf(node);
  if (member === undefined || !/^(?:objects|_default_manager|_base_manager)$/.test(member.name)) return undefined;
  const owner = file.valueOf(member.object);
  if (owner?.kind === 'model' && owner.library === 'django') return { ...owner, kind: 'manager', eager: [] };
  const dotted = dottedName(member.object);
  if (dotted === undefined) return undefined;
  const last = dotted.slice(dotted.lastIndexOf('.') + 1);
  const isOwn = /^(?:cls|self\.model|self\.__class__)$/.test(dotted);
  if (!isOwn && !/^[A-Z]\w*[a-z]/.test(last)) return undefined;
  const reference = owner?.reference ?? (isOwn ? undefined : file.names.reference(member.object));
  return { kind: 'manager', library: 'django', table: isOwn ? undefined : last, reference, eager: [] };
}

/** What a query set or manager method yields. */
export function djangoMethod(owner: Value | undefined, { object, name }: Member, call: PythonNode, file: PythonFile): Value | undefined {
  if (owner === undefined) return isTelling(object, name, call, file) ? querySet({ kind: 'queryset', library: 'django' }, name, call) : undefined;
  if (owner.library !== 'django') return undefined;
  if (owner.kind === 'manager' || owner.kind === 'queryset' || owner.kind === 'relation') {
    if (LAZY.has(name)) return querySet(owner, name, call);
    if (ROW.has(name)) return recordOf(owner);
  }
  return undefined;
}

function querySet(owner: Value, method: string, call: PythonNode): Value {
  const isPrefetched = owner.isPrefetched || method === 'prefetch_related' || undefined;
  const isRecords = !/^(?:values|values_list|dates|datetimes)$/.test(method) && (owner.kind !== 'queryset' || owner.element !== undefined || owner.table === undefined);
  const loaded = loadedBy(method, call);
  const eager = [...(owner.eager ?? [MORE_RELATIONS]), ...loaded];
  const rows: Value = { ...owner, kind: 'queryset', library: 'django', isPrefetched, eager };
  return { ...rows, element: isRecords ? recordOf(rows) : undefined };
}

/** One row of a query set or manager. */
const recordOf = ({ table, reference, through, isPrefetched, eager }: Value): Value => ({ kind: 'record', library: 'django', table, reference, through, isPrefetched, eager });

/** In a file that imports Django, `order.lines.all()` and chains with methods of query sets alone. */
function isTelling(object: PythonNode, name: string, call: PythonNode, file: PythonFile): boolean {
  if (!file.imports('django') || file.imports('sqlalchemy', 'flask_sqlalchemy')) return false;
  if (TELLING.has(name)) return true;
  return name === 'all' && memberOf(object) !== undefined && argumentsOf(call).length === 0;
}

/** A read or write through Django's ORM. Lazy query sets count where they are evaluated on the spot. */
export function djangoAccess(call: PythonNode, member: Member | undefined, file: PythonFile): DataAccess | undefined {
  if (member === undefined) return shortcutAccess(call, file);
  const { name } = member;
  if (!DJANGO_NAMES.has(name)) return undefined;
  const owner = file.valueOf(member.object);
  const found = (kind: DataAccess['kind']): DataAccess => ({ kind, library: 'django', table: owner?.table, verb: name });
  if (owner?.kind === 'record' && owner.library === 'django') return RECORD_WRITES.has(name) ? found('write') : undefined;
  const result = LAZY.has(name) ? file.valueOf(call) : undefined;
  if (result?.kind === 'queryset' && result.library === 'django') {
    if (owner?.kind === 'relation' && owner.isPrefetched && FROM_PREFETCH.has(name)) return undefined;
    return isEvaluated(call, file) ? { ...found('query'), relation: readRelation(member, owner) } : undefined;
  }
  if (owner?.library !== 'django' || (owner.kind !== 'manager' && owner.kind !== 'queryset' && owner.kind !== 'relation')) return undefined;
  if (owner.kind === 'relation') return relationAccess(call, member, owner, found);
  if (WRITES.has(name)) return found('write');
  return READS.has(name) ? found('query') : undefined;
}

/** `row.lines.all()` is answered from memory where whoever made the query of the rows asked for the lines. */
function readRelation({ object, name }: Member, owner: Value | undefined): string | undefined {
  const isOpen = owner === undefined || (owner.kind === 'relation' && (owner.eager?.includes(MORE_RELATIONS) ?? true));
  return isOpen && FROM_PREFETCH.has(name) ? memberOf(object)?.name : undefined;
}

/** An attribute of a record may be any value; only calls that fit a related manager and little else count. */
function relationAccess(call: PythonNode, { name, object }: Member, owner: Value, found: (kind: DataAccess['kind']) => DataAccess): DataAccess | undefined {
  const isManager = memberOf(object)?.name.endsWith('_set') === true;
  const args = argumentsOf(call);
  if (owner.isPrefetched && FROM_PREFETCH.has(name)) return undefined;
  if (isManager && RELATION_WRITES.has(name)) return found('write');
  if (/^a?(?:create|get_or_create|update_or_create|bulk_create)$/.test(name)) return found('write');
  if (/^a?(?:count|exists|first|last)$/.test(name)) return args.length === 0 ? { ...found('query'), relation: readRelation({ object, name }, owner) } : undefined;
  const isKeyed = args.length > 0 && args.every((argument) => argument.name !== undefined);
  return READS.has(name) && (isManager || isKeyed) ? found('query') : undefined;
}

/** A row, or a list of them, of `get_object_or_404(Order, pk=1)` and its kin. */
export function shortcutValue(qualified: string | undefined, call: PythonNode, file: PythonFile): Value | undefined {
  if (qualified === undefined || !SHORTCUT.test(qualified)) return undefined;
  const source = argumentsOf(call)[0]?.value;
  const value = source && file.valueOf(source);
  if (value === undefined || !/^(?:model|class|manager|queryset)$/.test(value.kind)) return undefined;
  const record: Value = { kind: 'record', library: 'django', table: value.table, reference: value.reference, through: value.through, eager: value.kind === 'queryset' ? value.eager : [] };
  return qualified.includes('_list_') ? { kind: 'list', element: record } : record;
}

function shortcutAccess(call: PythonNode, file: PythonFile): DataAccess | undefined {
  const qualified = file.names.qualified(call.firstChild);
  if (qualified === undefined || !SHORTCUT.test(qualified)) return undefined;
  const source = argumentsOf(call)[0]?.value;
  const value = source && file.valueOf(source);
  return { kind: 'query', library: 'django', table: value?.table ?? (source && /^[A-Z]\w*$/.test(source.text) ? source.text : undefined), verb: qualified.slice(17) };
}
