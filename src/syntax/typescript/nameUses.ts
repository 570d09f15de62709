import { ts } from 'ts-morph';
import type { Declaration, Scopes } from './scopes';
import { walk } from './nodes';

const {
  isBindingElement, isClassElement, isEnumMember, isExportSpecifier, isIdentifier, isImportSpecifier, isJsxAttribute,
  isPropertyAccessExpression, isPropertyAssignment,
} = ts;

const Kind = ts.SyntaxKind;

/** Where the names of a file are used as values, written or read. One walk finds them all when somebody first asks. */
export class NameUses {
  private byName?: ReadonlyMap<string, readonly ts.Identifier[]>;
  private readonly found = new Map<ts.Node, readonly ts.Identifier[]>();

  constructor(
    private readonly source: ts.SourceFile,
    private readonly scopes: Scopes,
  ) {}

  /** The uses of what a name declares, in reading order; the declaration itself is left out. */
  of({ name, node }: Declaration): readonly ts.Identifier[] {
    let uses = this.found.get(name);
    if (uses === undefined) {
      uses = this.named(name.text).filter((use) => use !== name && this.scopes.resolve(use)?.node === node);
      this.found.set(name, uses);
    }
    return uses;
  }

  /** Every read or write of a property of this name, whatever it belongs to: `a.b` for "b". */
  properties(name: string): readonly ts.PropertyAccessExpression[] {
    return this.named(`.${name}`).map((identifier) => identifier.parent as ts.PropertyAccessExpression);
  }

  private named(key: string): readonly ts.Identifier[] {
    this.byName ??= identifiersOf(this.source);
    return this.byName.get(key) ?? [];
  }
}

/** Identifiers by their text; names of properties that are accessed stand under a leading dot. */
function identifiersOf(source: ts.SourceFile): ReadonlyMap<string, readonly ts.Identifier[]> {
  const found = new Map<string, ts.Identifier[]>();
  walk(source, (node) => {
    if (isType(node)) return false;
    const key = isIdentifier(node) ? keyOf(node) : undefined;
    if (key === undefined) return true;
    const list = found.get(key);
    if (list) list.push(node as ts.Identifier);
    else found.set(key, [node as ts.Identifier]);
    return true;
  });
  return found;
}

function isType({ kind }: ts.Node): boolean {
  if (kind === Kind.InterfaceDeclaration || kind === Kind.TypeAliasDeclaration) return true;
  return kind >= Kind.FirstTypeNode && kind <= Kind.LastTypeNode && kind !== Kind.ExpressionWithTypeArguments;
}

/** Undefined for names that declare a member or rename something, which read no value. */
function keyOf(node: ts.Identifier): string | undefined {
  const { parent } = node;
  if (isPropertyAccessExpression(parent) && parent.name === node) return `.${node.text}`;
  if ((isPropertyAssignment(parent) || isJsxAttribute(parent) || isClassElement(parent) || isEnumMember(parent)) && parent.name === node) return undefined;
  if (isBindingElement(parent) && parent.propertyName === node) return undefined;
  if (isExportSpecifier(parent)) return parent.propertyName === undefined || parent.propertyName === node ? node.text : undefined;
  return isImportSpecifier(parent) ? undefined : node.text;
}
