import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import { isFewByNature } from '../../syntax/cardinality';
import { receiverOf, shortText } from '../../syntax/typescript/nodes';
import { sizeOf } from '../../syntax/typescript/perItem';
import { pathOf } from '../../syntax/typescript/writes';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { sortOnce } from './typescriptFix';
import { sortingLoop } from './typescriptLoop';

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],
  names: ['sort'],

  find(node, file): Match<Facts> | undefined {
    const call = node as ts.CallExpression;
    const list = receiverOf(call);
    const path = list && pathOf(list);
    if (!list || path === undefined || isFewByNature(path)) return undefined;
    const sorting = sortingLoop(call, list, path, file);
    const shape = sorting && file.shape(list);
    if (!sorting || isFewByNature(sorting.loop.label) || (shape!.kind !== 'array' && shape!.kind !== 'unknown')) return undefined;
    const { loop, form } = sorting;
    return {
      span: file.span(call),
      facts: { call: shortText(call), list: path.replace(/^this\./, ''), loop: loop.kind === 'while' ? 'the loop' : loop.label, form, structure: 'a heap (priority queue)' },
      size: loop.kind === 'while' ? { kind: 'collection', name: path } : sizeOf(loop),
      question: shape!.kind === 'unknown' ? { span: file.span(list), holdsFor: ['array'], unanswered: 'possible' } : undefined,
    };
  },

  fix: (_match, node, file) => sortOnce(node as ts.CallExpression, file),
};
