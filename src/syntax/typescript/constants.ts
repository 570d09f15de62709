import { ts } from 'ts-morph';
import type { TypeScriptFile } from './file';
import { enclosingFunction, isFunction, unwrap } from './nodes';

const {
  isArrayLiteralExpression, isBinaryExpression, isBindingElement, isCallExpression, isIdentifier, isNewExpression, isObjectLiteralExpression,
  isParameter, isPropertyAccessExpression, isPropertyAssignment, isShorthandPropertyAssignment, isSourceFile, isTemplateExpression, isVariableDeclaration,
} = ts;

const Kind = ts.SyntaxKind;
const MAX_DEPTH = 6;

/** Functions that give the same for the same. */
const PURE_CALLS = /^(?:(?:path\.)?(?:join|resolve|dirname|normalize)|fileURLToPath|process\.cwd|String|Number|require\.resolve)$/;
const GLOBALS: ReadonlySet<string> = new Set(['__dirname', '__filename', 'undefined', 'process']);

/**
 * Whether an expression has the same value on every call of the function around it, as far as it can be read: literals,
 * constants of the module, imports, and what is put together from those.
 */
export function isConstantExpression(expression: ts.Expression, file: TypeScriptFile, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const node = unwrap(expression);
  const inner = (part: ts.Expression): boolean => isConstantExpression(part, file, depth + 1);
  switch (node.kind) {
    case Kind.StringLiteral:
    case Kind.NoSubstitutionTemplateLiteral:
    case Kind.NumericLiteral:
    case Kind.RegularExpressionLiteral:
    case Kind.TrueKeyword:
    case Kind.FalseKeyword:
    case Kind.NullKeyword:
    case Kind.MetaProperty:
      return true;
  }
  if (isIdentifier(node)) return isConstantName(node, file, depth);
  if (isTemplateExpression(node)) return node.templateSpans.every((span) => inner(span.expression));
  if (isPropertyAccessExpression(node)) return inner(node.expression);
  if (isBinaryExpression(node)) return node.operatorToken.kind < Kind.FirstAssignment && inner(node.left) && inner(node.right);
  if (isArrayLiteralExpression(node)) return node.elements.every(inner);
  if (isObjectLiteralExpression(node)) return node.properties.every((property) => isConstantProperty(property, inner));
  if (isCallExpression(node)) return PURE_CALLS.test(node.expression.getText(file.source)) && node.arguments.every(inner);
  return isNewExpression(node) && node.expression.getText(file.source) === 'URL' && (node.arguments ?? []).every(inner);
}

function isConstantProperty(property: ts.ObjectLiteralElementLike, inner: (part: ts.Expression) => boolean): boolean {
  if (isPropertyAssignment(property)) return inner(property.initializer);
  return isShorthandPropertyAssignment(property) && inner(property.name);
}

/** An import, a constant of the module, or a constant of the function that is made of such. */
function isConstantName(name: ts.Identifier, file: TypeScriptFile, depth: number): boolean {
  const declaration = file.scopes.resolve(name)?.node;
  if (declaration === undefined) return GLOBALS.has(name.text);
  if (isParameter(declaration) || isBindingElement(declaration)) return false;
  if (!isVariableDeclaration(declaration)) return !isFunction(declaration);
  const isConst = (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
  if (!isConst || !declaration.initializer) return false;
  return isSourceFile(declaration.parent.parent.parent) || isConstantExpression(declaration.initializer, file, depth + 1);
}

/** The names in a constant expression whose declarations a function holds: they cannot be read outside of it. */
export function readsLocals(expression: ts.Expression, file: TypeScriptFile): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (isIdentifier(node)) {
      const declaration = file.scopes.resolve(node)?.node;
      if (declaration && isVariableDeclaration(declaration) && enclosingFunction(declaration) !== undefined) found = true;
    }
    ts.forEachChild(node, visit);
  };
  visit(expression);
  return found;
}
