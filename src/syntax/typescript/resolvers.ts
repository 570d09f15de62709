import { ts } from 'ts-morph';
import type { TypeScriptFile } from './file';
import { calledName, isFunction, nameText, unwrap, type FunctionNode } from './nodes';

const {
  canHaveDecorators, getDecorators, isArrowFunction, isCallExpression, isClassLike, isIdentifier, isMethodDeclaration, isNewExpression, isObjectLiteralExpression,
  isParameter, isPropertyAssignment, isSpreadAssignment, isStringLiteralLike, isTypeReferenceNode, isVariableDeclaration,
} = ts;

/** A function that GraphQL calls for one field of each object of a type. */
export interface FieldResolver {
  /** "Order"; never one of the root types, whose fields are asked for once. */
  readonly type: string;
  readonly field: string;
  readonly fn: FunctionNode;
  /** The parameter that is given the object. */
  readonly parent: ts.BindingName;
}

const LIBRARIES = /^(?:graphql|@graphql-tools\/.+|graphql-tools|graphql-yoga|graphql-tag|apollo-server.*|@apollo\/.+|@nestjs\/graphql|type-graphql|@pothos\/.+|nexus|mercurius)$/;
const ROOT = /^(?:Root)?(?:Query|Mutation|Subscription)(?:Root|Type)?$/;
const FIELD_DECORATORS = ['ResolveField', 'FieldResolver', 'ResolveProperty'];
const PARENT_DECORATORS = ['Parent', 'Root'];
/** Calls of Pothos and Nexus that declare an object type or add fields to one. */
const TYPE_CALLS = /^(?:objectType|objectFields?|prismaObject|prismaNode|prismaObjectFields?|drizzleObject|extendType|implement)$/;
/** Calls that declare fields of a root type. */
const ROOT_CALLS = /^(?:query|mutation|subscription)(?:Type|Fields?)$/;

/** The resolver that a method or property of an object or class is. */
export function fieldResolver(node: ts.MethodDeclaration | ts.PropertyAssignment, file: TypeScriptFile): FieldResolver | undefined {
  const field = nameText(node.name);
  if (field === undefined) return undefined;
  if (isClassLike(node.parent)) return isMethodDeclaration(node) ? decorated(node, field, node.parent) : undefined;
  if (!isObjectLiteralExpression(node.parent)) return undefined;
  const fn = isMethodDeclaration(node) ? node : unwrap(node.initializer);
  if (!isFunction(fn) || fn.body === undefined) return undefined;
  const named = field === 'resolve' ? resolveProperty(node.parent, file) : inMap(node.parent, field, file);
  const parent = fn.parameters[0]?.name;
  return named && parent && !ROOT.test(named.type) ? { ...named, fn, parent } : undefined;
}

/** `@ResolveField() lines(@Parent() order: Order)` in a class with `@Resolver(() => Order)`. */
function decorated(method: ts.MethodDeclaration, field: string, owner: ts.ClassLikeDeclaration): FieldResolver | undefined {
  if (decoratorNamed(method, FIELD_DECORATORS) === undefined) return undefined;
  const parent = method.parameters.find((parameter) => decoratorNamed(parameter, PARENT_DECORATORS) !== undefined)?.name;
  const given = decoratorNamed(owner, ['Resolver'])?.arguments[0];
  const type = given && typeText(given);
  return parent && type && !ROOT.test(type) ? { type, field, fn: method, parent } : undefined;
}

function decoratorNamed(node: ts.Node, names: readonly string[]): ts.CallExpression | undefined {
  const decorators = canHaveDecorators(node) || isParameter(node) ? (getDecorators(node as ts.HasDecorators) ?? []) : [];
  for (const { expression } of decorators) {
    if (isCallExpression(expression) && isIdentifier(expression.expression) && names.includes(expression.expression.text)) return expression;
  }
  return undefined;
}

/** `Order` of `() => Order`, `'Order'` and `Order`. */
function typeText(node: ts.Expression): string | undefined {
  const named = isArrowFunction(node) && ts.isExpression(node.body) ? unwrap(node.body) : node;
  return isIdentifier(named) || isStringLiteralLike(named) ? named.text : undefined;
}

type Named = Pick<FieldResolver, 'type' | 'field'>;

/** `Order: { lines: (order) => … }` in a map of resolvers, and `const Order: OrderResolvers = { lines: … }`. */
function inMap(fields: ts.ObjectLiteralExpression, field: string, file: TypeScriptFile): Named | undefined {
  const holder = fields.parent;
  if (isVariableDeclaration(holder)) {
    const type = holder.type && isTypeReferenceNode(holder.type) ? /^(\w+)Resolvers$/.exec(holder.type.typeName.getText())?.[1] : undefined;
    return type === undefined ? undefined : { type, field };
  }
  if (!isPropertyAssignment(holder) || !isObjectLiteralExpression(holder.parent)) return undefined;
  const type = nameText(holder.name);
  return type !== undefined && /^[A-Z]/.test(type) && isResolverMap(holder.parent, file) ? { type, field } : undefined;
}

function isResolverMap(map: ts.ObjectLiteralExpression, file: TypeScriptFile): boolean {
  const { parent } = map;
  if (isVariableDeclaration(parent) && (/resolvers?$/i.test(parent.name.getText()) || /\bI?Resolvers?\b/.test(parent.type?.getText() ?? ''))) return true;
  if (isPropertyAssignment(parent) && nameText(parent.name) === 'resolvers') return true;
  return file.importsFrom(LIBRARIES) && map.properties.some((property) => !isSpreadAssignment(property) && ROOT.test(nameText(property.name) ?? ''));
}

/** The `resolve` of a field in `new GraphQLObjectType(…)`, `builder.objectType(…)` or Nexus' `objectType(…)`. */
function resolveProperty(options: ts.ObjectLiteralExpression, file: TypeScriptFile): Named | undefined {
  if (!file.importsFrom(LIBRARIES) && !isCallExpression(options.parent)) return undefined;
  let field: string | undefined = isCallExpression(options.parent) ? options.parent.arguments.find(isStringLiteralLike)?.text : undefined;
  for (let at: ts.Node = options; at.parent; at = at.parent) {
    const { parent } = at;
    if (isPropertyAssignment(parent)) field ??= nameText(parent.name);
    const declared = isCallExpression(parent) || isNewExpression(parent) ? declaredType(parent) : undefined;
    if (declared === 'root') return undefined;
    if (declared !== undefined) return field === undefined ? undefined : { type: declared, field };
  }
  return undefined;
}

/** The name of the type that a call declares; 'root' for the types whose fields are asked for once. */
function declaredType(call: ts.CallExpression | ts.NewExpression): string | undefined {
  const name = isCallExpression(call) ? calledName(call) : call.expression.getText();
  if (name === undefined || ROOT_CALLS.test(name)) return name === undefined ? undefined : 'root';
  if (!(isNewExpression(call) ? name === 'GraphQLObjectType' : TYPE_CALLS.test(name))) return undefined;
  const [first] = call.arguments ?? [];
  if (first === undefined) return undefined;
  const options = isObjectLiteralExpression(first) ? first : undefined;
  const named = options?.properties.find((property) => isPropertyAssignment(property) && /^(?:name|type)$/.test(nameText(property.name) ?? ''));
  const type = named && isPropertyAssignment(named) ? typeText(named.initializer) : typeText(first);
  return type !== undefined && ROOT.test(type) ? 'root' : type;
}
