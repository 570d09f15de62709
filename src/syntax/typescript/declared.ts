import { ts } from 'ts-morph';
import type { TypeScriptFile } from './file';
import { unwrap } from './nodes';

const { isIdentifier, isObjectLiteralExpression, isVariableDeclaration } = ts;

/** What a name of this file was declared with; undefined for anything but a name. */
export function declaredValue(name: ts.Node, file: TypeScriptFile): ts.Expression | undefined {
  const declaration = isIdentifier(name) ? file.scopes.resolve(name)?.node : undefined;
  return declaration && isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : undefined;
}

/** An object literal, itself or behind a constant of this file. */
export function literalObject(expression: ts.Expression, file: TypeScriptFile): ts.ObjectLiteralExpression | undefined {
  const node = unwrap(expression);
  const value = isIdentifier(node) ? declaredValue(node, file) : node;
  return value && isObjectLiteralExpression(value) ? value : undefined;
}
