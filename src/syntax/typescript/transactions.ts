import { ts } from 'ts-morph';
import type { Span } from '../../core/text';
import { calleeText, enclosingFunction, isInlineFunction, methodName, receiverOf, some, unwrap, walk } from './nodes';

const { isAwaitExpression, isBlock, isCallExpression, isIdentifier, isReturnStatement, isStringLiteralLike } = ts;

/** The code that runs while a transaction is open. */
export interface OpenTransaction {
  /** How it was opened, as a reader names it: "prisma.$transaction", "BEGIN". */
  readonly label: string;
  /** The function or block that holds the code. */
  readonly node: ts.Node;
  /** The part of it between the statements that open and close the transaction, where those are not the function itself. */
  readonly between?: Span;
}

/** Methods that run a callback inside a transaction, whoever's they are. */
const TAKING_CALLBACK = new Set(['$transaction', 'transaction', 'withTransaction', 'transactional', 'begin', 'tx']);
/** Calls that open a transaction until another call of the same function closes it. */
const CLOSING: Readonly<Record<string, RegExp>> = {
  startTransaction: /^commitTransaction$/,
  beginTransaction: /^(?:commit|commitTransaction)$/,
};

/** The names of all calls that may open one. */
export const OPENING_NAMES: readonly string[] = [...TAKING_CALLBACK, ...Object.keys(CLOSING), 'execute', 'query'];

/** The transaction that a call opens; undefined for all other calls. */
export function openedTransaction(call: ts.CallExpression): OpenTransaction | undefined {
  const method = methodName(call);
  if (method === undefined) return undefined;
  if (TAKING_CALLBACK.has(method) || (method === 'execute' && isKyselyTransaction(call))) {
    const callback = call.arguments.find((argument) => isInlineFunction(unwrap(argument)));
    return callback && { label: calleeText(call), node: unwrap(callback) };
  }
  if (Object.hasOwn(CLOSING, method)) return untilClosed(call, method, (other) => CLOSING[method]!.test(methodName(other) ?? ''));
  return method === 'query' && saysBegin(call) ? untilClosed(call, 'BEGIN', (other) => saysCommit(other)) : undefined;
}

function isKyselyTransaction(call: ts.CallExpression): boolean {
  const receiver = receiverOf(call);
  return receiver !== undefined && isCallExpression(receiver) && methodName(receiver) === 'transaction';
}

const statementText = (call: ts.CallExpression): string => {
  const [first] = call.arguments;
  return first && isStringLiteralLike(first) ? first.text : '';
};
const saysBegin = (call: ts.CallExpression): boolean => /^\s*(?:begin|start transaction)\b/i.test(statementText(call));
const saysCommit = (call: ts.CallExpression): boolean => methodName(call) === 'query' && /^\s*(?:commit|end)\b/i.test(statementText(call));

function untilClosed(call: ts.CallExpression, label: string, closes: (call: ts.CallExpression) => boolean): OpenTransaction | undefined {
  const node = enclosingFunction(call)?.body;
  let end: number | undefined;
  if (node) {
    some(node, (at) => {
      if (end === undefined && isCallExpression(at) && at.pos > call.end && closes(at)) end = at.pos;
      return end !== undefined;
    });
  }
  return end === undefined ? undefined : { label, node: node!, between: { start: call.end, end } };
}

/** The calls that a transaction waits for: what is called later, or started and left alone, does not hold it open. */
export function awaitedCalls({ node, between }: OpenTransaction): readonly ts.CallExpression[] {
  const calls: ts.CallExpression[] = [];
  walk(node, (at) => {
    if (between && (at.end <= between.start || at.pos >= between.end)) return false;
    if (isCallExpression(at) && (!between || at.pos >= between.start) && isAwaited(at, node)) calls.push(at);
    return true;
  });
  return calls;
}

/** Functions whose callback runs after the transaction, or beside it. */
const LATER = /^(?:afterCommit|onCommit|after|waitUntil|defer|on|once|setTimeout|setImmediate|nextTick|queueMicrotask|enqueue\w*|schedule\w*)$/i;

function isAwaited(call: ts.CallExpression, within: ts.Node): boolean {
  let awaited = false;
  for (let at: ts.Node = call; at !== within; at = at.parent) {
    const { parent } = at;
    if (isAwaitExpression(parent) || isReturnStatement(parent) || (isInlineFunction(parent) && parent.body === at && !isBlock(at))) awaited = true;
    if (isCallExpression(parent) && parent.expression !== at && LATER.test(methodName(parent) ?? (isIdentifier(parent.expression) ? parent.expression.text : ''))) return false;
  }
  return awaited;
}
