import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../file';
import { unwrap } from '../nodes';

const { canHaveDecorators, getDecorators, isCallExpression, isClassDeclaration, isIdentifier, isPropertyAccessExpression, isPropertyDeclaration } = ts;

/** A decorator that was imported: `@Column({ name: 'x' })` of "typeorm". */
export interface Decorator {
  /** The name of the export, whatever the file calls it. */
  readonly name: string;
  readonly module: string;
  readonly args: readonly ts.Expression[];
}

export function decoratorsOf(node: ts.Node, file: TypeScriptFile): Decorator[] {
  if (!canHaveDecorators(node)) return [];
  return (getDecorators(node) ?? []).flatMap(({ expression }) => {
    const called = isCallExpression(expression) ? unwrap(expression.expression) : unwrap(expression);
    const owner = isPropertyAccessExpression(called) ? unwrap(called.expression) : called;
    const imported = isIdentifier(owner) ? file.imports.get(owner.text) : undefined;
    if (imported === undefined) return [];
    const name = isPropertyAccessExpression(called) ? called.name.text : imported.name;
    return [{ name, module: imported.module, args: isCallExpression(expression) ? [...expression.arguments] : [] }];
  });
}

/** A class of the file with the decorators of its library, and its properties with theirs. */
export interface DecoratedClass {
  readonly node: ts.ClassDeclaration;
  readonly name: string;
  readonly decorators: readonly Decorator[];
  readonly properties: readonly { readonly node: ts.PropertyDeclaration; readonly name: string; readonly decorators: readonly Decorator[] }[];
}

/** The classes of a file that use decorators of a module. */
export function decoratedClasses(file: TypeScriptFile, module: RegExp): DecoratedClass[] {
  return file.source.statements.flatMap((node) => {
    if (!isClassDeclaration(node) || !node.name) return [];
    const own = (at: ts.Node): Decorator[] => decoratorsOf(at, file).filter((decorator) => module.test(decorator.module));
    const properties = node.members.flatMap((member) => {
      const decorators = isPropertyDeclaration(member) && isIdentifier(member.name) ? own(member) : [];
      return decorators.length === 0 ? [] : [{ node: member as ts.PropertyDeclaration, name: (member.name as ts.Identifier).text, decorators }];
    });
    const decorators = own(node);
    return decorators.length + properties.length === 0 ? [] : [{ node, name: node.name.text, decorators, properties }];
  });
}

/** The class that another one extends. */
export function baseOf({ node }: DecoratedClass): ts.Expression | undefined {
  return node.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression;
}

/** The type a property is declared with, without `| null` and optional marks: "string", "Promise<Customer>". */
export function propertyType(node: ts.PropertyDeclaration): string {
  return (node.type?.getText() ?? '').replace(/\s*\|\s*(?:null|undefined)/g, '').trim();
}
