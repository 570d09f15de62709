import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import { isFewByNature } from '../../syntax/cardinality';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { growthOf } from '../../syntax/typescript/growth';
import { isOfPage } from '../../syntax/typescript/handfuls';
import { loopsWithSame } from '../../syntax/typescript/invariance';
import { labelOf } from '../../syntax/typescript/loops';
import { isInlineFunction, methodName, receiverOf, rootOf, shortText, unwrap } from '../../syntax/typescript/nodes';
import { sizeOf } from '../../syntax/typescript/perItem';
import { isConstantTable, isManyRounds, isOnlyRead, isShort, runsEachRound } from '../../syntax/typescript/rounds';
import { pathOf } from '../../syntax/typescript/writes';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { hoist } from './typescriptFix';

const WITH_CALLBACK = ['map', 'filter', 'flatMap', 'reduce', 'reduceRight', 'find', 'findIndex', 'findLast', 'some', 'every', 'toSorted'];
const STATICS: Readonly<Record<string, readonly string[]>> = {
  Object: ['keys', 'values', 'entries', 'fromEntries'],
  Array: ['from'],
  Math: ['max', 'min'],
};
const FORMATTERS = /^(?:DateTimeFormat|NumberFormat|Collator|PluralRules|RelativeTimeFormat|ListFormat|Segmenter|DisplayNames)$/;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.NewExpression],
  names: [...WITH_CALLBACK, ...Object.values(STATICS).flat()],

  find(node, file): Match<Facts> | undefined {
    const call = node as ts.CallExpression | ts.NewExpression;
    const read = file.loopAround(call) && (ts.isCallExpression(call) ? readByCall(call, file) : readByNew(call, file));
    if (!read) return undefined;
    const loop = loopsWithSame(call, call, file, 'keeps').find((each) => isManyRounds(each));
    if (!loop || isPartOfSame(call, file) || !runsEachRound(call, loop, file)) return undefined;
    if (read !== 'constant' && (isFew(read, file) || !(givesNoCollection(call) || isOnlyRead(call)))) return undefined;
    return {
      span: file.span(call),
      facts: { call: shortText(call), loop: loop.label, reads: read === 'constant' ? undefined : labelOf(read) },
      size: sizeOf(loop),
      confidence: !isOfPage(file) && (read === 'constant' || growthOf(read, file) === 'grows') ? 'likely' : 'possible',
    };
  },

  fix: (_match, node, file) => hoist(node as ts.CallExpression | ts.NewExpression, file),
};

type Read = ts.Expression | 'constant' | undefined;

/** The collection that a call reads through. */
function readByCall(call: ts.CallExpression, file: TypeScriptFile): Read {
  const name = methodName(call)!;
  const receiver = receiverOf(call);
  if (!receiver || ts.isAwaitExpression(call.parent)) return undefined;
  const [first] = call.arguments;
  if (ts.isIdentifier(receiver) && Object.hasOwn(STATICS, receiver.text) && !file.scopes.resolve(receiver)) {
    if (!STATICS[receiver.text]!.includes(name) || !first) return undefined;
    if (receiver.text === 'Math') return ts.isSpreadElement(first) ? first.expression : undefined;
    return first;
  }
  const isCallback = first !== undefined && isInlineFunction(first);
  if (!isCallback || !WITH_CALLBACK.includes(name)) return undefined;
  const { kind } = file.shape(receiver);
  return kind === 'array' || kind === 'unknown' ? receiver : undefined;
}

/** `new Set(list)` reads the list; making a formatter costs a hundred times what using one does. */
function readByNew(node: ts.NewExpression, file: TypeScriptFile): Read {
  const callee = unwrap(node.expression);
  const [first] = node.arguments ?? [];
  if (ts.isIdentifier(callee)) return (callee.text === 'Set' || callee.text === 'Map') && first && !file.scopes.resolve(callee) ? first : undefined;
  const isFormatter = ts.isPropertyAccessExpression(callee) && FORMATTERS.test(callee.name.text) && callee.expression.getText() === 'Intl';
  return isFormatter ? 'constant' : undefined;
}

/** Part of a longer expression that is the same in every round as well: that one is the finding. */
function isPartOfSame(call: ts.Expression, file: TypeScriptFile): boolean {
  let at: ts.Node = call;
  while (ts.isPropertyAccessExpression(at.parent) || ts.isNonNullExpression(at.parent) || ts.isParenthesizedExpression(at.parent) || ts.isSpreadElement(at.parent) || ts.isAsExpression(at.parent)) at = at.parent;
  const { parent } = at;
  if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return false;
  const read = ts.isCallExpression(parent) ? methodName(parent) !== undefined && readByCall(parent, file) : readByNew(parent, file);
  return read !== undefined && read !== false && loopsWithSame(parent, parent, file, 'keeps').length > 0;
}

/** What is written with a capital is an enumeration or a table of constants. */
function isFew(collection: ts.Expression, file: TypeScriptFile): boolean {
  const label = labelOf(collection);
  return pathOf(rootOf(collection)) === undefined || isShort(file.shape(collection).size) || isFewByNature(label) || isConstantTable(label) || /^[A-Z]/.test(label);
}

/** Methods that give a truth, a number or an element that was there before: no new collection. */
export function givesNoCollection(call: ts.CallExpression | ts.NewExpression): boolean {
  return ts.isCallExpression(call) && /^(?:some|every|find|findIndex|findLast|max|min)$/.test(methodName(call) ?? '');
}
