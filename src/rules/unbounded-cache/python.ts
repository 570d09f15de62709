import type { Match } from '../../core/rule';
import { shorten } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { sharedCollectionAt } from '../../syntax/python/sharedState';
import type { PythonMatcher } from '../matchers';
import { keyDomain, useOf, writersOf } from '../sharedStatePython';
import { cacheDecorator, decoratorFacts, endOfDecorator } from './pythonDecorators';
import { boundIt } from './pythonFix';
import type { Facts } from './rule';

export const matcher: PythonMatcher<Facts> = {
  kinds: ['FunctionDefinition', 'AssignStatement', 'CallExpression'],
  names: ['setdefault'],

  find(node, file): Match<Facts> | undefined {
    if (node.kind !== 'FunctionDefinition') return filledDictionary(node, file);
    const decorator = cacheDecorator(node, file);
    const facts = decorator && decoratorFacts(node, decorator, file);
    return facts && { span: { start: decorator.node.start, end: endOfDecorator(decorator.node) }, facts };
  },

  fix: (_match, node, file) => boundIt(node, file),
};

/** The place that fills a shared dictionary which the same function asks first, and which nothing takes from. */
function filledDictionary(node: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const collection = sharedCollectionAt(node, file);
  if (collection === undefined || collection.isEmptied || collection.escapes) return undefined;
  const use = useOf(collection, file);
  if (use.kind !== 'cache' || use.lookup.node !== node) return undefined;
  // There are as many clients and pools as somebody configured keys for them.
  if (/(?:clients?|engines?|pools?|sessionmakers?)$/i.test(collection.name)) return undefined;
  const domain = keyDomain(use.lookup, file);
  if (domain === 'fixed') return undefined;
  return {
    span: node,
    facts: { cache: collection.name, key: shorten(use.lookup.key!.text, 30), domain, writers: writersOf(collection, file), bound: 'a limit on its size, or use an LRU cache' },
    related: [{ span: collection.declaration, message: `${collection.name} belongs to the process` }],
  };
}
