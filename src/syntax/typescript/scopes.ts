import { ts } from 'ts-morph';
import { isFunction } from './nodes';

const {
  forEachChild, isBindingElement, isBlock, isCaseBlock, isCatchClause, isClassDeclaration, isClassLike,
  isEnumDeclaration, isExpression, isForInStatement, isForOfStatement, isForStatement, isFunctionDeclaration,
  isFunctionExpression, isIdentifier, isImportDeclaration, isModuleBlock, isNamespaceImport, isSourceFile,
  isVariableDeclarationList, isVariableStatement,
} = ts;

/** What a name was declared by: its identifier, and the declaration that holds it. */
export interface Declaration {
  readonly name: ts.Identifier;
  readonly node: ts.Node;
}

const Kind = ts.SyntaxKind;

type Scope = ReadonlyMap<string, Declaration>;

/**
 * Finds declarations by name, block by block from the inside out, without binding the whole file:
 * a scope is read when somebody asks, and most files are never asked.
 */
export class Scopes {
  private readonly cache = new Map<ts.Node, Scope>();
  /** Hoisting makes a scope's reading deep; few files still need it. */
  private readonly hasVar: boolean;

  constructor(private readonly source: ts.SourceFile) {
    this.hasVar = /\bvar\s/.test(source.text);
  }

  resolve(identifier: ts.Identifier): Declaration | undefined {
    for (let at: ts.Node | undefined = identifier.parent; at; at = at.parent) {
      if (!opensScope(at)) continue;
      const found = this.scope(at).get(identifier.text);
      if (found) return found;
    }
    return undefined;
  }

  /** Declarations at the top of the file. */
  topLevel(name: string): Declaration | undefined {
    return this.scope(this.source).get(name);
  }

  private scope(node: ts.Node): Scope {
    let scope = this.cache.get(node);
    if (!scope) this.cache.set(node, (scope = readScope(node, this.hasVar)));
    return scope;
  }
}

function opensScope(node: ts.Node): boolean {
  switch (node.kind) {
    case Kind.SourceFile:
    case Kind.Block:
    case Kind.ModuleBlock:
    case Kind.CaseBlock:
    case Kind.CatchClause:
    case Kind.ForStatement:
    case Kind.ForOfStatement:
    case Kind.ForInStatement:
      return true;
    default:
      return isFunction(node);
  }
}

function readScope(node: ts.Node, hasVar: boolean): Scope {
  const scope = new Map<string, Declaration>();
  const add = (name: ts.BindingName, declaration: ts.Node): void => {
    if (isIdentifier(name)) {
      if (!scope.has(name.text)) scope.set(name.text, { name, node: declaration });
      return;
    }
    for (const element of name.elements) {
      if (isBindingElement(element)) add(element.name, element);
    }
  };
  const addList = (list: ts.VariableDeclarationList): void => {
    for (const declaration of list.declarations) add(declaration.name, declaration);
  };

  if (isFunction(node)) {
    for (const parameter of node.parameters) add(parameter.name, parameter);
    if (isFunctionExpression(node) && node.name) add(node.name, node);
    if (node.body && hasVar) hoistedVariables(node.body, addList);
  } else if (isCatchClause(node)) {
    if (node.variableDeclaration) add(node.variableDeclaration.name, node.variableDeclaration);
  } else if (isForStatement(node)) {
    if (node.initializer && isVariableDeclarationList(node.initializer)) addList(node.initializer);
  } else if (isForOfStatement(node) || isForInStatement(node)) {
    if (isVariableDeclarationList(node.initializer)) addList(node.initializer);
  } else {
    for (const statement of statementsOf(node)) readStatement(statement, add, addList);
    if (isSourceFile(node) && hasVar) hoistedVariables(node, addList);
  }
  return scope;
}

function statementsOf(node: ts.Node): readonly ts.Statement[] {
  if (isSourceFile(node) || isBlock(node) || isModuleBlock(node)) return node.statements;
  if (isCaseBlock(node)) return node.clauses.flatMap((clause) => [...clause.statements]);
  return [];
}

function readStatement(
  statement: ts.Statement,
  add: (name: ts.BindingName, declaration: ts.Node) => void,
  addList: (list: ts.VariableDeclarationList) => void,
): void {
  if (isVariableStatement(statement)) {
    addList(statement.declarationList);
  } else if (
    (isFunctionDeclaration(statement) || isClassDeclaration(statement) || isEnumDeclaration(statement)) &&
    statement.name
  ) {
    add(statement.name, statement);
  } else if (isImportDeclaration(statement)) {
    const clause = statement.importClause;
    if (clause?.name) add(clause.name, clause);
    const bindings = clause?.namedBindings;
    if (bindings && isNamespaceImport(bindings)) add(bindings.name, bindings);
    else for (const element of bindings?.elements ?? []) add(element.name, element);
  }
}

/** `var` belongs to the function, however deep it stands in blocks. */
function hoistedVariables(node: ts.Node, addList: (list: ts.VariableDeclarationList) => void): void {
  forEachChild(node, (child) => {
    if (isFunction(child) || isClassLike(child) || isExpression(child)) return;
    if (isVariableDeclarationList(child) && (child.flags & ts.NodeFlags.BlockScoped) === 0) addList(child);
    hoistedVariables(child, addList);
  });
}
