import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../file';
import { nameText, propertyOf, some, unwrap } from '../nodes';

/** `where: { workspaceId, … }`: only the rows of one parent are read, and how many that are nobody here knows. */
export function readsOfOneParent(options: ts.ObjectLiteralExpression, file: TypeScriptFile): boolean {
  const given = propertyOf(options, 'where');
  const where = given && ts.isIdentifier(given) ? initializerOf(given, file) : given;
  if (where === undefined) return false;
  if (ts.isObjectLiteralExpression(where)) return where.properties.some((each) => each.name !== undefined && isForeignKey(nameText(each.name)) && !(ts.isPropertyAssignment(each) && ts.isObjectLiteralExpression(each.initializer)));
  return some(where, (node) => ts.isCallExpression(node) && node.expression.getText() === 'eq' && isForeignKey(node.arguments[0]?.getText()));
}

/** `const where: Prisma.OrderWhereInput = { customerId }`. */
function initializerOf(name: ts.Identifier, file: TypeScriptFile): ts.Expression | undefined {
  const declaration = file.scopes.resolve(name)?.node;
  return declaration && ts.isVariableDeclaration(declaration) && declaration.initializer ? unwrap(declaration.initializer) : undefined;
}

const isForeignKey = (name: string | undefined): boolean => name !== undefined && /(?:\wI[dD]|\wU[iI][dD]|_id)$/.test(name);
