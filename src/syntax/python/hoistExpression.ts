import type { Fix } from '../../core/rule';
import type { PythonFile, PythonNode } from './file';
import { freeName, insertBefore, isKnownBefore, moveAssignment, statementAround } from './hoisting';
import { loopsWithSame } from './invariance';
import { isConditional } from './iteration';

/** Computes the value in front of the outermost loop that always gives the same one. */
export function hoistExpression(node: PythonNode, file: PythonFile, nameFor: (node: PythonNode) => string): Fix | undefined {
  const loop = loopsWithSame(node, node, file).at(-1);
  const statement = loop && statementAround(loop.node);
  if (loop === undefined || statement === undefined || isConditional(node, loop.node) || !isKnownBefore(node, statement, file)) return undefined;
  const moved = moveAssignment(node, statement, file);
  return moved ? { title: `Compute ${moved.name} once before the loop`, ...kindOf(node), edits: moved.edits } : extract(node, statement, nameFor(node));
}

function extract(node: PythonNode, statement: PythonNode, base: string): Fix {
  const name = freeName(base, node);
  const value = node.kind === 'CallExpression' || node.kind.endsWith('ComprehensionExpression') ? node.text : `(${node.text})`;
  return {
    title: `Compute ${name} once before the loop`,
    ...kindOf(node),
    edits: [insertBefore(statement, [`${name} = ${value}`]), { start: node.start, end: node.end, newText: name }],
  };
}

/** max() of nothing fails, as reading an attribute of None does; the loop may have had no round then. */
function kindOf(node: PythonNode): Pick<Fix, 'kind' | 'caveat'> {
  const mayFail = /^(?:max|min)$/.test(node.calledName) || node.descendants('MemberExpression').length > 0;
  return mayFail ? { kind: 'suggestion', caveat: 'It is computed even if the loop has no round, and must not fail then.' } : { kind: 'safe' };
}
