import { ts } from 'ts-morph';
import type { ColumnUse, FilterOperator, FilterUse, QueryFact } from '../../../core/facts';
import type { OrmFilter, OrmQuery } from '../../../core/ormQuery';
import type { Span } from '../../../core/text';
import type { TypeScriptFile } from '../file';
import { nameText, unwrap } from '../nodes';
import { elementsOf, objectOf, textOf } from '../models/literals';

const { isArrayLiteralExpression, isCallExpression, isComputedPropertyName, isObjectLiteralExpression, isPropertyAccessExpression, isPropertyAssignment, isShorthandPropertyAssignment } = ts;

const Kind = ts.SyntaxKind;

/** How one library writes conditions as an object. */
export interface WhereStyle {
  /** Operators by key: `{ gte: date }`, `{ $gte: date }`, `{ [Op.gte]: date }`. */
  readonly operators: Readonly<Record<string, FilterOperator>>;
  /** Keys that only lead on to the conditions of a relation: Prisma's `is`. */
  readonly through: readonly string[];
  /** Keys of lists of conditions, of which all, some or none must hold. */
  readonly and: readonly string[];
  readonly or: readonly string[];
  /** What is asked of the rows on the many side says nothing of an index of this one. */
  readonly many: readonly string[];
  /** Functions in place of a value: TypeORM's `In([…])`. */
  readonly functions?: Readonly<Record<string, FilterOperator>>;
}

/** Gathers what a query compares, sorts and limits, field by field. */
export class QueryReader {
  readonly filters: FilterUse[] = [];
  readonly places: OrmFilter[] = [];
  readonly joins: (readonly [ColumnUse, ColumnUse])[] = [];
  orderBy: (ColumnUse & { readonly descending: boolean })[] = [];
  columns: QueryFact['columns'] = '*';
  orderSpan?: Span;
  hasLimit = false;
  hasOffset = false;
  isReduced = false;

  constructor(readonly file: TypeScriptFile) {}

  add(use: Omit<FilterUse, 'operator'>, operator: FilterOperator, node: ts.Node, value: ts.Expression | undefined): void {
    const enumerated = use.isEnumerated === true || (value !== undefined && isEnumerated(value));
    this.filters.push({ ...use, operator: operator === '=' && value && isNull(value) ? 'is-null' : operator, ...(enumerated && { isEnumerated: true }) });
    this.places.push({ span: this.file.span(node) });
  }

  /** Reads `where: {…}`; false where a condition is only known when it runs. */
  where(node: ts.Expression | undefined, style: WhereStyle, prefix = '', isLoose = false): boolean {
    if (node === undefined) return true;
    const value = unwrap(node);
    if (isArrayLiteralExpression(value)) return value.elements.every((element) => this.where(element, style, prefix, isLoose || value.elements.length > 1));
    if (!isObjectLiteralExpression(value)) return value.kind === Kind.UndefinedKeyword || textOf(value) === '';
    return value.properties.every((property) => this.condition(property, style, prefix, isLoose));
  }

  private condition(property: ts.ObjectLiteralElementLike, style: WhereStyle, prefix: string, isLoose: boolean): boolean {
    if (isShorthandPropertyAssignment(property)) {
      this.add({ column: prefix + property.name.text }, isLoose ? 'other' : '=', property, property.name);
      return true;
    }
    const name = isPropertyAssignment(property) ? keyOf(property.name) : undefined;
    if (name === undefined || !isPropertyAssignment(property)) return false;
    const value = unwrap(property.initializer);
    if (style.and.includes(name)) return elementsOf(value).length > 0 ? elementsOf(value).every((each) => this.where(each, style, prefix, isLoose)) : this.where(value, style, prefix, isLoose);
    if (style.or.includes(name)) return elementsOf(value).length > 0 ? elementsOf(value).every((each) => this.where(each, style, prefix, true)) : this.where(value, style, prefix, true);
    if (style.through.includes(name)) return this.where(value, style, prefix, isLoose);
    if (style.many.includes(name)) return false;
    return this.comparison(prefix + name, value, property, style, isLoose);
  }

