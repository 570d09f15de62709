import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { sentStatement } from '../../syntax/typescript/libraries/sqlCalls';
import { methodName, nameText, propertyOf, shortText, unwrap } from '../../syntax/typescript/nodes';
import { readsOfOneParent } from '../../syntax/typescript/queries/parentRows';
import type { TypeScriptMatcher } from '../matchers';
import { boundLike } from './boundLike';
import type { Facts } from './rule';

/** Functions and methods that compare with a LIKE pattern: Drizzle, TypeORM, Knex, Supabase. */
const LIKE_CALLS = /^(?:(?:or|and)?(?:where)?(?:not)?i?like|(?:or|and)?whereI?Like)$/i;

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.TemplateExpression, ts.SyntaxKind.StringLiteral, ts.SyntaxKind.NoSubstitutionTemplateLiteral, ts.SyntaxKind.PropertyAssignment, ts.SyntaxKind.ShorthandPropertyAssignment],
  names: ['contains', 'endsWith'],

  find(node, file): Match<Facts> | undefined {
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) return prismaContains(node, file);
    return likePattern(node as ts.Expression, file);
  },
};

/** Prisma's `{ name: { contains: term } }` inside a query's `where`. */
function prismaContains(property: ts.PropertyAssignment | ts.ShorthandPropertyAssignment, file: TypeScriptFile): Match<Facts> | undefined {
  const name = nameText(property.name);
  if (name !== 'contains' && name !== 'endsWith') return undefined;
  const field = property.parent.parent;
  if (!ts.isPropertyAssignment(field) || isListFilter(property.parent)) return undefined;
  const query = whereCall(field);
  const access = query && file.dataAccess(query);
  if (!access || (access.library !== 'prisma' && access.library !== 'drizzle')) return undefined;
  const column = nameText(field.name);
  const relation = relationOf(field);
  const table = relation ?? access.table;
  const value = ts.isPropertyAssignment(property) ? property.initializer : property.name;
  return {
    span: file.span(property),
    facts: { table, column, operator: name, pattern: shortText(value) },
    size: table ? { kind: 'table', name: table } : undefined,
    confidence: query.arguments.some((options) => ts.isObjectLiteralExpression(options) && readsOfOneParent(options, file)) ? 'possible' : 'likely',
  };
}

/** `owner` of `where: { owner: { email: { contains } } }`: the column is the related table's. */
function relationOf(field: ts.PropertyAssignment): string | undefined {
  for (let at: ts.Node = field.parent; at.parent; at = at.parent) {
    if (ts.isPropertyAssignment(at)) {
      const name = nameText(at.name);
      if (name === 'where') return undefined;
      if (!/^(?:AND|OR|NOT|some|every|none|is|isNot)$/.test(name ?? '')) return name;
    } else if (!ts.isObjectLiteralExpression(at) && !ts.isArrayLiteralExpression(at)) return undefined;
  }
  return undefined;
}

/** JSON and list filters of Prisma use other keys beside `contains`. */
function isListFilter(filter: ts.ObjectLiteralExpression): boolean {
  return propertyOf(filter, 'path') !== undefined || propertyOf(filter, 'array_contains') !== undefined;
}

/** The call whose `where` option holds a node. */
function whereCall(node: ts.Node): ts.CallExpression | undefined {
  let insideWhere = false;
  for (let at: ts.Node = node; at.parent; at = at.parent) {
    if (ts.isPropertyAssignment(at) && nameText(at.name) === 'where') insideWhere = true;
    if (ts.isCallExpression(at)) return insideWhere ? at : undefined;
    if (ts.isStatement(at)) return undefined;
  }
  return undefined;
}

