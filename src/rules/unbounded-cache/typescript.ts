import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { shortText } from '../../syntax/typescript/nodes';
import { sharedCollectionAt } from '../../syntax/typescript/sharedState';
import type { TypeScriptMatcher } from '../matchers';
import { isClientCode, keyDomain, useOf, writersOf } from '../sharedStateTypescript';
import type { Facts } from './rule';
import { dropOldest } from './typescriptFix';
import { libraryCache, MEMOIZING_CALLS } from './typescriptLibraries';

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.NewExpression, ts.SyntaxKind.BinaryExpression],
  names: ['set', ...MEMOIZING_CALLS],

  find(node, file): Match<Facts> | undefined {
    if (!ts.isBinaryExpression(node)) {
      const facts = libraryCache(node as ts.CallExpression | ts.NewExpression, file);
      if (facts) return { span: file.span(node), facts };
    }
    return ts.isNewExpression(node) ? undefined : filledMap(node, file);
  },

  fix: (_match, node, file) => dropOldest(node, file),
};

/** The place that fills a shared map which the same function asks first, and which nothing takes from. */
function filledMap(node: ts.Node, file: TypeScriptFile): Match<Facts> | undefined {
  const collection = sharedCollectionAt(node, file);
  if (collection === undefined || collection.isEmptied || collection.escapes) return undefined;
  const use = useOf(collection);
  if (use.kind !== 'cache' || use.lookup.node !== node || isClientCode(file)) return undefined;
  const domain = keyDomain(use.lookup, file);
  if (domain === 'fixed') return undefined;
  return {
    span: file.span(node),
    confidence: collection.isExported ? 'possible' : 'likely',
    facts: { cache: collection.name, key: shortText(use.lookup.key!, 30), domain, writers: writersOf(collection), bound: 'a limit on its size, or use an LRU cache' },
    related: [{ span: file.span(collection.declaration), message: `${collection.name} belongs to the process` }],
  };
}
