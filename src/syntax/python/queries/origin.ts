import type { Position } from '../../../core/text';
import { argumentAt, calleeOf, memberOf, unwrap } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import { chainOf } from './chain';

/** Where a query is written down, for a fix that adds to it. */
export interface QueryOrigin {
  /** Behind the last call of the chain that still makes a query: where another one may follow. */
  readonly position: Position;
  /** The beginning of the line behind the file's first import. */
  readonly importAt?: Position;
  /** Names that the file binds at its top. */
  readonly imported: readonly string[];
}

/** Methods after which nothing more can be asked for. */
const LAST = /^(?:all|iterator|first|last|get|one|one_or_none|scalars|unique|\[\]|fetchall|yield_per)$/;

/** The query behind what a loop runs over or a function hands on, through names; undefined where it begins elsewhere. */
export function originOf(rows: PythonNode | undefined, file: PythonFile): QueryOrigin | undefined {
  const chain = rows && chainOf(insideWrappers(rows), file, (node) => isBeginning(node, file));
  if (chain === undefined) return undefined;
  const isDjango = file.valueOf(chain.root)?.library === 'django';
  let at = chain.root;
  for (const { name, node } of chain.links) {
    // `.all()` of Django gives a query set like any other.
    if (LAST.test(name) && !(isDjango && name === 'all')) break;
    at = node;
  }
  // A manager by itself is no query yet.
  if (isDjango && at === chain.root) return undefined;
  return { position: file.lines.positionAt(at.end), importAt: behindFirstImport(file), imported: [...file.scopes.module.bindings.keys()] };
}

/** `enumerate(orders)` and `list(orders)` run over the orders. */
function insideWrappers(rows: PythonNode): PythonNode {
  const callee = calleeOf(unwrap(rows));
  const inner = callee?.kind === 'VariableName' && /^(?:enumerate|list|tuple|sorted|reversed|iter|set)$/.test(callee.text) ? argumentAt(unwrap(rows), 0) : undefined;
  return inner === undefined ? rows : insideWrappers(inner);
}

function behindFirstImport(file: PythonFile): Position | undefined {
  const first = file.root.child('ImportStatement');
  return first && { line: file.lines.positionAt(first.end).line + 1, character: 0 };
}

function isBeginning(node: PythonNode, file: PythonFile): boolean {
  const value = file.valueOf(node);
  if (memberOf(node) !== undefined) return value?.kind === 'manager' || value?.kind === 'relation' || value?.kind === 'queryset';
  const member = memberOf(calleeOf(unwrap(node)));
  if (value?.kind === 'statement') return member === undefined || file.valueOf(member.object)?.kind !== 'statement';
  return value?.kind === 'queryset' && (member?.name === 'query' || (member?.name === 'get_queryset' && calleeOf(unwrap(member.object))?.text === 'super'));
}
