import { ts } from 'ts-morph';
import type { Fix, Match } from '../../core/rule';
import { indentationAt } from '../../core/text';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { isAsync } from '../../syntax/typescript/nodes';
import type { Facts } from './rule';
import { onlyUser } from './typescriptUsers';

const { isBlock, isImportDeclaration, isNamespaceImport } = ts;

/** Turns the import into a dynamic one at the beginning of the one function that uses it, where that can wait. */
export function importInside({ span }: Match<Facts>, file: TypeScriptFile): Fix | undefined {
  const declaration = file.source.statements.find((statement) => isImportDeclaration(statement) && file.span(statement).start === span.start) as ts.ImportDeclaration | undefined;
  const user = declaration && onlyUser(declaration, file);
  const bound = declaration && bindingOf(declaration);
  if (!user || bound === undefined || !isAsync(user.node) || !user.node.body || !isBlock(user.node.body)) return undefined;
  const [first] = user.node.body.statements;
  if (!first) return undefined;
  const start = first.getStart(file.source);
  const indentation = indentationAt(file.text, start);
  const lineEnd = file.text.indexOf('\n', declaration.end);
  return {
    title: `Import ${declaration.moduleSpecifier.getText(file.source)} inside ${user.name}`,
    kind: 'suggestion',
    edits: [
      { start: span.start, end: lineEnd < 0 ? declaration.end : lineEnd + 1, newText: '' },
      { start, end: start, newText: `const ${bound} = await import(${declaration.moduleSpecifier.getText(file.source)});\n${indentation}` },
    ],
    caveat: 'The first call waits for the package, and one that is missing or broken is noticed only then. Types that the import brought along need an `import type`.',
  };
}

/** What stands on the left of `= await import(…)`: "{ default: X }", "{ a, b: c }", "X". */
function bindingOf({ importClause }: ts.ImportDeclaration): string | undefined {
  const bindings = importClause?.namedBindings;
  if (!importClause || (bindings && isNamespaceImport(bindings))) return importClause?.name ? undefined : (bindings as ts.NamespaceImport | undefined)?.name.text;
  const elements = (bindings as ts.NamedImports | undefined)?.elements ?? [];
  if (elements.some(({ isTypeOnly }) => isTypeOnly)) return undefined;
  const named = elements.map(({ name, propertyName }) => (propertyName ? `${propertyName.text}: ${name.text}` : name.text));
  return `{ ${[...(importClause.name ? [`default: ${importClause.name.text}`] : []), ...named].join(', ')} }`;
}
