import { listBehind } from '../../../core/listUrl';
import { dottedName, memberOf, unwrap } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import { stringPieces } from '../strings';

const MAX_DEPTH = 4;

/**
 * Whether a URL begins with a host that is the same for all calls: written out, a path under a client's base URL,
 * or held by a constant, a setting or the object itself. A URL that the caller gives may lead anywhere.
 */
export function hasFixedHost(url: PythonNode, owner: PythonNode, file: PythonFile, depth = 0): boolean {
  const node = unwrap(url);
  if (depth > MAX_DEPTH) return false;
  const pieces = stringPieces(node);
  if (pieces === undefined) return isFixedValue(node, owner, file, depth);
  const [first, second] = pieces;
  if (first === undefined) return false;
  if (first.kind === 'text') return /^https?:\/\/[^/]+(?:\/|$)/.test(first.text) ? second === undefined || /^https?:\/\/[^/]+\//.test(first.text) : first.text.startsWith('/');
  const hole = expressionAt(node, first.span.start);
  return hole !== undefined && hasFixedHost(hole, owner, file, depth + 1);
}

function isFixedValue(node: PythonNode, owner: PythonNode, file: PythonFile, depth: number): boolean {
  const member = memberOf(node);
  if (member !== undefined) return /^(?:self|cls|settings|config|conf|app\.config|\w*[Ss]ettings)$/.test(dottedName(member.object) ?? '');
  if (node.kind !== 'VariableName') return false;
  const bindings = file.scopes.resolve(node.text, node)?.bindings;
  const [binding] = bindings ?? [];
  if (binding === undefined || bindings!.length !== 1) return false;
  if (binding.kind === 'import') return true;
  if (binding.kind !== 'assignment' || binding.value === undefined) return false;
  return owner.contains(binding.node) ? hasFixedHost(binding.value, owner, file, depth + 1) : true;
}

/** The expression inside the replacement field that begins at an offset. */
function expressionAt(text: PythonNode, start: number): PythonNode | undefined {
  for (let row = text.index; row < text.tree.afterAt(text.index); row++) {
    const node = text.tree.node(row);
    if (node.start >= start && (node.kind === 'VariableName' || node.kind === 'MemberExpression' || node.kind === 'CallExpression')) return node;
  }
  return undefined;
}

/** The path of the list behind a URL that reads one thing by its key, of a host that is the same for all calls. */
export function listOf(url: PythonNode, file: PythonFile): string | undefined {
  const binding = url.kind === 'VariableName' ? file.scopes.resolve(url.text, url)?.bindings : undefined;
  const text = binding?.length === 1 && binding[0]!.kind === 'assignment' && binding[0]!.value !== undefined ? binding[0]!.value : url;
  const pieces = stringPieces(text);
  const owner = text.closest('FunctionDefinition');
  if (pieces === undefined || owner === undefined || !pieces.some(({ kind }) => kind === 'hole')) return undefined;
  const list = listBehind(pieces.map((piece) => (piece.kind === 'text' ? piece.text : '{}')).join(''));
  return list !== undefined && hasFixedHost(text, owner, file) ? list : undefined;
}
