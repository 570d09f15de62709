import { ts } from 'ts-morph';
import { fieldResolver } from '../../syntax/typescript/resolvers';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './facts';
import { relationsPerRow } from './typescriptLazy';
import { queryPerObject } from './typescriptResolver';

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.MethodDeclaration, ts.SyntaxKind.PropertyAssignment, ts.SyntaxKind.CallExpression],

  find(node, file) {
    if (ts.isCallExpression(node)) return relationsPerRow(node, file);
    const resolver = fieldResolver(node as ts.MethodDeclaration | ts.PropertyAssignment, file);
    return resolver && queryPerObject(resolver, file);
  },
};
