import { ts } from 'ts-morph';
import { declaredValue } from '../declared';
import type { TypeScriptFile } from '../file';
import { nameText, propertyOf, some } from '../nodes';

/** `where: { workspaceId, … }`, also behind a name: only the rows of one parent are read, and how many that are nobody here knows. */
export function readsOfOneParent(options: ts.ObjectLiteralExpression, file: TypeScriptFile): boolean {
  const given = propertyOf(options, 'where');
  const where = given && ts.isIdentifier(given) ? declaredValue(given, file) : given;
  if (where === undefined) return false;
  if (ts.isObjectLiteralExpression(where)) return where.properties.some((each) => each.name !== undefined && isForeignKey(nameText(each.name)) && !(ts.isPropertyAssignment(each) && ts.isObjectLiteralExpression(each.initializer)));
  return some(where, (node) => ts.isCallExpression(node) && node.expression.getText() === 'eq' && isForeignKey(node.arguments[0]?.getText()));
}

const isForeignKey = (name: string | undefined): boolean => name !== undefined && /(?:\wI[dD]|\wU[iI][dD]|_id)$/.test(name);
