import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { readsLocals } from '../../syntax/typescript/constants';
import { isWithin } from '../../syntax/typescript/nodes';

const { isAwaitExpression, isIdentifier, isSourceFile, isVariableDeclaration, isVariableStatement } = ts;

/** Moves `const template = compile(SOURCE);` from the function to the module, above the statement that holds the function. */
export function makeOnce(made: ts.CallExpression | ts.NewExpression, file: TypeScriptFile): Fix | undefined {
  const declaration = made.parent;
  if (!isVariableDeclaration(declaration) || !isIdentifier(declaration.name) || isAwaitExpression(made.parent)) return undefined;
  const statement = declaration.parent.parent;
  const isAlone = isVariableStatement(statement) && statement.declarationList.declarations.length === 1 && (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
  const place = statementOfModule(made);
  if (!isAlone || !place || readsLocals(made, file) || isTaken(declaration.name, file) || isDeclaredLater(made, place, file)) return undefined;
  const start = place.getStart(file.source);
  return {
    title: `Make ${declaration.name.text} once, when the module is loaded`,
    kind: 'suggestion',
    edits: [{ start, end: start, newText: `${statement.getText(file.source)}\n\n` }, lineOf(statement, file)],
    caveat: 'It is made when the module is loaded, used or not, and an error in it ends the start. Whoever changes the result changes it for all calls.',
  };
}

function statementOfModule(node: ts.Node): ts.Statement | undefined {
  for (let at = node; at.parent; at = at.parent) if (isSourceFile(at.parent)) return at as ts.Statement;
  return undefined;
}

/** The name means something else somewhere in the module. */
function isTaken({ text }: ts.Identifier, file: TypeScriptFile): boolean {
  return file.scopes.topLevel(text) !== undefined || (file.text.match(new RegExp(`\\b(?:const|let|var|function|class)\\s+${text}\\b`, 'g')) ?? []).length > 1;
}

/** A constant that it reads is declared below the place where it would stand. */
function isDeclaredLater(made: ts.Node, place: ts.Statement, file: TypeScriptFile): boolean {
  let isLater = false;
  const visit = (node: ts.Node): void => {
    const declaration = isIdentifier(node) ? file.scopes.resolve(node)?.node : undefined;
    if (declaration && isVariableDeclaration(declaration) && !isWithin(declaration, place) && declaration.pos > place.pos) isLater = true;
    ts.forEachChild(node, visit);
  };
  visit(made);
  return isLater;
}

/** The statement with its line, if nothing else is on it. */
function lineOf(statement: ts.Node, file: TypeScriptFile): { start: number; end: number; newText: string } {
  const from = statement.getStart(file.source);
  const lineStart = file.text.lastIndexOf('\n', from - 1) + 1;
  const lineEnd = file.text.indexOf('\n', statement.end);
  const isAlone = file.text.slice(lineStart, from).trim() === '' && file.text.slice(statement.end, lineEnd).trim() === '';
  return isAlone ? { start: lineStart, end: lineEnd + 1, newText: '' } : { start: from, end: statement.end, newText: '' };
}
