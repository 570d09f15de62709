import type { Fix } from '../../core/rule';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { freeName, insertAfter, insertBefore, statementAround } from '../../syntax/python/hoisting';
import { growthOf, operandsOf, type Growth } from './python';

/** Collects the parts in a list and joins them behind the loop. */
export function joinParts(statement: PythonNode, file: PythonFile): Fix | undefined {
  const growth = growthOf(statement, file);
  const loop = file.loopsAround(statement)[0];
  const place = loop && statementAround(loop.node);
  if (growth === undefined || loop === undefined || place !== loop.node || loop.isAsync || !mayWait(growth, statement, loop.node)) return undefined;
  const parts = freeName('parts', statement);
  const empty = growth.isBytes ? 'b""' : '""';
  const name = growth.target.text;
  const joined = growth.why === 'front' ? `${name} = ${empty}.join(reversed(${parts})) + ${name}` : `${name} += ${empty}.join(${parts})`;
  const isLocal = growth.target.kind === 'VariableName';
  return {
    title: 'Collect the parts and join them once',
    kind: isLocal ? 'safe' : 'suggestion',
    edits: [
      insertBefore(place, [`${parts} = []`]),
      { start: statement.start, end: endOf(statement), newText: `${parts}.append(${partText(growth)})` },
      insertAfter(place, [joined]),
    ],
    ...(isLocal ? {} : { caveat: `${name} has its new value only behind the loop: what is called meanwhile, or an exception in the middle, finds the old one.` }),
  };
}

/** `text + a + b` adds `a + b`. */
function partText({ part, why, target }: Growth): string {
  if (why !== 'middle') return part.text;
  const [first, ...added] = operandsOf(part);
  return first!.text === target.text ? added.map(({ text }) => text).join(' + ') : part.text;
}

/** Nobody reads or ends the text before the loop is over. */
function mayWait({ target }: Growth, statement: PythonNode, loop: PythonNode): boolean {
  const leaves = ['ReturnStatement', 'YieldStatement', 'YieldExpression'].some((kind) => loop.descendants(kind).length > 0);
  const hasElse = loop.child('else') !== undefined;
  const isReadElsewhere = loop.descendants(target.kind).some((node) => node.text === target.text && !statement.contains(node));
  return !leaves && !hasElse && !isReadElsewhere;
}

function endOf(statement: PythonNode): number {
  return statement.start + statement.text.trimEnd().length;
}
