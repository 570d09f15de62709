import type { SerializedField } from '../../../core/classes';
import type { ModelReference, ReadPath } from '../../../core/models';
import { EACH } from '../../../core/templates';
import { argumentAt, calleeOf, keywordArgument, memberOf } from '../expressions';
import type { PythonFile } from '../file';
import { modelReference } from '../models/references';
import type { PythonNode } from '../node';
import { literalText } from '../strings';

/** The items of a relation to many rows, read one by one. */
export const eachOf = (path: ReadPath): ReadPath => [...path, 'all()', EACH];

export const isMany = (call: PythonNode): boolean => keywordArgument(call, 'many')?.text === 'True';

/** `source="customer.name"`, `attribute="customer"`: the names read one after the other; the field's own where none is given. */
export function sourcePath(name: string, call: PythonNode, keyword: string): ReadPath {
  const source = literalText(keywordArgument(call, keyword));
  if (source === undefined) return [name];
  return source === '*' ? [] : source.split('.');
}

/** The class or function that a call's name ends in: "CharField" of `serializers.CharField(…)`. */
export function calledName(call: PythonNode): string {
  const callee = calleeOf(call);
  return callee === undefined ? '' : (memberOf(callee)?.name ?? callee.text);
}

export function nestedField(name: string, serializer: ModelReference, path: ReadPath, many: boolean, line: number): SerializedField {
  return { name, reads: path.length > 0 ? [path] : [], nested: { serializer, path: many ? eachOf(path) : path }, line };
}

/** The serializer that a nested field names: its class, or the class's name. */
export function namedSerializer(argument: PythonNode | undefined, file: PythonFile): ModelReference | undefined {
  if (argument === undefined || argument.text === '"self"' || argument.text === "'self'") return undefined;
  const call = calleeOf(argument);
  const reference = modelReference(call ?? argument, file);
  // Marshmallow takes dotted paths as text; the last part is the class.
  return reference && { ...reference, name: reference.name.slice(reference.name.lastIndexOf('.') + 1) };
}

export const firstArgument = (call: PythonNode, keyword: string): PythonNode | undefined => argumentAt(call, 0, keyword);
