import { ts } from 'ts-morph';
import type { Match, MatchConfidence } from '../../core/rule';
import { isFewByNature } from '../../syntax/cardinality';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { growthOf } from '../../syntax/typescript/growth';
import { isOfPage } from '../../syntax/typescript/handfuls';
import { lodashFunction } from '../../syntax/typescript/lodash';
import { labelOf } from '../../syntax/typescript/loops';
import { methodName, receiverOf, rootOf, shortText, some, unwrap } from '../../syntax/typescript/nodes';
import { pathOf } from '../../syntax/typescript/writes';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { takenFrom, type Taken } from './taken';
import { fixExtreme } from './typescriptFix';

/** Sorting fewer takes no time. */
const SMALL = 20;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],
  names: ['sort', 'toSorted', 'sortBy', 'orderBy'],

  find(node, file): Match<Facts> | undefined {
    const call = node as ts.CallExpression;
    const collection = sortedBy(call, file);
    const taken = collection && takenFrom(call, file);
    if (!collection || !taken || isSmall(collection, file) || isShuffled(call)) return undefined;
    const confidence = confidenceOf(collection, file);
    if (!confidence) return undefined;
    const { kind } = file.shape(collection);
    return {
      span: file.span(taken.node),
      facts: { expression: shortText(taken.node), collection: labelOf(collection), takes: takes(taken), instead: call.arguments.length > 0 ? 'one pass that keeps the better item (reduce)' : 'one pass that keeps the smaller or larger item' },
      size: { kind: 'collection', name: labelOf(collection) },
      confidence,
      question: kind === 'unknown' && methodName(call) === 'sort' && call.arguments.length === 0 ? { span: file.span(receiverOf(call)!), holdsFor: ['array'], unanswered: 'possible' } : undefined,
    };
  },

  fix: (_match, node, file) => fixExtreme(node as ts.CallExpression, file),
};

/** The list behind the sorted one: `xs` of `xs.sort()`, `[...xs].sort()` and lodash's `sortBy(xs, 'x')`. */
function sortedBy(call: ts.CallExpression, file: TypeScriptFile): ts.Expression | undefined {
  const name = methodName(call);
  if (name === 'sort' || name === 'toSorted') {
    const receiver = receiverOf(call)!;
    const { kind } = file.shape(receiver);
    return kind === 'array' || kind === 'unknown' ? behindCopy(receiver) : undefined;
  }
  return lodashFunction(call, file) ? call.arguments[0] : undefined;
}

/** A copy is made so that the sorting does not show. */
export function behindCopy(receiver: ts.Expression): ts.Expression {
  const node = unwrap(receiver);
  if (ts.isArrayLiteralExpression(node) && node.elements.length === 1 && ts.isSpreadElement(node.elements[0]!)) return unwrap(node.elements[0].expression);
  const isCopy = ts.isCallExpression(node) && ((methodName(node) === 'slice' && node.arguments.length === 0) || (methodName(node) === 'from' && receiverOf(node)?.getText() === 'Array' && node.arguments.length === 1));
  if (!isCopy) return node;
  return methodName(node) === 'slice' ? receiverOf(node)! : unwrap(node.arguments[0]!);
}

function takes({ ends }: Taken): Facts['takes'] {
  return ends.size > 1 ? 'first and last' : ends.has('first') ? 'first' : 'last';
}

function isSmall(collection: ts.Expression, file: TypeScriptFile): boolean {
  const { size } = file.shape(collection);
  const label = labelOf(collection);
  return (size !== undefined && size < SMALL) || isFewByNature(label) || /^[A-Z][A-Z0-9_]+$/.test(label) || /\.split\([^)]*\)$/.test(collection.getText());
}

/** It matters for a list that is known to grow; on a page, and where it is part of one thing, it hardly does. */
function confidenceOf(collection: ts.Expression, file: TypeScriptFile): MatchConfidence | undefined {
  switch (growthOf(collection, file)) {
    case 'grows':
      return isOfPage(file) ? 'possible' : 'likely';
    case 'unknown':
      return isOfPage(file) || isPartOfOne(collection) ? undefined : 'unsized';
    case 'bounded':
      return undefined;
  }
}

/** What has no name of its own, or only as a property of something, is often short. */
function isPartOfOne(collection: ts.Expression): boolean {
  const root = rootOf(collection);
  if (pathOf(root) === undefined || (ts.isCallExpression(collection) && methodName(collection) === undefined)) return true;
  return ts.isPropertyAccessExpression(collection) && root.kind !== ts.SyntaxKind.ThisKeyword;
}

/** `sort(() => Math.random() - 0.5)` picks one by chance. */
function isShuffled(call: ts.CallExpression): boolean {
  return call.arguments.some((argument) => some(argument, (node) => ts.isIdentifier(node) && node.text === 'random'));
}
