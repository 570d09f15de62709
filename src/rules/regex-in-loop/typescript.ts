import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { dependsOn, isInvariant, loopsWithSame } from '../../syntax/typescript/invariance';
import { leavesEarly } from '../../syntax/typescript/loopFlow';
import { loopsAround, type Loop } from '../../syntax/typescript/loops';
import { methodName, shortText, some, unwrap } from '../../syntax/typescript/nodes';
import { sizeOf } from '../../syntax/typescript/perItem';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { hoist } from './typescriptFix';

/** Fewer rounds cost nothing worth saying. */
const SMALL = 20;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.NewExpression, ts.SyntaxKind.CallExpression],
  names: ['RegExp', 'match', 'matchAll', 'search'],

  find(node, file): Match<Facts> | undefined {
    const pattern = file.loopAround(node) && patternOf(node as ts.CallExpression | ts.NewExpression, file);
    if (!pattern) return undefined;
    const same = loopsWithSame(pattern, node, file, 'keeps').filter(isManyRounds);
    const loop = same[0] ?? loopAroundList(pattern, node, file);
    if (!loop) return undefined;
    return {
      span: file.span(node),
      facts: { call: shortText(node), loop: loop.label, form: same.length > 0 ? 'compiled' : 'list', depth: same.length },
      size: sizeOf(loop),
      // It ends with the first that fits.
      confidence: leavesEarly(loop) ? 'possible' : undefined,
    };
  },

  fix: (match, node, file) => (match.facts.form === 'compiled' ? hoist(node as ts.CallExpression | ts.NewExpression, file) : undefined),
};

/** What the pattern is made of: a new RegExp itself, or the string that match() and search() make one of. */
function patternOf(node: ts.CallExpression | ts.NewExpression, file: TypeScriptFile): ts.Expression | undefined {
  const callee = unwrap(node.expression);
  const [first] = node.arguments ?? [];
  if (!first) return undefined;
  if (ts.isIdentifier(callee)) {
    const isRegExp = callee.text === 'RegExp' && !file.scopes.resolve(callee);
    return isRegExp && !ts.isRegularExpressionLiteral(first) ? node : undefined;
  }
  return ts.isCallExpression(node) && ts.isStringLiteralLike(first) && methodName(node) !== 'RegExp' && isText(node, file) ? first : undefined;
}

/** `caches.match('/offline.html')` is no regular expression. */
function isText(call: ts.CallExpression, file: TypeScriptFile): boolean {
  const callee = unwrap(call.expression);
  return ts.isPropertyAccessExpression(callee) && file.shape(callee.expression).kind === 'string';
}

/** `texts.filter((text) => words.some((word) => new RegExp(word).test(text)))`: a loop around that of the patterns. */
function loopAroundList(pattern: ts.Expression, node: ts.Node, file: TypeScriptFile): Loop | undefined {
  const [inner, ...outer] = loopsAround(node, file);
  if (!inner?.collection || !dependsOn(pattern, inner, file) || inner.kind === 'while') return undefined;
  const { collection } = inner;
  return outer.find((loop) => isManyRounds(loop) && isInvariant(collection, loop, file, 'keeps') && !dependsOn(pattern, loop, file, inner.node));
}

/** A round that waits costs far more than making a pattern. */
function isManyRounds(loop: Loop): boolean {
  return loop.kind !== 'while' && !(loop.size !== undefined && loop.size < SMALL) && !some(loop.body, ts.isAwaitExpression);
}
