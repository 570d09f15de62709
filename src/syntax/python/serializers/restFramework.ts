import type { SerializedField, SerializerFact } from '../../../core/classes';
import type { MemberReads, ReadPath } from '../../../core/models';
import { calleeOf, displayItems, keywordArgument } from '../expressions';
import type { PythonFile } from '../file';
import { metaOptions } from '../models/djangoMeta';
import { membersOf, methodsOf } from '../models/members';
import { modelReference } from '../models/references';
import type { PythonNode } from '../node';
import { declaredName, simpleAssignment, statementsOf } from '../statements';
import { literalText } from '../strings';
import { calledName, eachOf, isMany, nestedField, sourcePath } from './fields';

/** Methods with which a serializer decides what it shows only when it runs. */
const CHOOSES = /^(?:get_fields|get_field_names|__init__|_readable_fields)$/;

/** A serializer of Django REST framework: what it declares, what its Meta lists and what its methods read. */
export function restSerializer(declaration: PythonNode, file: PythonFile): SerializerFact {
  const meta = metaOptions(declaration);
  // The first parameter behind `self` is the row.
  const methods = new Map(membersOf(declaration, file, 1).map((member) => [member.name, member]));
  const depth = Number(meta.get('depth')?.text);
  const shown = methods.get('to_representation');
  const isOwnShape = shown !== undefined && !declaresSuper(declaration);
  return {
    library: 'rest-framework',
    names: isOwnShape ? [] : namesOf(meta),
    hidden: textsOf(meta.get('exclude')),
    depth: depth > 0 ? depth : undefined,
    fields: isOwnShape ? [] : fieldsOf(declaration, methods, file),
    reads: shown === undefined ? undefined : [...shown.reads],
    isDynamic: methodsOf(declaration).some((method) => CHOOSES.test(declaredName(method)!.text)) || undefined,
  };
}

/** `fields = "__all__"`, a list, or a list with another one added, whose names are then inherited. */
function namesOf(meta: ReadonlyMap<string, PythonNode>): SerializerFact['names'] {
  const fields = meta.get('fields');
  if (fields === undefined) return meta.has('exclude') ? '*' : undefined;
  const text = literalText(fields);
  if (text !== undefined) return text === '__all__' ? '*' : [text];
  return fields.descendants('String').flatMap((each) => literalText(each) ?? []);
}

const textsOf = (node: PythonNode | undefined): string[] | undefined => (node === undefined ? undefined : displayItems(node).flatMap((item) => literalText(item) ?? []));

/** `to_representation` that goes on with what its base makes of the row. */
function declaresSuper(declaration: PythonNode): boolean {
  const method = methodsOf(declaration).find((each) => declaredName(each)?.text === 'to_representation');
  return method?.descendants('CallExpression').some((call) => calleeOf(call)?.text === 'super') ?? false;
}

function fieldsOf(declaration: PythonNode, methods: ReadonlyMap<string, MemberReads>, file: PythonFile): SerializedField[] {
  return statementsOf(declaration.child('Body')).flatMap((statement) => {
    const assigned = simpleAssignment(statement);
    if (assigned === undefined || assigned.value.kind !== 'CallExpression') return [];
    return fieldOf(assigned.target.text, assigned.value, methods, file) ?? [];
  });
}

function fieldOf(name: string, call: PythonNode, methods: ReadonlyMap<string, MemberReads>, file: PythonFile): SerializedField | undefined {
  const kind = calledName(call);
  const line = file.lineOf(call);
  if (keywordArgument(call, 'write_only')?.text === 'True') return { name, reads: [], line };
  if (kind === 'SerializerMethodField') return methodField(name, call, methods, line);
  const path = sourcePath(name, call, 'source');
  if (kind.endsWith('Serializer')) {
    const serializer = modelReference(calleeOf(call)!, file);
    return serializer && nestedField(name, serializer, path, isMany(call), line);
  }
  const reads = readsOf(kind, call, path);
  return reads && { name, reads, line };
}

function methodField(name: string, call: PythonNode, methods: ReadonlyMap<string, MemberReads>, line: number): SerializedField {
  const given = literalText(keywordArgument(call, 'method_name') ?? (call.child('ArgList')?.children[1]?.kind === 'String' ? call.child('ArgList')!.children[1] : undefined));
  const method = methods.get(given ?? `get_${name}`);
  return { name, reads: method?.reads ?? [], sometimes: method?.sometimes, line: method?.line ?? line };
}

/** What a field of Django REST framework reads; undefined for a class that is none of its fields. */
function readsOf(kind: string, call: PythonNode, path: ReadPath): ReadPath[] | undefined {
  const each = isMany(call) ? eachOf(path) : path;
  if (path.length === 0) return [];
  if (kind === 'StringRelatedField') return [[...each, '__str__']];
  if (kind === 'SlugRelatedField') return [[...each, literalText(keywordArgument(call, 'slug_field')) ?? 'pk']];
  // The key of one related row is a column of this one.
  if (/^(?:PrimaryKey|Hyperlinked)RelatedField$/.test(kind)) return isMany(call) ? [[...path, 'all()']] : path.length > 1 ? [path.slice(0, -1)] : [];
  if (!kind.endsWith('Field') || kind === 'HiddenField' || kind === 'HyperlinkedIdentityField') return kind.endsWith('Field') ? [] : undefined;
  // A field of the project's own may show the key alone; a path names what is read on the way.
  return path.length > 1 ? [path] : [];
}
