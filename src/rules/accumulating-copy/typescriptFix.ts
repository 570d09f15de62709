import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import { indentationAt } from '../../core/text';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { enclosingFunction, isWithin, methodName, nameText, some, unwrap } from '../../syntax/typescript/nodes';
import { copyOf, type Copy } from './copies';
import { returnedExpressions } from './typescript';

/** `acc = [...acc, x];` becomes `acc.push(x);` where acc is a list of this function that nobody else holds. */
export function fixAssignment(assignment: ts.BinaryExpression, file: TypeScriptFile): Fix | undefined {
  if (!ts.isExpressionStatement(assignment.parent) || !ts.isIdentifier(assignment.left)) return undefined;
  const name = assignment.left.text;
  const declaration = file.scopes.resolve(assignment.left)?.node;
  if (!declaration || !ts.isVariableDeclaration(declaration) || !isFresh(declaration.initializer) || isReadonly(declaration.type)) return undefined;
  if (enclosingFunction(declaration) !== enclosingFunction(assignment) || isAliased(name, declaration, file)) return undefined;
  const copy = copyOf(assignment.right, name)!;
  const statements = additions(copy, name, file);
  if (!statements) return undefined;
  const indentation = indentationAt(file.text, assignment.parent.getStart(file.source));
  return {
    title: `Add to ${name} in place`,
    kind: 'safe',
    edits: [{ ...file.span(assignment.parent), newText: statements.join(`\n${indentation}`) }],
  };
}

/** `(acc, x) => [...acc, x]` becomes `(acc, x) => { acc.push(x); return acc; }` where the start value is a literal. */
export function fixReducer(call: ts.CallExpression, file: TypeScriptFile): Fix | undefined {
  const [callback, initial] = call.arguments as unknown as [ts.ArrowFunction | ts.FunctionExpression, ts.Expression];
  const parameter = callback.parameters[0]!;
  const name = (parameter.name as ts.Identifier).text;
  if (!isFresh(initial) || isReadonly(parameter.type) || (ts.isAsExpression(initial) && isReadonly(initial.type))) return undefined;
  if (call.typeArguments?.some(isReadonly)) return undefined;
  const returned = returnedExpressions(callback);
  const copied = returned.filter((expression) => copyOf(expression, name));
  const [expression] = copied;
  if (!expression || copied.length !== 1 || readsAccumulatorElsewhere(callback, name, returned)) return undefined;
  const statements = additions(copyOf(expression, name)!, name, file);
  if (!statements) return undefined;
  const indentation = indentationAt(file.text, lineStartOf(call, file));
  const isBody = callback.body === expression;
  const inner = isBody ? `${indentation}  ` : indentationAt(file.text, expression.parent.getStart(file.source));
  const lines = [...statements, `return ${name};`].join(`\n${inner}`);
  return {
    title: `Add to ${name} in place`,
    kind: 'safe',
    edits: [
      isBody
        ? { ...file.span(expression), newText: `{\n${inner}${lines}\n${indentation}}` }
        : { ...file.span(expression.parent), newText: lines },
    ],
  };
}

/** The statements that add in place, or undefined where one of the parts cannot be added safely. */
function additions(copy: Copy, name: string, file: TypeScriptFile): string[] | undefined {
  const statements = copy.added.map((node) => addition(copy, node, name, file));
  return statements.every((statement) => statement !== undefined) ? statements : undefined;
}

function addition(copy: Copy, node: ts.Node, name: string, file: TypeScriptFile): string | undefined {
  // The accumulator must come first, or the order changes.
  if (copy.form === 'spread') {
    const literal = node.parent as ts.ArrayLiteralExpression;
    const [first] = literal.elements;
    if (!first || !ts.isSpreadElement(first) || first.expression.getText() !== name) return undefined;
    return ts.isSpreadElement(node) ? undefined : `${name}.push(${node.getText()});`;
  }
  if (copy.form === 'concat') {
    const value = unwrap(node as ts.Expression);
    if (ts.isArrayLiteralExpression(value) && value.elements.every((element) => !ts.isSpreadElement(element))) {
      return `${name}.push(${value.elements.map((element) => element.getText()).join(', ')});`;
    }
    const kind = file.shape(value).kind;
    return kind === 'string' || kind === 'number' || kind === 'object' ? `${name}.push(${node.getText()});` : undefined;
  }
  if (copy.form === 'object') {
    const [first] = (node.parent as ts.ObjectLiteralExpression).properties;
    if (!first || !ts.isSpreadAssignment(first) || !ts.isPropertyAssignment(node)) return undefined;
    const key = ts.isComputedPropertyName(node.name) ? node.name.expression.getText() : JSON.stringify(nameText(node.name));
    return `${name}[${key}] = ${node.initializer.getText()};`;
  }
  return ts.isExpression(node) && !ts.isSpreadElement(node) ? `Object.assign(${name}, ${node.getText()});` : undefined;
}

function isFresh(initial: ts.Expression | undefined): boolean {
  const node = initial && unwrap(initial);
  return node !== undefined && (ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node));
}

function isReadonly(type: ts.TypeNode | undefined): boolean {
  return type !== undefined && /\breadonly\b|\bReadonly/.test(type.getText());
}

/** Any use other than reading from it, returning it or assigning to it could hold on to the list. */
function isAliased(name: string, declaration: ts.VariableDeclaration, file: TypeScriptFile): boolean {
  const scope = enclosingFunction(declaration) ?? file.source;
  return some(scope, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name || node.parent === declaration) return false;
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) return false;
    if (ts.isReturnStatement(parent) || ts.isForOfStatement(parent) || ts.isSpreadElement(parent) || ts.isSpreadAssignment(parent)) return false;
    if (ts.isBinaryExpression(parent) && parent.left === node) return false;
    // Uses after the loop see the finished list either way.
    return node.pos < lastLoopEnd(name, scope);
  });
}

function lastLoopEnd(name: string, scope: ts.Node): number {
  let end = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isIterationStatement(node, false) && new RegExp(`\\b${name}\\s*=(?!=)`).test(node.getText())) end = Math.max(end, node.end);
    ts.forEachChild(node, visit);
  };
  visit(scope);
  return end;
}

/** Reading the accumulator in conditions is fine; storing it elsewhere is not. */
function readsAccumulatorElsewhere(callback: ts.ArrowFunction | ts.FunctionExpression, name: string, returned: readonly ts.Expression[]): boolean {
  return some(callback.body, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name) return false;
    if (returned.some((expression) => isWithin(node, expression))) return false;
    return !(ts.isPropertyAccessExpression(node.parent) || ts.isElementAccessExpression(node.parent) || (ts.isBinaryExpression(node.parent) && node.parent.operatorToken.kind === ts.SyntaxKind.InKeyword));
  });
}

function lineStartOf(call: ts.CallExpression, file: TypeScriptFile): number {
  const callee = unwrap(call.expression);
  const at = ts.isPropertyAccessExpression(callee) && methodName(call) ? callee.name.getStart(file.source) : call.getStart(file.source);
  const line = file.lines.positionAt(at).line;
  const start = file.lines.lineStart(line);
  return start + /^[ \t]*/.exec(file.text.slice(start))![0].length;
}
