import { ts } from 'ts-morph';
import type { ReadPath } from '../../../core/models';
import type { TypeScriptFile } from '../file';
import { isAssignment, isFunction, nameText, unwrap, walk } from '../nodes';

const { isBindingElement, isCallExpression, isElementAccessExpression, isIdentifier, isObjectBindingPattern, isParameter, isPropertyAccessExpression, isShorthandPropertyAssignment, isStringLiteralLike, isVariableDeclaration } = ts;

/** What is read of a row, and whether the row itself goes on to somewhere else. */
export interface RowReads {
  readonly reads: readonly ReadPath[];
  readonly escapes: boolean;
}

export const NO_READS: RowReads = { reads: [], escapes: false };
const ESCAPED: RowReads = { reads: [], escapes: true };

/** What the parameter of an inline callback is used for in its body; a function that is only named may do anything. */
export function callbackReads(callback: ts.Expression | undefined, file: TypeScriptFile, position = 0): RowReads {
  const fn = callback && unwrap(callback);
  if (!fn || !isFunction(fn) || fn.body === undefined) return ESCAPED;
  const parameter = fn.parameters[position];
  if (parameter === undefined) return NO_READS;
  return bindingReads(parameter.name, fn.body, file);
}

/** What a name, or the names a pattern takes out of a row, are used for below `body`. */
export function bindingReads(name: ts.BindingName, body: ts.Node, file: TypeScriptFile): RowReads {
  if (isIdentifier(name)) return nameReads(name, body, file);
  if (!isObjectBindingPattern(name)) return ESCAPED;
  const reads: ReadPath[] = [];
  for (const element of name.elements) {
    const property = element.propertyName ?? element.name;
    const text = isIdentifier(property) || ts.isStringLiteral(property) ? nameText(property) : undefined;
    if (element.dotDotDotToken || text === undefined) return ESCAPED;
    if (isIdentifier(element.name)) reads.push([text]);
    else reads.push(...patternPaths(element.name).map((path) => [text, ...path]));
  }
  return { reads, escapes: false };
}

function patternPaths(pattern: ts.BindingName): ReadPath[] {
  if (!isObjectBindingPattern(pattern)) return [[]];
  return pattern.elements.flatMap((element) => {
    const property = element.propertyName ?? element.name;
    const text = isIdentifier(property) ? property.text : '';
    return isIdentifier(element.name) ? [[text]] : patternPaths(element.name).map((path) => [text, ...path]);
  });
}

function nameReads(name: ts.Identifier, body: ts.Node, file: TypeScriptFile): RowReads {
  const reads: ReadPath[] = [];
  let escapes = false;
  for (const use of usesOf(name, body, file)) {
    const path = pathFrom(use);
    if (path.length > 0) reads.push(path);
    else if (!isHarmless(use)) escapes = true;
  }
  return { reads, escapes };
}

/** The identifiers below `body` that mean the declared name; the declaration itself is left out. */
export function usesOf(name: ts.Identifier, body: ts.Node, file: TypeScriptFile): ts.Identifier[] {
  const uses: ts.Identifier[] = [];
  walk(body, (node) => {
    if (!isIdentifier(node) || node.text !== name.text || node === name || isName(node)) return;
    if (file.scopes.resolve(node)?.name === name) uses.push(node);
  });
  return uses;
}

/** A name that stands for no value: a property's, a declaration's. */
function isName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (isPropertyAccessExpression(parent)) return parent.name === node;
  if (isBindingElement(parent)) return parent.name === node || parent.propertyName === node;
  if (isVariableDeclaration(parent) || isParameter(parent)) return parent.name === node;
  return ts.isPropertyAssignment(parent) && parent.name === node;
}

/** The properties read one after the other: `row.customer.name` is customer, name; a call carries its parentheses. */
export function pathFrom(row: ts.Expression): ReadPath {
  const path: string[] = [];
  let at: ts.Node = row;
  for (;;) {
    const parent: ts.Node = at.parent;
    if (isPropertyAccessExpression(parent) && parent.expression === at) path.push(parent.name.text);
    else if (isElementAccessExpression(parent) && parent.expression === at && isStringLiteralLike(parent.argumentExpression)) path.push(parent.argumentExpression.text);
    else if (isCallExpression(parent) && parent.expression === at && path.length > 0) path[path.length - 1] += '()';
    else if (!isWrapper(parent)) break;
    at = parent;
  }
  // `const { id } = row` reads what it takes out.
  return path;
}

const isWrapper = (node: ts.Node): boolean => ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node);

/** `!row`, `if (row)`, `row === null`: the row is asked for and not handed on. */
function isHarmless(use: ts.Expression): boolean {
  let at: ts.Node = use;
  while (isWrapper(at.parent)) at = at.parent;
  const { parent } = at;
  if (ts.isPrefixUnaryExpression(parent) || (ts.isIfStatement(parent) && parent.expression === at)) return true;
  if (ts.isConditionalExpression(parent)) return parent.condition === at;
  if (isShorthandPropertyAssignment(parent) || isAssignment(parent)) return false;
  return ts.isBinaryExpression(parent) && /^(?:[!=]==?)$/.test(parent.operatorToken.getText()) && [parent.left, parent.right].some((side) => side.kind === ts.SyntaxKind.NullKeyword || side.getText() === 'undefined');
}
