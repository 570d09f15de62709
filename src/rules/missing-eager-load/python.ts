import type { Match } from '../../core/rule';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { basesOf } from '../../syntax/python/statements';
import { ownLineage } from '../../syntax/python/views/declaredRows';
import type { PythonMatcher } from '../matchers';
import type { Facts } from './facts';
import { adminList, isAdmin } from './pythonAdmin';
import { handingCall } from './pythonCalls';
import { resolverQuery } from './pythonResolver';
import { routeResponse } from './pythonRoutes';
import { apiList, templateView } from './pythonViews';

export const matcher: PythonMatcher<Facts> = {
  kinds: ['ClassDefinition', 'CallExpression', 'FunctionDefinition'],

  find(node, file) {
    if (node.kind === 'CallExpression') return handingCall(node, file);
    if (node.kind === 'FunctionDefinition') return resolverQuery(node, file) ?? (node.parent?.kind === 'DecoratedStatement' ? routeResponse(node, file) : undefined);
    return file.imports('django', 'rest_framework') ? showingClass(node, file) : undefined;
  },
};

/** An admin page, a list of an API, or a generic view with its template. */
function showingClass(declaration: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const bases = ownLineage(declaration, file).flatMap((each) => basesOf(each).map(({ text }) => text));
  if (bases.length === 0) return undefined;
  if (isAdmin(bases, declaration)) return adminList(declaration, file);
  return apiList(declaration, bases, file) ?? templateView(declaration, bases, file);
}
