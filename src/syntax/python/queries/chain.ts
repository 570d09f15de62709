import { argumentAt, calleeOf, memberOf, subscriptOf, unwrap } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import { reachingBindings } from '../reaching';

/** One step of a chain of calls: `.filter(...)`, or a slice, whose name is "[]". */
export interface Link {
  readonly name: string;
  /** The call, or the subscript of a slice. */
  readonly node: PythonNode;
}

export interface Chain {
  /** What the chain begins with: `Order.objects`, `session.query(Order)`, `select(Order)`. */
  readonly root: PythonNode;
  /** From the root outwards. */
  readonly links: readonly Link[];
}

/** Longer ones are not written by hand. */
const LONGEST = 40;

/**
 * The calls that make up a query, through the names it is kept under on the way. Undefined where a name
 * may stand for several queries, whose conditions are then not known.
 * @param isRoot where to stop: the expression that begins a query
 */
export function chainOf(expression: PythonNode, file: PythonFile, isRoot: (node: PythonNode) => boolean): Chain | undefined {
  const links: Link[] = [];
  let at = unwrap(expression);
  while (!isRoot(at)) {
    if (links.length > LONGEST) return undefined;
    const executed = executedStatement(at, file);
    // What is done with the result is no part of the query.
    if (executed !== undefined) links.length = 0;
    const next = executed ?? step(at, links, file);
    if (next === undefined) return undefined;
    at = unwrap(next);
  }
  return { root: at, links };
}

/** The statement of `session.scalars(statement)` and its kin. */
function executedStatement(node: PythonNode, file: PythonFile): PythonNode | undefined {
  const member = memberOf(calleeOf(node));
  if (member === undefined || !EXECUTES.test(member.name)) return undefined;
  const owner = file.valueOf(member.object)?.kind;
  return owner === 'queryset' || owner === 'statement' ? undefined : argumentAt(node, 0, 'statement');
}

const EXECUTES = /^(?:execute|scalars?|stream|stream_scalars|exec)$/;

function step(node: PythonNode, links: Link[], file: PythonFile): PythonNode | undefined {
  if (node.kind === 'AwaitExpression') return node.lastChild;
  const member = memberOf(calleeOf(node));
  if (member !== undefined) {
    links.unshift({ name: member.name, node });
    return member.object;
  }
  const subscript = subscriptOf(node);
  if (subscript?.isSlice) {
    links.unshift({ name: '[]', node });
    return subscript.object;
  }
  return node.kind === 'VariableName' ? boundTo(node, file) : undefined;
}

/** The one expression a name was given; a loop's or a function's parameter is none. */
function boundTo(name: PythonNode, file: PythonFile): PythonNode | undefined {
  const resolution = file.scopes.resolve(name.text, name);
  if (resolution === undefined) return undefined;
  const bindings = reachingBindings(resolution.bindings, name);
  return bindings.length === 1 && bindings[0]!.kind === 'assignment' ? bindings[0]!.value : undefined;
}
