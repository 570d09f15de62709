import { argumentAt, calleeOf, dottedName, isComprehension, memberOf, operatorOf, outerParent, subscriptOf } from './expressions';
import type { PythonNode } from './node';
import type { Container } from './sharedState';

/** One place that puts something into a collection. */
export interface Addition {
  /** The call or the assignment. */
  readonly node: PythonNode;
  /** Under which key; none for lists, the value itself for sets. */
  readonly key?: PythonNode;
}

/** What one use of a collection does with it. */
export type UseRole =
  | { readonly kind: 'addition'; readonly addition: Addition }
  | { readonly kind: 'removal' }
  | { readonly kind: 'read' }
  | { readonly kind: 'escape' };

const REMOVING = /^(?:pop|popitem|popleft|clear|remove|discard|get_nowait|move_to_end|subtract|difference_update|intersection_update)$/;
/** Functions that only look at what they are given. */
const READERS = /^(?:len|list|tuple|set|frozenset|dict|sorted|sum|min|max|any|all|enumerate|zip|map|filter|reversed|iter|next|bool|str|repr|print|isinstance|copy|deepcopy|copy\.copy|copy\.deepcopy|json\.dumps|jsonify|join|log|debug|info)$/;
const KEYED: ReadonlySet<string> = new Set(['setdefault']);

const READ: UseRole = { kind: 'read' };
const REMOVAL: UseRole = { kind: 'removal' };
const ESCAPE: UseRole = { kind: 'escape' };

export function roleOf(use: PythonNode, container: Container): UseRole {
  const parent = outerParent(use);
  if (parent === undefined) return ESCAPE;
  switch (parent.kind) {
    case 'MemberExpression':
      return parent.firstChild === use ? roleOfAccess(parent, container) : READ;
    case 'ArgList':
      return isComprehension(parent) ? READ : roleOfArgument(parent.parent!, use);
    case 'DeleteStatement':
      return REMOVAL;
    case 'ReturnStatement':
    case 'YieldStatement':
    case 'AssignStatement':
    case 'DictionaryExpression':
    case 'ArrayExpression':
    case 'TupleExpression':
      // The value itself is handed on; on the left of an assignment it would have been a binding.
      return isOwnDefinition(parent, use) ? READ : ESCAPE;
    default:
      return READ;
  }
}

/** `self.items = []` in `__init__` is where it comes from. */
function isOwnDefinition(parent: PythonNode, use: PythonNode): boolean {
  return parent.kind === 'AssignStatement' && parent.firstChild === use;
}

function roleOfAccess(access: PythonNode, container: Container): UseRole {
  const member = memberOf(access);
  if (member === undefined) return roleOfSubscript(access);
  const call = access.parent?.kind === 'CallExpression' && calleeOf(access.parent) === access ? access.parent : undefined;
  if (call === undefined) return READ;
  if (REMOVING.test(member.name) || (container === 'queue' && /^(?:get|task_done|join)$/.test(member.name))) return REMOVAL;
  if (/^(?:append|appendleft|extend|insert|put|put_nowait|push)$/.test(member.name)) return { kind: 'addition', addition: { node: call } };
  if (member.name === 'add') return { kind: 'addition', addition: { node: call, key: argumentAt(call, 0) } };
  if (KEYED.has(member.name)) return { kind: 'addition', addition: { node: nestedAddition(call) ?? call, key: argumentAt(call, 0) } };
  return member.name === 'update' ? { kind: 'addition', addition: { node: call } } : READ;
}

/** `x[k] = v`, `x[k] += 1`, `del x[k]`, `x[k].append(v)`, or a read. */
function roleOfSubscript(access: PythonNode): UseRole {
  const subscript = subscriptOf(access)!;
  const { parent } = access;
  if (parent?.kind === 'DeleteStatement') return REMOVAL;
  if (subscript.isSlice) return parent?.kind === 'AssignStatement' && parent.firstChild === access ? REMOVAL : READ;
  const isTarget = (parent?.kind === 'AssignStatement' || parent?.kind === 'UpdateStatement') && parent.firstChild === access;
  if (isTarget) return { kind: 'addition', addition: { node: parent!, key: subscript.index } };
  const nested = nestedAddition(access);
  return nested ? { kind: 'addition', addition: { node: nested, key: subscript.index } } : READ;
}

/** The call that adds to an entry: `x[k].append(v)`, `x.setdefault(k, []).append(v)`. */
function nestedAddition(entry: PythonNode): PythonNode | undefined {
  const call = entry.parent?.parent;
  const isMethod = call?.kind === 'CallExpression' && memberOf(calleeOf(call))?.object === entry;
  if (isMethod) return /^(?:append|add|extend|insert)$/.test(call.calledName) ? call : undefined;
  const outer = subscriptOf(entry.parent)?.object === entry ? entry.parent : undefined;
  const statement = outer?.parent;
  return statement && /^(?:Assign|Update)Statement$/.test(statement.kind) && statement.firstChild === outer ? statement : undefined;
}

/** `len(x) > 100` keeps a bound; `list(x)` looks at it; whatever else is called may do anything. */
function roleOfArgument(call: PythonNode, use: PythonNode): UseRole {
  const name = dottedName(calleeOf(call)) ?? '';
  if (name === 'len' && isLimit(call)) return REMOVAL;
  return READERS.test(name) || READERS.test(call.calledName) || argumentAt(call, 0) !== use ? READ : ESCAPE;
}

function isLimit(call: PythonNode): boolean {
  const parent = outerParent(call);
  if (parent?.kind !== 'BinaryExpression' || !/^[<>]=?$/.test(operatorOf(parent))) return false;
  return parent.lastChild?.text !== '0';
}
