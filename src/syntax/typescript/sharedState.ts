import { ts } from 'ts-morph';
import type { TypeScriptFile } from './file';
import { enclosingFunction, isAssignment, isWithin, nameText, unwrap } from './nodes';
import type { Declaration } from './scopes';
import { roleOf, type Addition, type UseRole } from './sharedUses';

const {
  canHaveModifiers, getDecorators, getModifiers, isArrayLiteralExpression, isCallExpression, isClassDeclaration, isClassLike,
  isElementAccessExpression, isIdentifier, isNewExpression, isObjectLiteralExpression, isPropertyAccessExpression,
  isPropertyDeclaration, isSourceFile, isSpreadElement, isVariableDeclaration,
} = ts;

const Kind = ts.SyntaxKind;

export type Container = 'map' | 'set' | 'array' | 'object';

/** A collection that lives as long as the process: of the module, static, or of a class that is made once. */
export interface SharedCollection {
  /** As a reader calls it: "cache", "this.sessions". */
  readonly name: string;
  readonly container: Container;
  readonly declaration: ts.VariableDeclaration | ts.PropertyDeclaration;
  /** Where functions add to it; what the module itself puts in while it is loaded is left out. */
  readonly additions: readonly Addition[];
  /** Something in the file removes entries, replaces it, or looks at how large it has become. */
  readonly isEmptied: boolean;
  /** Other code gets hold of it and may do with it what it likes. */
  readonly escapes: boolean;
  readonly isExported: boolean;
}

/** By file and not by node alone: a tree that follows an edit keeps nodes, and their uses may have changed. */
const KNOWN = new WeakMap<TypeScriptFile, Map<ts.Node, SharedCollection | undefined>>();

/** The methods that add to a collection, for matchers to name. */
export const ADDING_METHODS: readonly string[] = ['set', 'add', 'push', 'unshift'];

/** The collection that a call (`x.set(k, v)`, `x.push(v)`) or an assignment (`x[k] = v`) adds to, if it is a shared one. */
export function sharedCollectionAt(node: ts.Node, file: TypeScriptFile): SharedCollection | undefined {
  const owner = addedTo(node);
  const declaration = owner && declarationOf(owner, file);
  if (declaration === undefined) return undefined;
  let known = KNOWN.get(file);
  if (known === undefined) KNOWN.set(file, (known = new Map()));
  if (!known.has(declaration.node)) known.set(declaration.node, describe(declaration, file));
  return known.get(declaration.node);
}

function addedTo(node: ts.Node): ts.Expression | undefined {
  if (isCallExpression(node)) {
    const callee = node.expression;
    return isPropertyAccessExpression(callee) && ADDING_METHODS.includes(callee.name.text) ? unwrap(callee.expression) : undefined;
  }
  if (!isAssignment(node)) return undefined;
  if (isElementAccessExpression(node.left)) return unwrap(node.left.expression);
  // `lines = [...lines, line]`
  return isArrayLiteralExpression(node.right) && node.right.elements.some(isSpreadElement) ? node.left : undefined;
}

/** The shared variable or member behind an expression. */
function declarationOf(owner: ts.Expression, file: TypeScriptFile): Declaration | undefined {
  if (isIdentifier(owner)) {
    const declaration = file.scopes.resolve(owner);
    return declaration && isVariableDeclaration(declaration.node) && isAtTop(declaration.node) ? declaration : undefined;
  }
  if (!isPropertyAccessExpression(owner)) return undefined;
  const holder = classBehind(owner.expression, file);
  const member = holder?.members.find((each) => isPropertyDeclaration(each) && nameText(each.name) === owner.name.text) as ts.PropertyDeclaration | undefined;
  if (!holder || !member || !isIdentifier(member.name) || !(isStatic(member) || isMadeOnce(holder, file))) return undefined;
  return { name: member.name, node: member };
}

/** A variable of the module, not of a function in it. */
function isAtTop(declaration: ts.VariableDeclaration): boolean {
  return isSourceFile(declaration.parent.parent.parent);
}

/** The class of `this` or `ClassName`. */
function classBehind(owner: ts.Expression, file: TypeScriptFile): ts.ClassLikeDeclaration | undefined {
  if (owner.kind === Kind.ThisKeyword) {
    let at: ts.Node | undefined = owner.parent;
    while (at && !isClassLike(at)) at = at.parent;
    return at as ts.ClassLikeDeclaration | undefined;
  }
  const declaration = isIdentifier(owner) && /^[A-Z]/.test(owner.text) ? file.scopes.topLevel(owner.text)?.node : undefined;
  return declaration && isClassDeclaration(declaration) ? declaration : undefined;
}

