import type { ModelField, ModelRelation } from '../../../core/models';
import { argumentsOf, calleeOf, dottedName, keywordArgument, memberOf, subscriptOf } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import { literalText } from '../strings';
import { modelReference } from './references';

const COLUMN = /^(?:Column|mapped_column|Field)$/;
const RELATION = /^(?:relationship|dynamic_loader|Relationship)$/;

/** By the end of the type's name; the first that fits. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/bool/i, 'boolean'],
  [/ARRAY$/, 'text[]'],
  [/TSVector/i, 'tsvector'],
  [/JSON|HSTORE|Pydantic|Dict/i, 'json'],
  [/Binary|BLOB|BYTEA/i, 'blob'],
  [/Enum|Literal/i, 'choice'],
  [/UUID|GUID/i, 'uuid'],
  [/date|time|interval/i, 'timestamp'],
  [/int|numeric|float|decimal|serial/i, 'integer'],
  [/text$/i, 'text'],
  [/str|char|url|email|slug/i, 'varchar'],
];

/** The last name of what a call calls: "Column" of `sa.Column(...)`. */
export function calledKind(call: PythonNode | undefined): string {
  const callee = call && dottedName(calleeOf(call));
  return callee === undefined ? '' : callee.slice(callee.lastIndexOf('.') + 1);
}

/**
 * The column or relation that an attribute of a mapped class declares.
 * @param annotation the attribute's annotation, whose `Mapped[...]` tells what a value leaves out
 */
export function sqlAlchemyField(name: string, value: PythonNode | undefined, annotation: PythonNode | undefined, file: PythonFile): ModelField | undefined {
  const kind = calledKind(value);
  if (RELATION.test(kind)) return relationField(name, value!, annotation, file);
  if (COLUMN.test(kind)) return columnField(name, value!, annotation, file);
  if (kind === 'primary_key') return { name, type: 'integer', nullable: false, isPrimary: true };
  const mapped = annotation && mappedType(annotation);
  if (mapped === undefined || (value !== undefined && kind !== '')) return undefined;
  return { name, type: typeNamed(mapped), nullable: isOptional(mapped) };
}

/** The column of `Column("name", Integer, ForeignKey("t.id"), index=True)`; a Table's columns bring their own names. */
export function columnField(name: string, call: PythonNode, annotation: PythonNode | undefined, file: PythonFile): ModelField {
  const positional = argumentsOf(call).filter((argument) => argument.name === undefined && argument.unpacks === undefined);
  const column = literalText(positional[0]?.value);
  const key = positional.find(({ value }) => calledKind(value) === 'ForeignKey')?.value;
  const referred = key ? literalText(argumentsOf(key)[0]?.value) : literalText(keywordArgument(call, 'foreign_key'));
  const type = positional.find(({ value }) => literalText(value) === undefined && !/^(?:ForeignKey|Identity|Computed|Sequence|CheckConstraint)$/.test(calledKind(value)))?.value;
  const mapped = annotation && mappedType(annotation);
  const is = (keyword: string): boolean => keywordArgument(call, keyword)?.text === 'True';
  return {
    name,
    column: column ?? literalText(keywordArgument(call, 'name')),
    type: type ? typeNamed(calledKind(type) || type.text) : mapped ? typeNamed(mapped) : referred ? 'integer' : 'other',
    nullable: !is('primary_key') && keywordArgument(call, 'nullable')?.text !== 'False' && (mapped === undefined || isOptional(mapped)),
    isPrimary: is('primary_key') || undefined,
    isUnique: is('unique') || undefined,
    isIndexed: is('index') || undefined,
    references: referenceOf(referred) ?? (key && attributeReference(key, file)),
  };
}

function referenceOf(target: string | undefined): ModelField['references'] {
  const parts = target?.split('.') ?? [];
  const column = parts.pop();
  const table = parts.pop();
  return table !== undefined && column !== undefined ? { table, column } : undefined;
}

/** `ForeignKey(Order.id)` names a class, which the workspace finds like a table. */
function attributeReference(key: PythonNode, file: PythonFile): ModelField['references'] {
  const member = memberOf(argumentsOf(key)[0]?.value);
  const model = member && modelReference(member.object, file);
  return model && { table: model.name, column: member!.name };
}

function relationField(name: string, call: PythonNode, annotation: PythonNode | undefined, file: PythonFile): ModelField {
  const mapped = annotation && mappedType(annotation);
  const target = argumentsOf(call).find((argument) => argument.name === undefined)?.value ?? keywordArgument(call, 'argument');
  const named = mapped && /["']?(\w+)["']?\W*(?:None\W*)?$/.exec(mapped.replace(/\|\s*None/, ''))?.[1];
  const relation: ModelRelation = {
    kind: relationKind(call, mapped),
    target: target ? modelReference(target, file) : named ? { name: named } : undefined,
    holdsKey: false,
    reverse: backrefOf(call),
    via: keysOf(call),
    loading: loadingOf(literalText(keywordArgument(call, 'lazy')) ?? keywordArgument(call, 'lazy')?.text),
  };
  return { name, type: 'relation', nullable: true, relation };
}

function relationKind(call: PythonNode, mapped: string | undefined): ModelRelation['kind'] {
  if (keywordArgument(call, 'uselist')?.text === 'False') return 'one';
  if (keywordArgument(call, 'secondary') !== undefined || /^(?:list|List|set|Set|Sequence|Collection)\b/.test(mapped ?? '')) return 'many';
  return mapped === undefined ? undefined : 'one';
}

/** `backref="orders"` and `backref=backref("orders", ...)` give the target a relation of its own. */
function backrefOf(call: PythonNode): string {
  const backref = keywordArgument(call, 'backref');
  const inner = backref && calledKind(backref) === 'backref' ? argumentsOf(backref)[0]?.value : backref;
  return literalText(inner) ?? '';
}

/** The key columns of `foreign_keys=[owner_id]`, `foreign_keys="Order.owner_id"`. */
function keysOf(call: PythonNode): readonly string[] | undefined {
  const keys = keywordArgument(call, 'foreign_keys');
  if (keys === undefined) return undefined;
  const names = (literalText(keys) ?? keys.text).match(/\w+(?=\s*(?:[\],]|$))/g);
  return names ?? undefined;
}

function loadingOf(lazy: string | undefined): ModelRelation['loading'] {
  if (lazy === undefined || /^(?:select|True|None|dynamic)$/.test(lazy)) return 'lazy';
  return /^(?:joined|selectin|subquery|immediate|False)$/.test(lazy) ? 'eager' : 'explicit';
}

/** The text inside `Mapped[...]`, or of an annotation that is a column by itself (SQLModel). */
function mappedType(annotation: PythonNode): string | undefined {
  const subscript = subscriptOf(annotation);
  const base = subscript && dottedName(subscript.object);
  if (base !== undefined && /(?:^|\.)(?:Mapped|WriteOnlyMapped|DynamicMapped)$/.test(base)) return annotation.text.slice(subscript!.object.text.length + 1, -1).trim();
  return annotation.text;
}

const isOptional = (type: string): boolean => /\bOptional\b|\bNone\b/.test(type);

function typeNamed(type: string): string {
  return TYPES.find(([pattern]) => pattern.test(type))?.[1] ?? 'other';
}
