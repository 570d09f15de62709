import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { nameFunction } from '../../syntax/typescript/functions';
import { isFunction, walk, type FunctionNode } from '../../syntax/typescript/nodes';
import { isRarePath } from './rarePath';

const {
  canHaveModifiers, getModifiers, isBinaryExpression, isCallExpression, isConstructorDeclaration, isIdentifier, isJsxAttribute, isJsxExpression,
  isMethodDeclaration, isNamespaceImport,
} = ts;

/** The one function that needs an import. */
export interface OnlyUser {
  readonly node: FunctionNode;
  readonly name: string;
  /** Functions that others can call and that do without it. */
  readonly others: number;
  readonly isClient: boolean;
}

const EVENT_HANDLER = /^(?:handle|on)[A-Z]|^(?:download|export|print|generate|save|copy)/;

/** The function that alone uses what a declaration imports, if all others of the file do without. */
export function onlyUser(declaration: ts.ImportDeclaration, file: TypeScriptFile): OnlyUser | undefined {
  const uses = usesOf(declaration, file);
  if (uses.length === 0) return undefined;
  const functions = new Set(uses.map(outermostFunction));
  const [only] = functions;
  if (functions.size !== 1 || only === undefined || isConstructorDeclaration(only)) return undefined;
  return handlerOf(uses) ?? rareFunction(only, file);
}

/** What is used as a value; an import that only types use is not loaded. */
function usesOf({ importClause }: ts.ImportDeclaration, file: TypeScriptFile): readonly ts.Identifier[] {
  if (!importClause || importClause.isTypeOnly) return [];
  const bindings = importClause.namedBindings;
  const named = bindings === undefined ? [] : isNamespaceImport(bindings) ? [bindings] : bindings.elements.filter((element) => !element.isTypeOnly);
  const declared = [...(importClause.name ? [{ name: importClause.name, node: importClause }] : []), ...named.map((node) => ({ name: node.name, node }))];
  return declared.flatMap((each) => [...file.uses.of(each)]);
}

function outermostFunction(use: ts.Node): FunctionNode | undefined {
  let found: FunctionNode | undefined;
  for (let at: ts.Node | undefined = use.parent; at; at = at.parent) if (isFunction(at)) found = at;
  return found;
}

/** One of several ways into a module, which no other of them goes through. */
function rareFunction(node: FunctionNode, file: TypeScriptFile): OnlyUser | undefined {
  const named = nameFunction(node);
  if (named === undefined || !isEntry(node, named.declaration) || isCalledHere(node, named.name, file)) return undefined;
  const others = functionsOf(file.source).filter((each) => each !== node && isEntry(each, nameFunction(each)?.declaration)).length;
  return !isRarePath(named.name, others) ? undefined : { node, name: named.name, others, isClient: /\.[jt]sx$/.test(file.path) };
}

/** What others can call: an exported function, a route's handler, a public method. */
function isEntry(node: FunctionNode, declaration: ts.Node | undefined): boolean {
  if (isMethodDeclaration(node)) return !isHidden(node);
  if (declaration === undefined) return false;
  return isCallExpression(node.parent) || (canHaveModifiers(declaration) && (getModifiers(declaration) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword));
}

function isHidden(method: ts.MethodDeclaration): boolean {
  return ts.isPrivateIdentifier(method.name) || (getModifiers(method) ?? []).some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword);
}

/** Something in the file calls it, so that more than one way leads to it. */
function isCalledHere(node: FunctionNode, name: string, file: TypeScriptFile): boolean {
  if (isMethodDeclaration(node)) return file.uses.properties(name).some((access) => access.expression.kind === ts.SyntaxKind.ThisKeyword);
  const declaration = file.scopes.topLevel(name);
  return declaration !== undefined && file.uses.of(declaration).some((use) => outermostFunction(use) !== undefined);
}

/** Functions that stand in no other. */
function functionsOf(source: ts.SourceFile): FunctionNode[] {
  const found: FunctionNode[] = [];
  walk(source, (node) => {
    if (!isFunction(node)) return true;
    if (!isConstructorDeclaration(node)) found.push(node);
    return false;
  });
  return found;
}

/** A component's handler of an event that all uses lie in: most who see the component never cause it. */
function handlerOf(uses: readonly ts.Identifier[]): OnlyUser | undefined {
  const handlers = new Set(uses.map(enclosingHandler));
  const [only] = handlers;
  if (handlers.size !== 1 || only === undefined) return undefined;
  return { node: only.node, name: only.name, others: 0, isClient: true };
}

function enclosingHandler(use: ts.Node): { readonly node: FunctionNode; readonly name: string } | undefined {
  const outer = outermostFunction(use);
  for (let at: ts.Node | undefined = use.parent; at && at !== outer; at = at.parent) {
    if (!isFunction(at)) continue;
    const name = nameFunction(at)?.name ?? attributeOf(at);
    if (name !== undefined && EVENT_HANDLER.test(name)) return { node: at, name };
  }
  return undefined;
}

/** "onClick" of `onClick={() => …}`. */
function attributeOf({ parent }: ts.Node): string | undefined {
  if (isCallExpression(parent) || isBinaryExpression(parent)) return undefined;
  const attribute = isJsxExpression(parent) ? parent.parent : undefined;
  return attribute && isJsxAttribute(attribute) && isIdentifier(attribute.name) ? attribute.name.text : undefined;
}
