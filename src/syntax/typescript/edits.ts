import { ts } from 'ts-morph';
import { indentationAt, type SpanEdit } from '../../core/text';
import type { TypeScriptFile } from './file';

const { getTrailingCommentRanges, isImportDeclaration, isNamedImports, isStringLiteral } = ts;

/** Writes one more property at the end of an object literal, in the form the literal has; a comment stays behind the property it is about. */
export function addProperty(object: ts.ObjectLiteralExpression, property: string, file: TypeScriptFile): readonly SpanEdit[] {
  const { properties } = object;
  const last = properties[properties.length - 1];
  if (!last) return [{ ...file.span(object), newText: `{ ${property} }` }];
  const start = last.getStart(file.source);
  const comma = properties.hasTrailingComma ? properties.end : undefined;
  const end = comma ?? last.end;
  const lineOf = (offset: number): number => file.lines.positionAt(offset).line;
  if (lineOf(object.getStart(file.source)) === lineOf(start)) return [insert(end, comma ? ` ${property}` : `, ${property}`)];
  const line = `\n${indentationAt(file.text, start)}${property}`;
  const comment = getTrailingCommentRanges(file.text, end)?.find((range) => lineOf(range.pos) === lineOf(end));
  if (!comment) return [insert(end, comma ? `${line},` : `,${line}`)];
  return [...(comma ? [] : [insert(end, ',')]), insert(comment.end, comma ? `${line},` : line)];
}

const insert = (at: number, newText: string): SpanEdit => ({ start: at, end: at, newText });

/** Writes an argument at a position; those before it that are missing become `undefined`. */
export function addArgument(call: ts.CallExpression, position: number, text: string): SpanEdit {
  const { arguments: args } = call;
  const missing = Array.from({ length: position - args.length }, () => 'undefined');
  const added = [...missing, text].join(', ');
  if (args.length === 0) return insert(call.end - 1, added);
  return insert(args[args.length - 1]!.end, `, ${added}`);
}

/** ES modules only: a CommonJS file keeps its own way to import. */
export function isModule(file: TypeScriptFile): boolean {
  return file.source.statements.some(isImportDeclaration);
}

/**
 * Makes a module's export known under its own name: nothing to do where it is imported, one more name in an
 * import of that module, or an import of its own. Undefined where the name stands for something else.
 */
export function importName(name: string, module: string, file: TypeScriptFile): readonly SpanEdit[] | undefined {
  const known = file.imports.get(name);
  if (known) return known.name === name && bare(known.module) === bare(module) ? [] : undefined;
  if (file.scopes.topLevel(name) || !isModule(file)) return undefined;
  const imports = file.source.statements.filter(isImportDeclaration);
  const same = imports.find(({ moduleSpecifier }) => isStringLiteral(moduleSpecifier) && bare(moduleSpecifier.text) === bare(module));
  const bindings = same?.importClause?.namedBindings;
  if (bindings && isNamedImports(bindings) && bindings.elements.length > 0) {
    return [insert(bindings.elements[bindings.elements.length - 1]!.end, `, ${name}`)];
  }
  return [insert(imports[0]!.getStart(file.source), `import { ${name} } from ${quoteOf(imports[0]!, file)(module)};\n`)];
}

const bare = (module: string): string => module.replace(/^node:/, '');

/** Quotes a module's name as the file quotes them. */
function quoteOf(declaration: ts.ImportDeclaration, file: TypeScriptFile): (text: string) => string {
  const mark = file.text[declaration.moduleSpecifier.getStart(file.source)]!;
  return (text) => mark + text + mark;
}
