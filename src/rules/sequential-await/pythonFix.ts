import type { Fix, Match } from '../../core/rule';
import { indentationAt } from '../../core/text';
import { importModule } from '../../syntax/python/edits';
import { argumentAt, argumentsOf, calleeOf, memberOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import type { Loop } from '../../syntax/python/loops';
import { statementsOf } from '../../syntax/python/statements';
import type { Facts } from './rule';

/**
 * A for loop whose whole body is `await call(x)` or `results.append(await call(x))` becomes a gather
 * under a semaphore. Longer bodies are left to their author.
 */
export function gather(_match: Match<Facts>, node: PythonNode, file: PythonFile): Fix | undefined {
  const loop = file.loopsAround(node)[0];
  const body = loop?.kind === 'for' ? loop.node.child('Body') : undefined;
  const [statement, ...others] = statementsOf(body);
  if (loop?.iterable === undefined || statement?.kind !== 'ExpressionStatement' || others.length > 0) return undefined;
  const target = loop.targets.length === 1 ? loop.targets[0]! : undefined;
  const module = importModule('asyncio', node, file);
  if (target?.kind !== 'VariableName' || module === undefined || isTaken(['limit', 'run_limited'], node, file)) return undefined;
  const list = collectedIn(statement, node);
  if (list === undefined || loop.node.child('else') || hasComment(loop.node)) return undefined;
  return {
    title: 'Run the calls together, eight at a time',
    kind: 'suggestion',
    edits: [{ start: loop.node.start, end: statement.end, newText: text(node, loop, target, list, module.name, file) }, ...module.edits],
    caveat: 'Up to eight calls run at once, the first failure is raised while others are still running, and side effects lose their order.',
  };
}

/** The list the results are appended to, '' where they are dropped, undefined for any other statement. */
function collectedIn(statement: PythonNode, node: PythonNode): string | undefined {
  if (node.kind !== 'AwaitExpression') return undefined;
  if (statement.firstChild === node) return '';
  const call = statement.firstChild!;
  const member = memberOf(calleeOf(call));
  const isAppend = member?.name === 'append' && argumentsOf(call).length === 1 && argumentAt(call, 0) === node;
  return isAppend ? member.object.text : undefined;
}

function text(node: PythonNode, loop: Loop, target: PythonNode, list: string, asyncio: string, file: PythonFile): string {
  const outer = indentationAt(file.text, loop.node.start);
  const step = outer.includes('\t') ? '\t' : '    ';
  const all = `await ${asyncio}.gather(*(run_limited(${target.text}) for ${target.text} in ${loop.iterable!.text}))`;
  return [
    `limit = ${asyncio}.Semaphore(8)`,
    '',
    `async def run_limited(${target.text}):`,
    `${step}async with limit:`,
    `${step}${step}return ${node.text}`,
    '',
    list === '' ? all : `${list}.extend(${all})`,
  ]
    .map((line, index) => (index === 0 || line === '' ? line : outer + line))
    .join('\n');
}

function isTaken(names: readonly string[], place: PythonNode, file: PythonFile): boolean {
  return names.some((name) => file.scopes.resolve(name, place) !== undefined);
}

function hasComment(node: PythonNode): boolean {
  return node.tree.comments.some(({ start }) => start >= node.start && start < node.end);
}
