import type { Match } from '../../core/rule';
import { calleeOf, callText, memberOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { followsExit, isConditional, mentions } from '../../syntax/python/iteration';
import { basesOf, declaredName, decoratorsOf, parametersOf } from '../../syntax/python/statements';
import type { Facts } from './facts';
import { resolverReads } from './pythonResolverReads';

/** Types whose fields are asked for once. */
const ROOT = /(?:Quer(?:y|ies)|Mutations?|Subscriptions?)$/;
const TYPE = /(?:ObjectType|Node|Type)\w*(?:\[.+\])?$/;

/** The query that a field of Graphene (`resolve_lines`) or Strawberry makes for each object it is called for. */
export function resolverQuery(method: PythonNode, file: PythonFile): Match<Facts> | readonly Match<Facts>[] | undefined {
  if (!file.imports('graphene', 'graphene_django', 'strawberry')) return undefined;
  const field = fieldName(method);
  const owner = field && method.closest('ClassDefinition');
  const parent = parametersOf(method)[0]?.name;
  if (!owner || parent === undefined || ROOT.test(declaredName(owner)?.text ?? '')) return undefined;
  const names = new Set([parent.text]);
  const call = method.descendants('CallExpression').find((each) => asksPerObject(each, method, names, file));
  const type = declaredName(owner)!.text;
  if (call === undefined) return resolverReads(method, owner, `${type}.${field}`, isListed(type, file) ? 'likely' : 'possible', file);
  return {
    span: { start: call.start, end: call.end },
    confidence: isListed(type, file) ? 'likely' : 'possible',
    facts: { shownBy: `${type}.${field}`, resolver: { field, type, call: callText(call), table: file.valueOf(call)?.table } },
  };
}

/** "lines" of `resolve_lines` in a type of Graphene, and of a method under `@strawberry.field`. */
function fieldName(method: PythonNode): string | undefined {
  const name = declaredName(method)?.text ?? '';
  if (method.parent?.kind === 'DecoratedStatement' && decoratorsOf(method).some((decorator) => decorator.name === 'strawberry.field')) return name;
  const owner = name.startsWith('resolve_') ? method.closest('ClassDefinition') : undefined;
  return owner && basesOf(owner).some(({ text }) => TYPE.test(text)) ? name.slice('resolve_'.length) : undefined;
}

/** It runs whenever the field is asked for, and asks for rows of this object. */
function asksPerObject(call: PythonNode, method: PythonNode, names: ReadonlySet<string>, file: PythonFile): boolean {
  if (call.closest('FunctionDefinition', 'LambdaExpression') !== method || !mentions(call, names)) return false;
  // Of a chain the whole is the query.
  if (memberOf(call.parent)?.object === call) return false;
  const value = file.valueOf(call);
  const isReturned = value?.kind === 'queryset' && value.library === 'django' && call.parent?.kind === 'ReturnStatement' && calleeOf(call) !== undefined;
  const isRead = file.dataAccess(call)?.kind === 'query';
  return (isReturned || isRead) && !isConditional(call, method) && !followsExit(call, method);
}

/** Some field of this file gives a list of the type. */
const isListed = (type: string, file: PythonFile): boolean => new RegExp(`(?:\\[|List\\(|ConnectionField\\()\\s*(?:lambda:\\s*)?["']?${type}\\b`).test(file.text);
