import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { ADDING_METHODS, sharedCollectionAt } from '../../syntax/typescript/sharedState';
import type { TypeScriptMatcher } from '../matchers';
import { isClientCode, useOf, writersOf } from '../sharedStateTypescript';
import type { Facts } from './rule';
import { memoryStore, STORE_CALLS } from './typescriptStores';

const { isCallExpression, isNewExpression } = ts;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.NewExpression, ts.SyntaxKind.BinaryExpression],
  names: [...ADDING_METHODS, ...STORE_CALLS],

  find(node, file): Match<Facts> | undefined {
    const store = (isCallExpression(node) || isNewExpression(node)) && memoryStore(node, file);
    if (store) return { span: file.span(node), facts: store };
    return isNewExpression(node) ? undefined : keptState(node, file);
  },
};

/** The first place in a function that writes to a shared collection whose name says that it keeps state for users. */
function keptState(node: ts.Node, file: TypeScriptFile): Match<Facts> | undefined {
  const collection = sharedCollectionAt(node, file);
  if (collection === undefined || collection.additions[0]?.node !== node || isClientCode(file)) return undefined;
  const use = useOf(collection);
  if (use.kind !== 'state') return undefined;
  return {
    span: file.span(node),
    facts: { kind: 'collection', name: collection.name, what: use.what, writers: writersOf(collection) },
    related: [{ span: file.span(collection.declaration), message: `${collection.name} belongs to the process` }],
  };
}
