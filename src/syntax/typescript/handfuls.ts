import { ts } from 'ts-morph';
import type { TypeScriptFile } from './file';
import { methodName, some, unwrap } from './nodes';

/** The parts of one text are few, its lines may be many. */
export function comesFromOneText(list: ts.Expression, file: TypeScriptFile): boolean {
  const declaration = ts.isIdentifier(list) ? file.scopes.resolve(list)?.node : undefined;
  const value = declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : undefined;
  return value !== undefined && some(value, (node) => ts.isCallExpression(node) && methodName(node) === 'split' && !/\\n/.test(node.arguments[0]?.getText() ?? ''));
}
