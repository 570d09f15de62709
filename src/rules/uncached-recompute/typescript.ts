import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { enclosingFunction, isAssignment, isFunction, isInlineFunction, some } from '../../syntax/typescript/nodes';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { COSTLY_CALLS, costlyResult } from './typescriptCalls';
import { makeOnce } from './typescriptFix';

const Kind = ts.SyntaxKind;
const { isBinaryExpression, isCallExpression, isConstructorDeclaration, isIdentifier, isIfStatement, isNewExpression, isPropertyAccessExpression } = ts;

/** Functions that run what they are given once, or when something changes. */
const KEEPERS = /^(?:useMemo|useCallback|useState|useRef|memo|memoize|once|cache|lazy|unstable_cache|createSingleton|computed|shallowRef|ref)$/;

/** A page of Next.js that is made when it is built, and kept. */
const PRERENDERED = /export const (?:revalidate\s*=\s*(?:false|\d{2,})|dynamic\s*=\s*['"]force-static)/;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [Kind.CallExpression, Kind.NewExpression],
  names: COSTLY_CALLS,

  find(node, file): Match<Facts> | undefined {
    const made = node as ts.CallExpression | ts.NewExpression;
    const fn = enclosingFunction(made);
    if (fn === undefined || isConstructorDeclaration(fn)) return undefined;
    const what = costlyResult(made, file);
    if (what === undefined || isKept(made) || PRERENDERED.test(file.text) || isRepeated(made, what, fn, file)) return undefined;
    const loop = file.loopAround(made);
    // The fields of one object are a handful.
    const inLoop = loop !== undefined && !/^Object\./.test(loop.collection?.getText() ?? '');
    return { span: file.span(made), facts: { call: made.expression.getText(file.source), what, inLoop } };
  },

  fix: (_match, node, file: TypeScriptFile) => makeOnce(node as ts.CallExpression | ts.NewExpression, file),
};

/** A function that reads four files has one thing to change. */
function isRepeated(made: ts.Node, what: string, fn: ts.Node, file: TypeScriptFile): boolean {
  return some(fn, (node) => node.pos < made.pos && (isCallExpression(node) || isNewExpression(node)) && costlyResult(node, file) === what);
}

/** Somebody keeps the result: `cached ??= …`, `if (!template) template = …`, `useMemo(() => …)`. */
function isKept(made: ts.Node): boolean {
  for (let at = made; at.parent; at = at.parent) {
    const { parent } = at;
    if (isAssignment(parent) && parent.right === at && (isBinaryExpression(parent) && parent.operatorToken.kind !== Kind.EqualsToken || isGuarded(parent))) return true;
    if (isFunction(parent)) {
      if (!isInlineFunction(parent)) return false;
      const call = parent.parent;
      if (isCallExpression(call) && KEEPERS.test(nameOf(call))) return true;
    }
  }
  return false;
}

/** The assignment stands under a condition: it happens once, until there is a value. */
function isGuarded(assignment: ts.Node): boolean {
  for (let at = assignment; at.parent && !isFunction(at); at = at.parent) if (isIfStatement(at.parent) && at.parent.expression !== at) return true;
  return false;
}

function nameOf({ expression }: ts.CallExpression): string {
  return isIdentifier(expression) ? expression.text : isPropertyAccessExpression(expression) ? expression.name.text : '';
}
