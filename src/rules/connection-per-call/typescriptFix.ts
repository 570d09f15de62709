import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { enclosingFunction, some } from '../../syntax/typescript/nodes';
import { clientDeclaration, dependsOnCall } from './typescript';

/** Moves `const client = new Client(…)` in front of the statement of the module that holds the function. */
export function hoistClient(created: ts.NewExpression | ts.CallExpression, file: TypeScriptFile): Fix | undefined {
  const declaration = clientDeclaration(created);
  const owner = enclosingFunction(created);
  if (!declaration || !owner || !ts.isIdentifier(declaration.name) || dependsOnCall(created, owner, file)) return undefined;
  const name = declaration.name.text;
  const statement = declaration.parent.parent;
  const place = topLevelStatement(statement);
  if (!ts.isVariableStatement(statement) || !place || isClosed(name, owner) || isNamedElsewhere(name, owner, file)) return undefined;
  const start = withComments(place, file);
  return {
    title: `Create ${name} once, at the top of the module`,
    kind: 'suggestion',
    edits: [
      { start, end: start, newText: `${statement.getText(file.source)}\n\n` },
      { ...wholeLines(file.text, file.span(statement)), newText: '' },
    ],
    caveat: 'One client now serves all calls: it is created when the module is loaded, what one call sets on it all others see, and nobody closes it.',
  };
}

function topLevelStatement(node: ts.Node): ts.Statement | undefined {
  for (let at = node; at.parent; at = at.parent) if (ts.isSourceFile(at.parent)) return at as ts.Statement;
  return undefined;
}

/** Where the statement begins with the comments that stand right above it. */
function withComments(statement: ts.Statement, file: TypeScriptFile): number {
  let start = statement.getStart(file.source);
  for (const { pos, end } of (ts.getLeadingCommentRanges(file.text, statement.pos) ?? []).reverse()) {
    if (/\n\s*\n/.test(file.text.slice(end, start))) break;
    start = pos;
  }
  return start;
}

/** A call that closes its client would close it for everybody. */
function isClosed(name: string, owner: ts.Node): boolean {
  return some(owner, (node) => ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name && /^(?:end|close|destroy|quit|disconnect|\$disconnect|release|asyncDispose)$/.test(node.name.text));
}

/** Somebody else of the file uses the name, for a client of their own or for something else. */
function isNamedElsewhere(name: string, owner: ts.Node, file: TypeScriptFile): boolean {
  const rest = file.text.slice(0, owner.pos) + file.text.slice(owner.end);
  return new RegExp(`(?<![\\w$.])${name.replace(/\$/g, '\\$')}(?![\\w$])`).test(rest);
}

/** The span with the rest of its lines, where nothing else stands on them. */
function wholeLines(text: string, { start, end }: { start: number; end: number }): { start: number; end: number } {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  const isAlone = text.slice(lineStart, start).trim() === '' && lineEnd >= 0 && text.slice(end, lineEnd).trim() === '';
  return isAlone ? { start: lineStart, end: lineEnd + 1 } : { start, end };
}
