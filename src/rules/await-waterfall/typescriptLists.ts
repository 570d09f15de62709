import { ts } from 'ts-morph';
import type { Fix, Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { calleeText, isInlineFunction, methodName, receiverOf, some, unwrap } from '../../syntax/typescript/nodes';
import type { Facts } from './rule';
import type { Wait } from './waits';

/** What takes a list of promises and waits for them together. */
const TOGETHER = /^(?:all|allSettled|any|race)$/;

/**
 * `Promise.all([await f(), await g()])`: the list is only handed over when every await in it is over, so the calls run one
 * after another although the author has said that they are independent. The finding stands at the second call.
 */
export function waitsInList(list: ts.ArrayLiteralExpression, file: TypeScriptFile): readonly Match<Facts>[] | undefined {
  const method = togetherMethod(list);
  if (method === undefined) return undefined;
  const first = list.elements.findIndex((element) => awaitedCall(element) !== undefined);
  const second = list.elements[first + 1];
  if (first < 0 || second === undefined || !startsSomething(second)) return undefined;
  const waits = list.elements.slice(first).flatMap((element) => waitOf(element, file) ?? []);
  if (waits.length < 2) return undefined;
  return [{ span: file.span(second), facts: { waits, at: 1, together: `Promise.${method}`, declaredIndependent: true } }];
}

/** Takes the awaits out of the list, which then starts every call. */
export function startAsListed(list: ts.ArrayLiteralExpression, file: TypeScriptFile): Fix {
  const edits = list.elements.flatMap((element) => {
    const node = unwrap(element);
    return awaitedCall(element) && ts.isAwaitExpression(node) ? [{ start: node.getStart(file.source), end: node.expression.getStart(file.source), newText: '' }] : [];
  });
  return {
    title: `Start ${edits.length === 2 ? 'both' : 'all'} before waiting`,
    kind: 'suggestion',
    edits,
    caveat: 'The calls run at the same time. When one fails the others go on, and the error that comes first is thrown.',
  };
}

/** "all" for the list in `Promise.all([…])`. */
function togetherMethod(list: ts.ArrayLiteralExpression): string | undefined {
  const call = list.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== list) return undefined;
  const method = methodName(call);
  const receiver = receiverOf(call);
  if (method === undefined || !TOGETHER.test(method) || !receiver || !ts.isIdentifier(receiver) || receiver.text !== 'Promise') return undefined;
  return method;
}

function awaitedCall(element: ts.Expression): ts.CallExpression | undefined {
  const node = unwrap(element);
  const awaited = ts.isAwaitExpression(node) ? unwrap(node.expression) : undefined;
  return awaited && ts.isCallExpression(awaited) ? awaited : undefined;
}

/** The element calls something when it is evaluated; a value or an earlier promise has nothing to be late with. */
const startsSomething = (element: ts.Expression): boolean => some(element, ts.isCallExpression, isInlineFunction);

function waitOf(element: ts.Expression, file: TypeScriptFile): Wait | undefined {
  const node = unwrap(element);
  const call = awaitedCall(element) ?? (ts.isCallExpression(node) ? node : undefined);
  return call && { call: calleeText(call), library: file.dataAccess(call)?.library, callee: file.callee(call), needs: [] };
}
