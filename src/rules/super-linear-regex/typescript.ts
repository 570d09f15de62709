import { ts } from 'ts-morph';
import type { Fix, Match } from '../../core/rule';
import { superLinear, type RegexSource } from '../../syntax/regex/analysis';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import type { TypeScriptMatcher } from '../matchers';
import { factsOf } from './facts';
import type { Facts } from './rule';

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.RegularExpressionLiteral, ts.SyntaxKind.NewExpression, ts.SyntaxKind.CallExpression],
  names: ['RegExp'],

  find(node, file): Match<Facts> | undefined {
    const regex = regexOf(node, file);
    const found = regex && superLinear(regex);
    if (!regex || !found) return undefined;
    return {
      span: file.span(node),
      facts: factsOf(regex.source, found),
      confidence: found.growth === 'exponential' ? 'likely' : 'possible',
    };
  },

  fix(_match, node, file): Fix | undefined {
    const regex = ts.isRegularExpressionLiteral(node) ? regexOf(node, file) : undefined;
    const fixed = regex && superLinear(regex)?.fixed;
    if (!fixed) return undefined;
    return {
      title: 'Match each character in one way only',
      kind: 'safe',
      edits: [{ ...file.span(node), newText: `/${fixed.source}/${fixed.flags}` }],
    };
  },
};

/** The pattern of `/…/` and of `new RegExp('…', 'flags')`. */
function regexOf(node: ts.Node, file: TypeScriptFile): RegexSource | undefined {
  if (ts.isRegularExpressionLiteral(node)) {
    const end = node.text.lastIndexOf('/');
    return { source: node.text.slice(1, end), flags: node.text.slice(end + 1) };
  }
  const { expression, arguments: args } = node as ts.NewExpression | ts.CallExpression;
  if (!ts.isIdentifier(expression) || expression.text !== 'RegExp' || file.scopes.resolve(expression)) return undefined;
  const [pattern, flags] = args ?? [];
  if (!pattern || !ts.isStringLiteralLike(pattern) || (flags && !ts.isStringLiteralLike(flags))) return undefined;
  return { source: pattern.text, flags: flags ? (flags as ts.StringLiteralLike).text : '' };
}
