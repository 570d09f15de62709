import { ts } from 'ts-morph';
import type { Match, MatchConfidence } from '../../core/rule';
import { isFewByNature, isGroupKey, isIdentity } from '../../syntax/cardinality';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { growthOf } from '../../syntax/typescript/growth';
import { comesFromOneText, isOfPage, listsConstants } from '../../syntax/typescript/handfuls';
import { drawsItem } from '../../syntax/typescript/loopFlow';
import { labelOf, loopsAround, type Loop } from '../../syntax/typescript/loops';
import { isWithin, methodName, receiverOf, rootOf, shortText, some } from '../../syntax/typescript/nodes';
import { sizeOf } from '../../syntax/typescript/perItem';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { fixMembership } from './typescriptFix';

/** Below this many elements a list is searched as fast as a Set is asked. */
const SMALL_LIST = 50;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],
  names: ['includes', 'indexOf', 'lastIndexOf'],

  find(node, file): Match<Facts> | undefined {
    const call = node as ts.CallExpression;
    const method = methodName(call);
    const list = receiverOf(call);
    if (!list || call.arguments.length !== 1 || !isMembershipTest(call, method)) return undefined;
    const loop = outermostLoopOutside(call, list, file);
    if (!loop || loop.kind === 'while' || (loop.size !== undefined && loop.size < SMALL_LIST)) return undefined;
    const shape = file.shape(list);
    // What is written in capitals is a table of constants, as long as somebody cared to type.
    if (isConstantTable(list) || (loop.collection && isConstantTable(loop.collection))) return undefined;
    const [wanted] = call.arguments;
    if (isFewByNature(labelOf(list)) || isFewByNature(loop.label) || isGroupKey(wanted!.getText())) return undefined;
    if (shape.kind !== 'array' && shape.kind !== 'unknown') return undefined;
    if ((shape.size !== undefined && shape.size < SMALL_LIST) || comesFromOneText(list, file) || listsConstants(list, file)) return undefined;
    // Who looks for a piece of text looks in a text, and in a list the answer is the same for every item.
    if (ts.isStringLiteralLike(wanted!)) return undefined;
    if (drawsItem(loopsAround(call, file)[0]!)) return undefined;
    const confidence = confidenceOf(list, wanted!, loop, file);
    if (!confidence) return undefined;
    return {
      span: file.span(call),
      facts: { collection: shortText(list), method: method!, loop: loop.label },
      size: sizeOf(loop),
      confidence,
      question: shape.kind === 'unknown' ? { span: file.span(list), holdsFor: ['array'], unanswered: 'silent' } : undefined,
    };
  },

  fix: (_match, node, file) => fixMembership(node as ts.CallExpression, file),
};

/**
 * It matters where the list and the loop grow, and the code shows that they do; a list that the loop adds to is as long as
 * the loop. Of unknown length, ids stand for records, and a list of labels may be one of settings.
 */
function confidenceOf(list: ts.Expression, wanted: ts.Expression, loop: Loop, file: TypeScriptFile): MatchConfidence | undefined {
  const isAddedTo = growsIn(loop, list);
  const ofLoop = loop.collection ? growthOf(loop.collection, file) : 'unknown';
  const ofList = isAddedTo ? ofLoop : growthOf(list, file);
  if (ofLoop === 'bounded' || ofList === 'bounded') return undefined;
  // A round that waits takes longer than looking through a list.
  const isSlow = some(loop.body, ts.isAwaitExpression);
  if (ofLoop === 'grows' && ofList === 'grows') return isOfPage(file) || isSlow ? 'possible' : 'likely';
  const isRecord = isIdentity(wanted.getText()) || isIdentity(labelOf(list).replace(/s$/, ''));
  return (isRecord || isAddedTo) && !isOfPage(file) && !isSlow ? 'unsized' : undefined;
}

function growsIn(loop: Loop, list: ts.Expression): boolean {
  return some(loop.body, (node) => ts.isCallExpression(node) && methodName(node) === 'push' && receiverOf(node)?.getText() === list.getText());
}

function isConstantTable(list: ts.Expression): boolean {
  return /^[A-Z][A-Z0-9_]+$/.test(labelOf(list));
}

/** `includes`, and `indexOf` where only "found or not" is asked; a used index needs the list. */
function isMembershipTest(call: ts.CallExpression, method: string | undefined): boolean {
  if (method === 'includes') return true;
  if (method !== 'indexOf' && method !== 'lastIndexOf') return false;
  return comparedIndex(call) !== undefined;
}

/** Whether `indexOf(…)` is compared so that it means "found" (true) or "not found" (false). */
export function comparedIndex(call: ts.CallExpression): boolean | undefined {
  const { parent } = call;
  if (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.TildeToken) return true;
  if (!ts.isBinaryExpression(parent) || parent.left !== call) return undefined;
  switch (`${parent.operatorToken.getText()} ${parent.right.getText()}`) {
    case '!== -1':
    case '!= -1':
    case '> -1':
    case '>= 0':
      return true;
    case '=== -1':
    case '== -1':
    case '< 0':
      return false;
    default:
      return undefined;
  }
}

/** The outermost loop that the list was made before: the list is the same one in every round of it. */
export function outermostLoopOutside(call: ts.CallExpression, list: ts.Expression, file: TypeScriptFile): Loop | undefined {
  const root = rootOf(list);
  if (!isStable(list)) return undefined;
  const declaration = ts.isIdentifier(root) ? file.scopes.resolve(root)?.node : undefined;
  if (ts.isIdentifier(root) && !declaration) return undefined;
  let outermost: Loop | undefined;
  for (const loop of loopsAround(call, file)) {
    if (declaration && isWithin(declaration, loop.node)) break;
    if (declaration && isReassigned(list, loop)) break;
    outermost = loop;
  }
  return outermost;
}

/** A name, a property path, or `Object.keys(name)`: nothing that makes a new list for each item. */
function isStable(list: ts.Expression): boolean {
  if (ts.isIdentifier(list)) return true;
  if (ts.isPropertyAccessExpression(list)) return list.expression.kind === ts.SyntaxKind.ThisKeyword || isStable(list.expression);
  return false;
}

/** `list = …` inside the loop: it is another list each time. */
function isReassigned(list: ts.Expression, loop: Loop): boolean {
  const text = list.getText().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w.$])${text}\\s*=(?![=>])`).test(loop.body.getText());
}