/** `'%' + term` patterns handed to a LIKE function, method or operator key. */
function likePattern(node: ts.Expression, file: TypeScriptFile): Match<Facts> | undefined {
  const text = ts.isTemplateExpression(node) ? node.head.text : (node as ts.StringLiteralLike).text;
  if (!text.startsWith('%')) return undefined;
  const whole = wholePattern(node);
  const isOnlyWildcard = whole === node && !ts.isTemplateExpression(node) && text.replace(/%/g, '') === '';
  if (isOnlyWildcard || startOf(whole) !== node) return undefined;
  const { parent } = whole;
  const operator = operatorAround(whole, parent);
  if (!operator) return boundPattern(whole, file);
  return {
    span: file.span(whole),
    facts: { ...columnAround(whole, parent, file), operator, pattern: shortText(whole) },
  };
}

/** `db.query('… WHERE name LIKE $1', [`%${term}%`])`: the statement compares with a parameter, and this is its value. */
function boundPattern(whole: ts.Expression, file: TypeScriptFile): Match<Facts> | undefined {
  const holder = ts.isArrayLiteralExpression(whole.parent) ? whole.parent.parent : whole.parent;
  const call = ts.isPropertyAssignment(holder) && ts.isObjectLiteralExpression(holder.parent) ? holder.parent.parent : holder;
  if (!ts.isCallExpression(call) || file.dataAccess(call)?.kind !== 'query') return undefined;
  const statement = sentStatement(call, file);
  const compared = statement && boundLike(statement.text);
  if (!compared) return undefined;
  const table = statement.queries[0]?.fact.tables[0];
  return {
    span: file.span(whole),
    facts: { table, ...compared, pattern: shortText(whole) },
    size: table ? { kind: 'table', name: table } : undefined,
  };
}

function wholePattern(node: ts.Expression): ts.Expression {
  let at = node;
  while (ts.isParenthesizedExpression(at.parent) || (ts.isBinaryExpression(at.parent) && at.parent.operatorToken.kind === ts.SyntaxKind.PlusToken)) at = at.parent as ts.Expression;
  return at;
}

/** The first part of a concatenation. */
function startOf(whole: ts.Expression): ts.Expression {
  let at = unwrap(whole);
  while (ts.isBinaryExpression(at)) at = unwrap(at.left);
  return at;
}

function operatorAround(whole: ts.Expression, parent: ts.Node): string | undefined {
  if (ts.isCallExpression(parent)) {
    const name = ts.isIdentifier(parent.expression) ? parent.expression.text : methodName(parent);
    if (name && LIKE_CALLS.test(name)) return name;
    // Knex: `.where('name', 'like', pattern)`.
    const [, operator] = parent.arguments;
    return operator && operator !== whole && ts.isStringLiteralLike(operator) && /^i?like$/i.test(operator.text) ? operator.text.toUpperCase() : undefined;
  }
  if (ts.isPropertyAssignment(parent) && ts.isComputedPropertyName(parent.name)) {
    const key = parent.name.expression.getText();
    return /(?:^|\.)(?:iLike|like)$/.test(key) ? key : undefined;
  }
  if (ts.isPropertyAssignment(parent) && /^\$?(?:i?like|ilike)$/i.test(nameText(parent.name) ?? '')) return nameText(parent.name);
  return undefined;
}

function columnAround(whole: ts.Expression, parent: ts.Node, file: TypeScriptFile): Pick<Facts, 'table' | 'column'> {
  if (ts.isCallExpression(parent)) {
    const [first] = parent.arguments;
    const column = first && first !== whole ? unwrap(first) : undefined;
    if (column && ts.isPropertyAccessExpression(column)) return { table: column.expression.getText(), column: column.name.text };
    if (column && ts.isStringLiteralLike(column)) {
      const [name, table] = column.text.split('.').reverse();
      return { column: name, table };
    }
    // TypeORM: `{ name: Like('%x%') }`.
    return ts.isPropertyAssignment(parent.parent) ? { column: nameText(parent.parent.name) } : {};
  }
  const field = ts.isPropertyAssignment(parent) ? parent.parent.parent : undefined;
  const query = field && whereCall(field);
  return { column: field && ts.isPropertyAssignment(field) ? nameText(field.name) : undefined, table: query && file.dataAccess(query)?.table };
}