/** A class of which there is one instance: one that a container provides, or that the module makes itself, once. */
function isMadeOnce(holder: ts.ClassLikeDeclaration, file: TypeScriptFile): boolean {
  if (isProvided(holder)) return true;
  const { name } = holder;
  if (!name || !isSourceFile(holder.parent)) return false;
  const uses = file.uses.of({ name, node: holder }).filter(({ parent }) => isNewExpression(parent));
  return uses.length === 1 && enclosingFunction(uses[0]!) === undefined && !isWithin(uses[0]!, holder);
}

/** `@Injectable()` of NestJS and Angular: one instance unless it says "request". */
function isProvided(holder: ts.ClassLikeDeclaration): boolean {
  return (getDecorators(holder as ts.ClassDeclaration) ?? []).some(({ expression }) => {
    if (!isCallExpression(expression) || !isIdentifier(expression.expression)) return false;
    return /^(?:Injectable|Controller|WebSocketGateway|Resolver|singleton)$/.test(expression.expression.text) && !/REQUEST|TRANSIENT/.test(expression.getText());
  });
}

function isStatic(member: ts.PropertyDeclaration): boolean {
  return member.modifiers?.some(({ kind }) => kind === Kind.StaticKeyword) ?? false;
}

function describe({ name, node }: Declaration, file: TypeScriptFile): SharedCollection | undefined {
  const declaration = node as ts.VariableDeclaration | ts.PropertyDeclaration;
  const container = declaration.initializer && containerOf(unwrap(declaration.initializer));
  if (container === undefined) return undefined;
  const isMember = isPropertyDeclaration(declaration);
  const uses: readonly ts.Expression[] = isMember ? memberUses(declaration, file) : file.uses.of({ name, node });
  const roles = uses.map((use) => withOwner(roleOf(use, file), use, declaration, file));
  return {
    name: isMember ? `this.${name.text}` : name.text,
    container,
    declaration,
    additions: roles.flatMap((role) => (role.kind === 'addition' && enclosingFunction(role.addition.node) ? [role.addition] : [])),
    isEmptied: roles.some(({ kind }) => kind === 'removal'),
    escapes: roles.some(({ kind }) => kind === 'escape'),
    isExported: isMember ? !isHidden(declaration) : isExportedVariable(declaration) || uses.some(({ parent }) => parent.kind === Kind.ExportSpecifier),
  };
}

/** `other.items.push(x)` may be a member of that name of another class, which adds nothing here; it may well take something away. */
function withOwner(role: UseRole, use: ts.Expression, { parent: holder }: ts.Node, file: TypeScriptFile): UseRole {
  const isForeign = role.kind === 'addition' && isPropertyAccessExpression(use) && classBehind(use.expression, file) !== holder;
  return isForeign ? { kind: 'read' } : role;
}

/** What an empty collection is: it is filled later. A WeakMap forgets by itself. */
function containerOf(initializer: ts.Expression): Container | undefined {
  if (isNewExpression(initializer) && isIdentifier(initializer.expression)) {
    const isEmpty = (initializer.arguments?.length ?? 0) === 0;
    switch (initializer.expression.text) {
      case 'Map':
        return isEmpty ? 'map' : undefined;
      case 'Set':
        return isEmpty ? 'set' : undefined;
      case 'Array':
        return isEmpty ? 'array' : undefined;
      default:
        return undefined;
    }
  }
  if (isArrayLiteralExpression(initializer)) return initializer.elements.length === 0 ? 'array' : undefined;
  if (isObjectLiteralExpression(initializer)) return initializer.properties.length === 0 ? 'object' : undefined;
  return isCallExpression(initializer) && initializer.getText() === 'Object.create(null)' ? 'object' : undefined;
}

/** `this.name` within the class, and `ClassName.name` anywhere. */
function memberUses(member: ts.PropertyDeclaration, file: TypeScriptFile): ts.Expression[] {
  const holder = member.parent as ts.ClassLikeDeclaration;
  return file.uses.properties((member.name as ts.Identifier).text).filter((access) => classBehind(access.expression, file) === holder || !isOwn(access));
}

/** An access through something else than `this`, of which nobody knows what it is: it may be this member. */
function isOwn(access: ts.PropertyAccessExpression): boolean {
  return access.expression.kind === Kind.ThisKeyword;
}

function isHidden(member: ts.PropertyDeclaration): boolean {
  return member.name.kind === Kind.PrivateIdentifier || (member.modifiers?.some(({ kind }) => kind === Kind.PrivateKeyword) ?? false);
}

function isExportedVariable(declaration: ts.VariableDeclaration): boolean {
  const statement = declaration.parent.parent;
  return canHaveModifiers(statement) && (getModifiers(statement) ?? []).some(({ kind }) => kind === Kind.ExportKeyword);
}
