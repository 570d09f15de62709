import { ts } from 'ts-morph';
import { indentationAt, wholeLines, type SpanEdit } from '../../core/text';
import type { TypeScriptFile } from './file';
import { isInvariant } from './invariance';
import type { Loop } from './loops';
import { enclosingFunction, isFunction, isWithin, some, unwrap } from './nodes';

const { isBlock, isIdentifier, isModuleBlock, isPropertyAccessExpression, isSourceFile, isStatement, isVariableStatement, NodeFlags } = ts;

/**
 * The statement that holds a loop, where what starts at `root` is already known and no other function begins in
 * between. A declaration put in front of it runs once.
 */
export function statementBefore(loop: ts.Node, root: ts.Expression | undefined, file: TypeScriptFile): ts.Statement | undefined {
  const declaration = root && isIdentifier(unwrap(root)) ? file.scopes.resolve(unwrap(root) as ts.Identifier)?.node : undefined;
  for (let at: ts.Node = loop; at.parent; at = at.parent) {
    if (isFunction(at)) return undefined;
    const { parent } = at;
    if (isBlock(parent) || isSourceFile(parent) || isModuleBlock(parent)) {
      const statement = at as ts.Statement;
      return declaration && isWithin(declaration, statement) ? undefined : statement;
    }
  }
  return undefined;
}

/** Where a statement begins together with the comments that stand right above it. */
export function startWithComments(statement: ts.Node, file: TypeScriptFile): number {
  let start = statement.getStart(file.source);
  for (const { pos, end } of (ts.getLeadingCommentRanges(file.text, statement.pos) ?? []).reverse()) {
    if (/\n\s*\n/.test(file.text.slice(end, start))) break;
    start = pos;
  }
  return start;
}

/** A constant that moves in front of a loop. */
export interface MovedDeclaration {
  readonly name: string;
  readonly initializer: ts.Expression;
  readonly edits: readonly SpanEdit[];
}

/** `const keys = Object.keys(rates);` in the body of a loop, all of it the same in each round: the statement itself moves. */
export function moveDeclaration(node: ts.Node, loop: Loop, place: ts.Statement, file: TypeScriptFile): MovedDeclaration | undefined {
  let at = node;
  while (!isStatement(at)) at = at.parent;
  if (!isWithin(at, loop.body) || !isVariableStatement(at) || at.declarationList.declarations.length !== 1 || !(at.declarationList.flags & NodeFlags.Const)) return undefined;
  const [declaration] = at.declarationList.declarations;
  const { name, initializer } = declaration!;
  if (!initializer || !isIdentifier(name) || !isInvariant(initializer, loop, file) || !isKnownBefore(initializer, place, file)) return undefined;
  if (isUsedOutside(name.text, at, enclosingFunction(place) ?? file.source)) return undefined;
  return {
    name: name.text,
    initializer,
    edits: [insertBefore(place, [at.getText()], file), { ...wholeLines(file.span(at), file.text), newText: '' }],
  };
}

/** The name must mean nothing else where the statement moves to. */
function isUsedOutside(name: string, statement: ts.VariableStatement, scope: ts.Node): boolean {
  const isName = (node: ts.Node): boolean => isIdentifier(node) && node.text === name && !(isPropertyAccessExpression(node.parent) && node.parent.name === node);
  return some(scope, isName, (node) => node === statement.parent);
}

/** Whether every name that an expression reads was declared before a statement. */
export function isKnownBefore(expression: ts.Node, statement: ts.Statement, file: TypeScriptFile): boolean {
  return !some(expression, (node) => {
    const declaration = isIdentifier(node) ? file.scopes.resolve(node)?.node : undefined;
    return declaration !== undefined && isWithin(declaration, statement) && !isWithin(declaration, expression);
  });
}

/** Puts lines in front of a statement, behind the comments that belong to it. */
export function insertBefore(statement: ts.Statement, lines: readonly string[], file: TypeScriptFile): SpanEdit {
  const start = statement.getStart(file.source);
  const indentation = indentationAt(file.text, start);
  return { start, end: start, newText: lines.map((line) => `${line}\n${indentation}`).join('') };
}

/** "ordersItems" of "orders.items": a path as one name. */
export function camelName(path: string): string {
  return path
    .replace(/^this\./, '')
    .split(/[^\w$]+/)
    .filter((part) => part !== '')
    .map((part, index) => (index === 0 ? part : capitalised(part)))
    .join('');
}

export function capitalised(word: string): string {
  return word === '' ? '' : word[0]!.toUpperCase() + word.slice(1);
}
