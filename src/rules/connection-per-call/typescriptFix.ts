import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { startWithComments } from '../../syntax/typescript/hoisting';
import { enclosingFunction, some } from '../../syntax/typescript/nodes';

/**
 * Moves `const client = new X(settings);` in front of the declaration around the function, where the settings
 * read only what stands at the top of the file and the function does not close the client.
 */
export function hoist(made: ts.NewExpression | ts.CallExpression, file: TypeScriptFile): Fix | undefined {
  const declaration = made.parent;
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return undefined;
  const list = declaration.parent;
  const statement = list.parent;
  if (!ts.isVariableStatement(statement) || !ts.isVariableDeclarationList(list) || list.declarations.length > 1 || (list.flags & ts.NodeFlags.Const) === 0) return undefined;
  const top = topStatement(statement);
  const name = declaration.name.text;
  if (!top || closes(name, statement) || readsLocals(made, file) || isTaken(name, statement, file)) return undefined;
  const at = startWithComments(top, file);
  const start = lineStart(statement.getFullStart(), file);
  const text = file.text.slice(statement.getStart(file.source), statement.end);
  const comment = file.text.slice(statement.getFullStart(), statement.getStart(file.source)).trim();
  return {
    title: `Share one ${name} for the whole file`,
    kind: 'suggestion',
    edits: [
      { start: at, end: at, newText: `${comment === '' ? '' : `${comment}\n`}${outdented(text, statement, file)}\n\n` },
      { start, end: statement.end, newText: '' },
    ],
    caveat: 'The client is made when the file is loaded and lives as long as the process: close it when the process ends, and check that its settings are known by then.',
  };
}

function topStatement(node: ts.Node): ts.Statement | undefined {
  let at: ts.Node = node;
  while (!ts.isSourceFile(at.parent)) at = at.parent;
  return ts.isStatement(at) ? at : undefined;
}

function closes(name: string, statement: ts.Node): boolean {
  const owner = enclosingFunction(statement)!;
  return new RegExp(`\\b${name.replace(/\$/g, '\\$')}\\s*\\.\\s*(?:end|close|quit|disconnect|\\$disconnect|destroy)\\b`).test(owner.getText());
}

/** Anything that is declared inside a function. */
function readsLocals(made: ts.Node, file: TypeScriptFile): boolean {
  return some(made, (node) => {
    if (ts.isAwaitExpression(node)) return true;
    const declaration = ts.isIdentifier(node) ? file.scopes.resolve(node)?.node : undefined;
    return declaration !== undefined && enclosingFunction(declaration) !== undefined;
  });
}

/** The name is in use at the top of the file, or more than once in it. */
function isTaken(name: string, statement: ts.Node, file: TypeScriptFile): boolean {
  if (file.scopes.topLevel(name)) return true;
  return some(file.source, (node) => ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === name && node.parent.parent !== statement);
}

/** From the end of the line before, so that no empty line is left. */
function lineStart(fullStart: number, file: TypeScriptFile): number {
  return /[\r\n]/.test(file.text[fullStart] ?? '') ? fullStart : Math.max(file.text.lastIndexOf('\n', fullStart - 1), 0);
}

function outdented(text: string, statement: ts.Node, file: TypeScriptFile): string {
  const line = file.lines.lineText(file.lineOf(statement));
  const indentation = /^[ \t]*/.exec(line)![0];
  return text.includes('`') ? text : text.replace(new RegExp(`\n${indentation}`, 'g'), '\n');
}
