import { memberOf, subscriptOf, unwrap } from './expressions';
import type { PythonFile } from './file';
import { resultOf } from './knownApis';
import { importedClass } from './classes';
import type { PythonNode } from './node';
import { ITERATOR, join, type Value } from './values';

/** Wrappers that say nothing of the value itself; their first argument does. */
const TRANSPARENT = /^(?:typing|typing_extensions)\.(?:Optional|Annotated|Final|ClassVar|Required|NotRequired)$/;
const QUERY_SET = /^django\.db\.models\.(?:query\.)?(?:QuerySet|Manager)$/;
const ITERABLES = /^(?:typing|collections\.abc)\.(?:Async)?(?:Iterable|Iterator|Generator|Collection)$/;

/** What a value annotated like this is, e.g. `list[Order]`, `Session | None`, `"sqlite3.Connection"`. */
export function annotatedValue(annotation: PythonNode, file: PythonFile): Value | undefined {
  const node = unwrap(annotation);
  switch (node.kind) {
    case 'None':
      return { kind: 'none' };
    case 'VariableName':
      return namedType(node.text, node, file);
    case 'String':
      return namedType(/[\w.]+/.exec(node.text.slice(1))?.[0] ?? '', node, file);
    case 'BinaryExpression':
      return node.child('BitOp') && join(annotatedValue(node.firstChild!, file), annotatedValue(node.lastChild!, file));
    case 'MemberExpression':
      return memberOf(node) ? namedType(node.text, node, file) : genericType(node, file);
    default:
      return undefined;
  }
}

function genericType(node: PythonNode, file: PythonFile): Value | undefined {
  const base = subscriptOf(node)?.object;
  if (base === undefined) return undefined;
  const argument = node.children[2];
  const name = file.names.qualified(base) ?? '';
  if (TRANSPARENT.test(name)) return argument && annotatedValue(argument, file);
  if (name === 'typing.Union') {
    const parts = node.children.slice(2).filter((child) => child.kind !== ',' && child.kind !== ']');
    return parts.map((part) => annotatedValue(part, file)).reduce(join);
  }
  if (QUERY_SET.test(name)) {
    const row = argument && annotatedValue(argument, file);
    return row?.kind === 'record' ? { ...row, kind: 'queryset', element: row } : { kind: 'queryset', library: 'django' };
  }
  const outer = annotatedValue(base, file);
  if (outer === undefined || argument === undefined || outer.kind === 'dict') return outer;
  return { ...outer, element: annotatedValue(argument, file) };
}

function namedType(dotted: string, place: PythonNode, file: PythonFile): Value | undefined {
  const binding = file.scopes.resolve(dotted.split('.')[0]!, place)?.bindings[0];
  if (binding?.kind === 'class') return instanceOf(file.classOf(binding.owner));
  const qualified = file.names.qualifiedText(dotted, place);
  if (qualified === undefined) return undefined;
  if (ITERABLES.test(qualified)) return ITERATOR;
  return resultOf(qualified) ?? (binding?.kind === 'import' ? instanceOf(importedClass(dotted, binding, file)) : undefined);
}

/** What constructing a class yields. */
export function instanceOf(value: Value | undefined): Value | undefined {
  if (value?.kind === 'model') return { ...value, kind: 'record' };
  return value?.kind === 'class' ? { ...value, kind: 'object' } : undefined;
}
