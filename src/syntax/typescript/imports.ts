import { ts } from 'ts-morph';

const {
  isCallExpression, isExternalModuleReference, isIdentifier, isImportDeclaration, isImportEqualsDeclaration,
  isNamespaceImport, isObjectBindingPattern, isPropertyAccessExpression, isStringLiteral, isStringLiteralLike,
  isVariableStatement,
} = ts;

export interface Import {
  readonly module: string;
  /** The exported name; "default" and "*" for the default and the namespace. */
  readonly name: string;
}

/** Local name -> what it was imported as, from `import` declarations and top-level `require` calls. */
export type ImportTable = ReadonlyMap<string, Import>;

export function readImports(source: ts.SourceFile): ImportTable {
  const table = new Map<string, Import>();
  for (const statement of source.statements) {
    if (isImportDeclaration(statement)) readImport(statement, table);
    else if (isImportEqualsDeclaration(statement)) readImportEquals(statement, table);
    else if (isVariableStatement(statement)) readRequires(statement, table);
  }
  return table;
}

function readImport(declaration: ts.ImportDeclaration, table: Map<string, Import>): void {
  if (!isStringLiteral(declaration.moduleSpecifier)) return;
  const module = declaration.moduleSpecifier.text;
  const clause = declaration.importClause;
  if (!clause) return;
  if (clause.name) table.set(clause.name.text, { module, name: 'default' });
  const bindings = clause.namedBindings;
  if (!bindings) return;
  if (isNamespaceImport(bindings)) {
    table.set(bindings.name.text, { module, name: '*' });
    return;
  }
  for (const element of bindings.elements) {
    table.set(element.name.text, { module, name: (element.propertyName ?? element.name).text });
  }
}

function readImportEquals(declaration: ts.ImportEqualsDeclaration, table: Map<string, Import>): void {
  const reference = declaration.moduleReference;
  if (isExternalModuleReference(reference) && isStringLiteralLike(reference.expression)) {
    table.set(declaration.name.text, { module: reference.expression.text, name: '*' });
  }
}

function readRequires(statement: ts.VariableStatement, table: Map<string, Import>): void {
  for (const { name, initializer } of statement.declarationList.declarations) {
    const required = initializer && requiredModule(initializer);
    if (!required) continue;
    if (isIdentifier(name)) {
      table.set(name.text, required);
    } else if (isObjectBindingPattern(name) && required.name === '*') {
      for (const element of name.elements) {
        if (!isIdentifier(element.name)) continue;
        const imported = element.propertyName ?? element.name;
        if (isIdentifier(imported)) table.set(element.name.text, { module: required.module, name: imported.text });
      }
    }
  }
}

/** `require('m')` is the namespace of m, `require('m').name` one of its exports. */
function requiredModule(expression: ts.Expression): Import | undefined {
  if (isPropertyAccessExpression(expression)) {
    const inner = requiredModule(expression.expression);
    return inner?.name === '*' ? { module: inner.module, name: expression.name.text } : undefined;
  }
  if (!isCallExpression(expression) || !isIdentifier(expression.expression)) return undefined;
  const [argument] = expression.arguments;
  if (expression.expression.text !== 'require' || !argument || !isStringLiteralLike(argument)) return undefined;
  return { module: argument.text, name: '*' };
}
