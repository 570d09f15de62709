import { ts } from 'ts-morph';
import type { ModelField, ModelReference } from '../../../core/models';
import type { TypeScriptFile } from '../file';
import { nameText, propertyOf, unwrap } from '../nodes';

const {
  isArrayLiteralExpression, isArrowFunction, isIdentifier, isObjectLiteralExpression, isPropertyAccessExpression, isPropertyAssignment,
  isStringLiteralLike,
} = ts;

export function objectOf(node: ts.Expression | undefined): ts.ObjectLiteralExpression | undefined {
  const object = node && unwrap(node);
  return object && isObjectLiteralExpression(object) ? object : undefined;
}

export function textOf(node: ts.Expression | undefined): string | undefined {
  const text = node && unwrap(node);
  return text && isStringLiteralLike(text) ? text.text : undefined;
}

/** The text of an object's property. */
export const textProperty = (object: ts.ObjectLiteralExpression | undefined, name: string): string | undefined => textOf(object && propertyOf(object, name));

/** Whether an object's property is the literal `true`. */
export function isTrue(object: ts.ObjectLiteralExpression | undefined, name: string): boolean {
  const value = object && propertyOf(object, name);
  return value?.kind === ts.SyntaxKind.TrueKeyword;
}

/** When a row came and was last changed, where the library adds these columns by itself. */
export function timestampFields(known: readonly ModelField[], isSnakeCase = false): ModelField[] {
  const names = ['createdAt', 'updatedAt'].filter((name) => !known.some((field) => field.name === name));
  return names.map((name) => ({ name, column: isSnakeCase ? name.replace('At', '_at') : name, type: 'timestamp', nullable: false }));
}

export function elementsOf(node: ts.Expression | undefined): readonly ts.Expression[] {
  const array = node && unwrap(node);
  return array && isArrayLiteralExpression(array) ? array.elements : [];
}

/** The texts of an array of strings; other elements are left out. */
export const textsOf = (node: ts.Expression | undefined): string[] => elementsOf(node).flatMap((element) => textOf(element) ?? []);

/** The properties of an object by name, spreads and methods left out. */
export function propertiesOf(object: ts.ObjectLiteralExpression | undefined): readonly (readonly [string, ts.Expression])[] {
  return (object?.properties ?? []).flatMap((property) => {
    const name = property.name && nameText(property.name);
    return name !== undefined && isPropertyAssignment(property) ? [[name, property.initializer] as const] : [];
  });
}

/** The class or table an expression names: `Order`, `() => Order`, `schema.orders`, "Order". */
export function referenceTo(node: ts.Expression | undefined, file: TypeScriptFile): ModelReference | undefined {
  const value = node && unwrap(node);
  if (value === undefined) return undefined;
  if (isArrowFunction(value)) return ts.isExpression(value.body) ? referenceTo(value.body, file) : undefined;
  const text = textOf(value);
  if (text !== undefined) return { name: text };
  if (isIdentifier(value)) {
    const imported = file.imports.get(value.text);
    // A default export goes by any name; the class behind it most often has this one.
    return imported ? { name: imported.name === 'default' ? value.text : imported.name, module: imported.module } : { name: value.text };
  }
  if (!isPropertyAccessExpression(value)) return undefined;
  const owner = isIdentifier(value.expression) ? file.imports.get(value.expression.text) : undefined;
  return owner ? { name: value.name.text, module: owner.module } : { name: value.name.text };
}
