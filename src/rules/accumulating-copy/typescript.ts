import { ts } from 'ts-morph';
import type { Match, MatchConfidence } from '../../core/rule';
import { isFewByNature } from '../../syntax/cardinality';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { growthOf } from '../../syntax/typescript/growth';
import { isOfPage } from '../../syntax/typescript/handfuls';
import { labelOf, type Loop } from '../../syntax/typescript/loops';
import { isWithin, methodName, receiverOf, some, unwrap } from '../../syntax/typescript/nodes';
import { sizeOf } from '../../syntax/typescript/perItem';
import type { TypeScriptMatcher } from '../matchers';
import { copyOf, type Copy } from './copies';
import type { Facts } from './rule';
import { fixAssignment, fixReducer } from './typescriptFix';

/** Copying a few dozen elements costs nothing worth saying. */
const SMALL_LOOP = 50;
/** What `labelOf` says of a value without a name. */
const UNNAMED = 'the list';

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.BinaryExpression, ts.SyntaxKind.CallExpression],
  names: ['reduce', 'reduceRight'],

  find(node, file): Match<Facts> | undefined {
    return ts.isBinaryExpression(node) ? inLoop(node, file) : inReducer(node as ts.CallExpression, file);
  },

  fix: (_match, node, file) =>
    ts.isBinaryExpression(node) ? fixAssignment(node, file) : fixReducer(node as ts.CallExpression, file),
};

/** `acc = [...acc, x]` in a loop that acc was declared before. */
function inLoop(node: ts.BinaryExpression, file: TypeScriptFile): Match<Facts> | undefined {
  if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isIdentifier(node.left)) return undefined;
  const copy = copyOf(node.right, node.left.text);
  if (!copy) return undefined;
  const loop = file.loopAround(node);
  const declaration = loop && file.scopes.resolve(node.left)?.node;
  if (!loop || !declaration || isWithin(declaration, loop.node) || isSmall(loop) || isKept(node.left.text, loop, node)) return undefined;
  if (copy.form === 'concat' && !isArray(node.left, node.right, file)) return undefined;
  return found(node.right, node.left.text, copy, loop, file);
}

/** `xs.reduce((acc, x) => [...acc, x], [])`. */
function inReducer(call: ts.CallExpression, file: TypeScriptFile): Match<Facts> | undefined {
  const name = methodName(call);
  const receiver = receiverOf(call);
  const [callback, initial] = call.arguments;
  if ((name !== 'reduce' && name !== 'reduceRight') || !receiver || !callback || !initial) return undefined;
  if (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback)) return undefined;
  const accumulator = callback.parameters[0]?.name;
  if (!accumulator || !ts.isIdentifier(accumulator)) return undefined;
  const size = file.shape(receiver).size;
  const confidence = confidenceOf(receiver, labelOf(receiver), file);
  if (!confidence || (size !== undefined && size < SMALL_LOOP)) return undefined;
  for (const returned of returnedExpressions(callback)) {
    const copy = copyOf(returned, accumulator.text);
    if (!copy || (copy.form === 'concat' && file.shape(initial).kind !== 'array')) continue;
    return {
      span: file.span(returned),
      facts: { accumulator: accumulator.text, form: copy.text, loop: labelOf(receiver) },
      size: { kind: 'collection', name: labelOf(receiver) },
      confidence,
    };
  }
  return undefined;
}

function found(node: ts.Expression, accumulator: string, copy: Copy, loop: Loop, file: TypeScriptFile): Match<Facts> | undefined {
  // A loop without a collection turns page by page or try by try; how often is not known.
  const confidence = loop.collection ? confidenceOf(loop.collection, loop.label, file) : isOfPage(file) ? undefined : 'possible';
  return confidence && {
    span: file.span(node),
    facts: { accumulator, form: copy.text, loop: loop.label },
    size: sizeOf(loop),
    confidence,
  };
}

/** It matters for a list that is known to grow. The headers of a request, what a page shows and what has no name of its own are short. */
function confidenceOf(collection: ts.Expression, label: string, file: TypeScriptFile): MatchConfidence | undefined {
  if (isFewByNature(label)) return undefined;
  switch (growthOf(collection, file)) {
    case 'grows':
      return isOfPage(file) ? 'possible' : 'likely';
    case 'unknown':
      return isOfPage(file) || label === UNNAMED ? undefined : 'unsized';
    case 'bounded':
      return undefined;
  }
}

export function returnedExpressions(callback: ts.ArrowFunction | ts.FunctionExpression): ts.Expression[] {
  if (!ts.isBlock(callback.body)) return [callback.body];
  const returned: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression) returned.push(node.expression);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(callback.body, visit);
  return returned;
}

function isSmall(loop: Loop): boolean {
  return loop.size !== undefined && loop.size < SMALL_LOOP;
}

function isArray(accumulator: ts.Identifier, copy: ts.Expression, file: TypeScriptFile): boolean {
  return file.shape(accumulator).kind === 'array' || file.shape(copy).kind === 'array';
}

/** `history.push(acc)`, `yield acc`, `x = acc`: somebody keeps the earlier version, so the copy is wanted. */
function isKept(name: string, loop: Loop, assignment: ts.BinaryExpression): boolean {
  return some(loop.body, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name || isWithin(node, assignment)) return false;
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) return parent.expression !== node;
    return ts.isCallExpression(parent) || ts.isYieldExpression(parent) || ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)
      || ts.isArrayLiteralExpression(parent) || (ts.isBinaryExpression(parent) && parent.right === node && unwrap(parent.left) !== node) || (ts.isVariableDeclaration(parent) && parent.initializer === node);
  });
}
