import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import { indentationAt } from '../../core/text';
import { freeName } from '../../syntax/typescript/names';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { isAssignment, methodName, receiverOf, some, unwrap } from '../../syntax/typescript/nodes';

/** How many calls run at once. Enough to hide waiting, few enough not to flood the other side. */
const LIMIT = 8;

/**
 * Runs the rounds in groups of eight, in order: the results stay in order and the fan-out is bounded.
 * Offered where a round's result is pushed to one list, or where a round leaves nothing behind.
 */
export function fixSequentialAwait(node: ts.AwaitExpression, file: TypeScriptFile): Fix | undefined {
  const loop = file.loopAround(node);
  if (!loop || !ts.isForOfStatement(loop.node) || !ts.isIdentifier(unwrap(loop.node.expression))) return undefined;
  if (file.shape(loop.node.expression).kind !== 'array' || some(loop.node.statement, (at) => ts.isContinueStatement(at) || ts.isTryStatement(at))) return undefined;
  const item = itemText(loop.node);
  const collected = item && collectedResult(loop.node, node);
  if (!item || (!collected && leavesSomething(loop.node))) return undefined;
  const index = freeName('start', loop.node);
  const list = loop.node.expression.getText();
  const outer = indentationAt(file.text, loop.node.getStart(file.source));
  const group = `${list}.slice(${index}, ${index} + ${LIMIT}).map(async (${item}) => `;
  const body = collected
    ? `${collected.list}.push(...(await Promise.all(${group}${collected.call}))));`
    : `await Promise.all(${group}${bodyText(loop.node, file, `${outer}  `)}));`;
  return {
    title: `Run ${LIMIT} at a time`,
    kind: 'suggestion',
    edits: [{ ...file.span(loop.node), newText: `for (let ${index} = 0; ${index} < ${list}.length; ${index} += ${LIMIT}) {\n${outer}  ${body}\n${outer}}` }],
    caveat: `Up to ${LIMIT} calls now run at once, so side effects may happen in another order, and several may have begun when one fails.`,
  };
}

function itemText(loop: ts.ForOfStatement): string | undefined {
  return ts.isVariableDeclarationList(loop.initializer) ? loop.initializer.declarations[0]?.name.getText() : undefined;
}

/** `list.push(await call)` as the whole body, or `const r = await call; list.push(r);`. */
function collectedResult(loop: ts.ForOfStatement, awaited: ts.AwaitExpression): { list: string; call: string } | undefined {
  const statements = ts.isBlock(loop.statement) ? [...loop.statement.statements] : [loop.statement];
  const last = statements[statements.length - 1];
  const push = last && ts.isExpressionStatement(last) ? unwrap(last.expression) : undefined;
  if (!push || !ts.isCallExpression(push) || methodName(push) !== 'push' || push.arguments.length !== 1) return undefined;
  const list = receiverOf(push)!;
  const value = unwrap(push.arguments[0]!);
  if (!ts.isIdentifier(list)) return undefined;
  const call = awaited.expression.getText();
  if (statements.length === 1 && value === awaited) return { list: list.text, call };
  const [first] = statements;
  const declaration = first && ts.isVariableStatement(first) ? first.declarationList.declarations[0] : undefined;
  const passesOn = statements.length === 2 && declaration?.initializer && unwrap(declaration.initializer) === awaited && ts.isIdentifier(declaration.name) && ts.isIdentifier(value) && value.text === declaration.name.text;
  return passesOn ? { list: list.text, call } : undefined;
}

/** Whether a round adds to something outside in order: a list, a map, an object. */
function leavesSomething(loop: ts.ForOfStatement): boolean {
  return some(loop.statement, (node) => ts.isCallExpression(node) && /^(?:push|unshift|add|set|append)$/.test(methodName(node) ?? ''))
    || some(loop.statement, isAssignment);
}

function bodyText(loop: ts.ForOfStatement, file: TypeScriptFile, indentation: string): string {
  const text = loop.statement.getText(file.source);
  const block = ts.isBlock(loop.statement) ? text : `{\n  ${text}\n}`;
  const original = indentationAt(file.text, loop.getStart(file.source));
  // Template literals keep their text only if lines inside them are not indented anew.
  return text.includes('`') ? block : block.replace(new RegExp(`\n${original}`, 'g'), `\n${indentation}`);
}
