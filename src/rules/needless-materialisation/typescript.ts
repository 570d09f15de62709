import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import { isFewByNature } from '../../syntax/cardinality';
import { growthOf } from '../../syntax/typescript/growth';
import { labelOf } from '../../syntax/typescript/loops';
import { rootOf, shortText } from '../../syntax/typescript/nodes';
import { isConstantTable, isManyRounds, isShort } from '../../syntax/typescript/rounds';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { needlessList } from './typescriptForms';
import { outer } from './typescriptUses';

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.ArrayLiteralExpression],
  names: ['filter', 'map', 'from', 'keys'],

  find(node, file): Match<Facts> | undefined {
    const list = node as ts.Expression;
    const needless = needlessList(list, file);
    const label = needless && labelOf(needless.source);
    if (!needless || isFewByNature(label!) || isFewByNature(needless.source.getText()) || isConstantTable(label!)) return undefined;
    const { source, then, instead, saves, isChain } = needless;
    const shape = file.shape(source);
    const isArray = saves === 'asks' || shape.kind === 'array' || shape.kind === 'unknown';
    // jQuery's filter gives a selection, which has a length and no some().
    if (!isArray || isShort(shape.size) || isPartsOfText(source) || rootOf(source).getText().startsWith('$')) return undefined;
    const loop = file.loopAround(list);
    return {
      span: file.span(list),
      facts: { list: shortText(list, 60), then, instead, saves, isChain, isInLoop: loop !== undefined },
      size: shape.size === undefined ? { kind: 'collection', name: label! } : { kind: 'literal', value: shape.size },
      // One list of a few items more or less is not worth a change, and most objects have a handful of keys.
      confidence: growthOf(source, file) === 'grows' || (saves !== 'asks' && loop && isManyRounds(loop)) ? undefined : 'possible',
      question: saves !== 'asks' && shape.kind === 'unknown' ? { span: file.span(source), holdsFor: ['array'], unanswered: 'possible' } : undefined,
    };
  },

  fix(_match, node, file) {
    const rewrite = needlessList(node as ts.Expression, file)?.rewrite;
    // What is asserted of the list says nothing about its item.
    if (!rewrite || outer(node as ts.Expression) !== node) return undefined;
    const { text, caveat } = rewrite;
    return { title: 'Ask without making the list', kind: caveat === undefined ? 'safe' : 'suggestion', caveat, edits: [{ ...file.span(rewrite.node), newText: text }] };
  },
};

/** The parts of one text are few, its lines may be many. */
function isPartsOfText(source: ts.Expression): boolean {
  return /\bsplit\((?![^)]*\\n)/.test(source.getText());
}
