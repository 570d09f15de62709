import { ts } from 'ts-morph';
import type { TypeScriptFile } from './file';
import { isFunction, isInlineFunction, isWithin, unwrap, type FunctionNode } from './nodes';

const {
  isAwaitExpression, isCallExpression, isIdentifier, isNewExpression, isParenthesizedExpression,
  isPropertyAccessExpression,
} = ts;

/** Calls that run their callback before the function around them is done. */
const AWAITED_CALLBACKS = /^(?:then|catch|finally|map|forEach|filter|reduce|flatMap|some|every|find|all|transaction|\$transaction|limit|retry|withRetry|startSpan|startActiveSpan|withSpan|run|runInContext|wrap|tryCatch|safe|execute)$/;

/** Names of hand-written caches. */
const CACHE_WORDS = /cache|memoi[sz]e/i;

/**
 * Whether calling `owner` runs `node`. What stands in an event listener, a returned closure or a
 * registered handler runs some other time, and what a cache answers does not run each time.
 */
export function runsWithCall(node: ts.Node, owner: FunctionNode, file: TypeScriptFile): boolean {
  for (let at: ts.Node = node; at !== owner && at.parent; at = at.parent) {
    if (isFunction(at) && at !== owner && !isCalledInside(at, file)) return false;
  }
  return !isCached(node, owner, file);
}

function isCalledInside(callback: FunctionNode, file: TypeScriptFile): boolean {
  if (!isInlineFunction(callback)) return true;
  let holder: ts.Node = callback.parent;
  while (isParenthesizedExpression(holder)) holder = holder.parent;
  if (isNewExpression(holder)) return holder.expression.getText() === 'Promise';
  if (!isCallExpression(holder)) return false;
  if (isWithin(callback, holder.expression)) return true;
  const callee = unwrap(holder.expression);
  const name = isPropertyAccessExpression(callee) ? callee.name.text : isIdentifier(callee) ? callee.text : '';
  return AWAITED_CALLBACKS.test(name) || isAwaitExpression(holder.parent) || file.loopAround(callback.body ?? callback)?.node === holder;
}

/** A lookup in something called a cache, before the call: the call runs on a miss only. */
function isCached(node: ts.Node, owner: FunctionNode, file: TypeScriptFile): boolean {
  const first = file.firstMention(owner, CACHE_WORDS);
  return first !== undefined && first < node.pos;
}