  private comparison(column: string, value: ts.Expression, node: ts.Node, style: WhereStyle, isLoose: boolean): boolean {
    const object = objectOf(value);
    if (object === undefined) {
      const operator = functionOperator(value, style) ?? (isArrayLiteralExpression(value) ? 'in' : '=');
      this.add({ column }, isLoose ? 'other' : operator, node, firstArgument(value) ?? value);
      return true;
    }
    const keys = object.properties.map((property) => (property.name ? keyOf(property.name) : undefined));
    const operators = keys.filter((key) => key !== undefined && Object.hasOwn(style.operators, key));
    // Not operators: the conditions of a related row, or the parts of a compound key.
    if (operators.length === 0) return this.where(object, style, isCompound(column, keys) ? column.replace(/[^.]*$/, '') : `${column}.`, isLoose);
    const wrapped = keys.includes('mode') ? 'lower' : undefined;
    for (const property of object.properties) {
      const key = property.name && keyOf(property.name);
      if (key === undefined) return false;
      const operator = Object.hasOwn(style.operators, key) ? style.operators[key]! : undefined;
      if (operator !== undefined) this.add({ column, wrappedBy: wrapped }, isLoose ? 'other' : operator, node, isPropertyAssignment(property) ? property.initializer : undefined);
    }
    return true;
  }

  query(model: QueryFact['model'], table: string, call: ts.CallExpression, verb: QueryFact['verb'] = 'select'): OrmQuery {
    const { filters, joins, orderBy, columns, hasLimit, hasOffset, file } = this;
    const others = filters.concat().flatMap((use) => use.table ?? []);
    const tables = [...new Set([table, ...others, ...joins.flat().flatMap((use) => use.table ?? [])])];
    return {
      fact: { verb, tables, columns, filters, joins, orderBy, hasLimit, hasOffset, line: file.lineOf(call), model },
      span: file.span(call),
      isReduced: this.isReduced || undefined,
      filters: this.places,
      orderSpan: this.orderSpan,
    };
  }
}

/** `userId_teamId: { userId, teamId }` names a key of several columns. */
function isCompound(column: string, keys: readonly (string | undefined)[]): boolean {
  const name = column.slice(column.lastIndexOf('.') + 1);
  return keys.length > 1 && (keys.join('_') === name || keys.every((key) => key !== undefined && name.toLowerCase().includes(key.toLowerCase())));
}

/** A property's name; `[Op.gte]` counts as "gte". */
function keyOf(name: ts.PropertyName): string | undefined {
  if (!isComputedPropertyName(name)) return nameText(name);
  const inner = unwrap(name.expression);
  return isPropertyAccessExpression(inner) ? `Op.${inner.name.text}` : textOf(inner);
}

function functionOperator(value: ts.Expression, { functions = {} }: WhereStyle): FilterOperator | undefined {
  const callee = isCallExpression(value) ? unwrap(value.expression).getText() : undefined;
  return callee !== undefined && Object.hasOwn(functions, callee) ? functions[callee] : undefined;
}

const firstArgument = (value: ts.Expression): ts.Expression | undefined => (isCallExpression(value) ? value.arguments[0] : undefined);

const isNull = (value: ts.Expression): boolean => unwrap(value).kind === Kind.NullKeyword;

/** A literal, or a constant such as `Role.ADMIN` or `STATUS_OPEN`. */
export function isEnumerated(value: ts.Expression): boolean {
  const node = unwrap(value);
  switch (node.kind) {
    case Kind.StringLiteral:
    case Kind.NoSubstitutionTemplateLiteral:
    case Kind.NumericLiteral:
    case Kind.TrueKeyword:
    case Kind.FalseKeyword:
    case Kind.NullKeyword:
      return true;
    case Kind.ArrayLiteralExpression:
      return (node as ts.ArrayLiteralExpression).elements.length > 0 && (node as ts.ArrayLiteralExpression).elements.every(isEnumerated);
    case Kind.Identifier:
      return /^[A-Z][A-Z0-9_]+$/.test((node as ts.Identifier).text);
    case Kind.PropertyAccessExpression: {
      const access = node as ts.PropertyAccessExpression;
      return /^[A-Z]/.test(access.name.text) && /^[A-Z]/.test(access.expression.getText());
    }
    default:
      return false;
  }
}

/** "desc" of `'desc'`, `"DESC"`, `-1` and `{ sort: 'desc' }`; undefined where it is only known when it runs. */
export function isDescending(direction: ts.Expression): boolean | undefined {
  const node = unwrap(direction);
  const text = textOf(node)?.toLowerCase();
  if (text !== undefined) return /^desc/.test(text) ? true : /^asc/.test(text) ? false : undefined;
  const sort = objectOf(node);
  if (sort !== undefined) {
    const inner = sort.properties.find((property) => property.name && nameText(property.name) === 'sort');
    return inner && isPropertyAssignment(inner) ? isDescending(inner.initializer) : undefined;
  }
  return /^-\s*1$/.test(node.getText()) ? true : node.getText() === '1' ? false : undefined;
}
