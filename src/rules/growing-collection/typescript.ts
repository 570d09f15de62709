import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { methodName } from '../../syntax/typescript/nodes';
import { ADDING_METHODS, sharedCollectionAt } from '../../syntax/typescript/sharedState';
import type { TypeScriptMatcher } from '../matchers';
import { isClientCode, keyDomain, useOf, writersOf } from '../sharedStateTypescript';
import type { Facts } from './rule';
import { addedListener, LISTENING_METHODS } from './typescriptListeners';

/** Lists of what the program itself puts in while it is set up. */
const REGISTRIES = /regist|plugin|middleware|route|handler|listener|hook|callback|subscriber|observer|provider|loader|migration|warned|extension|definition|schema|module|visited|instances|transports|modifiers|metadata/i;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.BinaryExpression],
  names: [...ADDING_METHODS, ...LISTENING_METHODS],

  find(node, file): Match<Facts> | undefined {
    const listener = ts.isCallExpression(node) ? addedListener(node, file) : undefined;
    if (listener) return { span: file.span(node), facts: listener };
    return growing(node, file);
  },
};

/** The first place in a function that adds to a shared collection which nothing takes from. */
function growing(node: ts.Node, file: TypeScriptFile): Match<Facts> | undefined {
  const collection = sharedCollectionAt(node, file);
  if (collection === undefined || collection.additions[0]?.node !== node || collection.isEmptied || collection.escapes) return undefined;
  if (REGISTRIES.test(collection.name) || useOf(collection).kind !== 'collection' || isClientCode(file)) return undefined;
  if (collection.additions.every((addition) => keyDomain(addition, file) === 'fixed')) return undefined;
  return {
    span: file.span(node),
    // Another file may take from what this one offers.
    confidence: collection.isExported ? 'possible' : 'likely',
    facts: { kind: 'collection', name: collection.name, how: ts.isCallExpression(node) ? methodName(node)! : 'assignment', writers: writersOf(collection) },
    related: [{ span: file.span(collection.declaration), message: `${collection.name} belongs to the process` }],
  };
}
