import { ts } from 'ts-morph';
import type { Match, MatchConfidence } from '../../core/rule';
import { isFewByNature, isGroupKey, isIdentity } from '../../syntax/cardinality';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { growthOf } from '../../syntax/typescript/growth';
import { isOfPage } from '../../syntax/typescript/handfuls';
import { leavesEarly, tellsFailure } from '../../syntax/typescript/loopFlow';
import { labelOf } from '../../syntax/typescript/loops';
import { rootOf, shortText, some } from '../../syntax/typescript/nodes';
import { sizeOf } from '../../syntax/typescript/perItem';
import { pathOf } from '../../syntax/typescript/writes';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { INDEXES, keyShape, nestedSearchIn, searchOf, type Search } from './search';
import { fixSearch } from './typescriptFix';

/** Below this many elements a list is searched as fast as a Map is asked. */
const SMALL_LIST = 50;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.ForOfStatement, ts.SyntaxKind.ForStatement],
  names: [...Object.keys(INDEXES), 'forEach'],

  find(node, file): Match<Facts> | undefined {
    const place = node as ts.CallExpression | ts.ForOfStatement | ts.ForStatement;
    const search = (ts.isCallExpression(place) ? searchOf(place, file) : undefined) ?? nestedSearchIn(place, file);
    const confidence = search && isWorthAnIndex(search, file) ? confidenceOf(search, place, file) : undefined;
    if (!search || !confidence || !isFirst(node, search)) return undefined;
    const { collection, method, equality, loop } = search;
    const list = pathOf(collection)?.replace(/^this\./, '') ?? shortText(collection);
    return {
      span: file.span(headOf(place)),
      facts: {
        collection: list,
        search: method === 'loop' ? `The loop over ${list}` : `${list}.${method}`,
        key: shortText(equality.key),
        loop: loop.label,
        index: INDEXES[method] ?? 'Map of lists',
      },
      size: sizeOf(loop),
      confidence,
    };
  },

  fix: (_match, node, file) => (ts.isCallExpression(node) ? fixSearch(node, file) : undefined),
};

/** Both collections may be long, and the key tells their items apart. */
function isWorthAnIndex({ collection, equality, loop }: Search, file: TypeScriptFile): boolean {
  if (loop.kind === 'while' || isShort(loop.size) || isShort(file.shape(collection).size)) return false;
  const { kind } = file.shape(collection);
  if (kind !== 'array' && kind !== 'unknown') return false;
  const names = [labelOf(collection), rootOf(collection).getText(), loop.label];
  return !names.some((name) => isFewByNature(name) || isConstantTable(name)) && !isGroupKey(equality.key.getText());
}

function isShort(size: number | undefined): boolean {
  return size !== undefined && size < SMALL_LIST;
}

/** What is written in capitals is a table of constants, as long as somebody cared to type. */
function isConstantTable(name: string): boolean {
  return /^[A-Z][A-Z0-9_]+$/.test(name);
}

/**
 * It matters where both collections grow, and the code shows that they do. Records are told apart by an id; what is told
 * apart by a name or a slug may be a list of settings. A loop that may end early or waits in every round, a page and the
 * words of a failure have little to gain. One of these doubts leaves a hint, and so do two lists of unknown length without any.
 */
function confidenceOf({ collection, equality, loop }: Search, place: ts.Node, file: TypeScriptFile): MatchConfidence | undefined {
  const isRecord = isIdentity(equality.key.getText()) || isIdentity(equality.wanted.getText());
  const doubts = [!isRecord, leavesEarly(loop), some(loop.body, ts.isAwaitExpression), isOfPage(file), tellsFailure(place)].filter(Boolean).length;
  if (doubts > 1) return undefined;
  const growth = [collection, loop.collection].map((list) => (list ? growthOf(list, file) : 'unknown'));
  if (growth.includes('bounded')) return undefined;
  if (growth.includes('unknown')) return doubts === 0 ? 'unsized' : undefined;
  return doubts === 0 ? 'likely' : 'possible';
}

/** The call, or the part of a loop statement that says what is looped over. */
function headOf(node: ts.CallExpression | ts.ForOfStatement | ts.ForStatement): ts.Node {
  return ts.isCallExpression(node) ? node : ts.isForOfStatement(node) ? node.expression : (node.condition ?? node);
}

const FIRST = new WeakMap<ts.Node, Map<string, ts.Node>>();

/** One index serves all searches of one list by one key in one loop, so the first of them is the finding. */
function isFirst(node: ts.Node, search: Search): boolean {
  let searches = FIRST.get(search.loop.node);
  if (!searches) FIRST.set(search.loop.node, (searches = new Map()));
  const what = keyShape(search);
  if (!searches.has(what)) searches.set(what, node);
  return searches.get(what) === node;
}
