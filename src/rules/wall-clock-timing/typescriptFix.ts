import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import type { SpanEdit } from '../../core/text';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { methodName, receiverOf, unwrap } from '../../syntax/typescript/nodes';
import { clockOf, differenceAround, timerOf, type Timer } from './typescriptClock';

const { isCallExpression, isIdentifier, isImportSpecifier, isParenthesizedExpression, isPrefixUnaryExpression } = ts;

const MONOTONIC = 'performance.now()';

/**
 * Takes both readings from `performance.now()` and rounds the difference, which then is a whole number of
 * milliseconds as before. Every variable that takes part must serve for differences alone.
 */
export function fixTimers(difference: ts.BinaryExpression, file: TypeScriptFile): Fix | undefined {
  if (!isGlobalClock(file)) return undefined;
  const timers = new Map<ts.Node, Timer>();
  const differences = new Set<ts.BinaryExpression>();
  if (!collect(difference, file, timers, differences)) return undefined;
  return {
    title: 'Time it with performance.now()',
    kind: 'safe',
    edits: [
      ...[...timers.values()].map(({ reading }) => ({ ...file.span(reading), newText: MONOTONIC })),
      ...[...differences].flatMap((each) => rewrite(each, file)),
    ],
  };
}

/** Follows a difference to its timers and those to their other differences; false where one is used for anything else. */
function collect(difference: ts.BinaryExpression, file: TypeScriptFile, timers: Map<ts.Node, Timer>, differences: Set<ts.BinaryExpression>): boolean {
  if (differences.has(difference)) return true;
  differences.add(difference);
  for (const side of [difference.left, difference.right]) {
    if (clockOf(side, file) !== undefined) continue;
    const timer = timerOf(side, file);
    if (timer === undefined) return false;
    if (timers.has(timer.declaration.node)) continue;
    timers.set(timer.declaration.node, timer);
    for (const use of file.uses.of(timer.declaration)) {
      const other = differenceAround(use);
      if (other === undefined || !collect(other, file, timers, differences)) return false;
    }
  }
  return true;
}

function rewrite(difference: ts.BinaryExpression, file: TypeScriptFile): SpanEdit[] {
  const sides = [difference.left, difference.right].map((side) => {
    const newText = clockOf(side, file) !== undefined ? MONOTONIC : plainName(side);
    return { ...file.span(side), newText };
  });
  if (isRounded(difference)) return sides;
  // `(a - b)` keeps its parentheses as those of the call.
  const holder = isParenthesizedExpression(difference.parent) ? difference.parent : undefined;
  const { start, end } = file.span(holder ?? difference);
  const opening = { start, end: start, newText: holder ? 'Math.round' : 'Math.round(' };
  return holder ? [opening, ...sides] : [opening, ...sides, { start: end, end, newText: ')' }];
}

function plainName(side: ts.Expression): string {
  let node = unwrap(side);
  if (isPrefixUnaryExpression(node)) node = unwrap(node.operand);
  return isCallExpression(node) ? receiverOf(node)!.getText() : node.getText();
}

function isRounded({ parent }: ts.Expression): boolean {
  if (!isCallExpression(parent)) return false;
  const owner = receiverOf(parent);
  return owner !== undefined && isIdentifier(owner) && owner.text === 'Math' && /^(?:round|floor|ceil|trunc)$/.test(methodName(parent)!);
}

/** `performance` is the global or the one that Node's perf_hooks exports. */
function isGlobalClock(file: TypeScriptFile): boolean {
  const declaration = file.scopes.topLevel('performance');
  if (declaration === undefined) return true;
  return isImportSpecifier(declaration.node) && /^(?:node:)?perf_hooks$/.test(file.imports.get('performance')?.module ?? '');
}
