import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import { columnPath } from '../../syntax/sql/query/scope';
import type { SqlStatement } from '../../syntax/sql/statement';
import { walk } from '../../syntax/sql/tree';
import { accessOfChain } from '../../syntax/typescript/chains';
import { conditionIn } from '../../syntax/typescript/embeddedSql';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { methodName, nameText, propertyOf, unwrap } from '../../syntax/typescript/nodes';
import { originOf } from '../../syntax/typescript/origin';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { mustHold, wrappedComparison, wrappingOfFunction } from './wrapped';

/** Methods that take a condition as text. */
const CONDITIONS = new Set(['where', 'andWhere', 'whereRaw', 'andWhereRaw']);
/** Functions that compare their first argument. */
const COMPARING = new Set(['eq', 'inArray', 'gt', 'gte', 'lt', 'lte', 'between']);

/** Whole statements in strings are read by the SQL matcher; this one knows the ways of query builders. */
export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.TaggedTemplateExpression, ts.SyntaxKind.PropertyAssignment],
  names: ['where', 'andWhere', 'whereRaw', 'andWhereRaw', 'mode'],

  find(node, file): Match<Facts> | undefined {
    if (ts.isPropertyAssignment(node)) return prismaInsensitive(node, file);
    return ts.isCallExpression(node) ? (textCondition(node, file) ?? functionObject(node, file)) : templateCondition(node as ts.TaggedTemplateExpression, file);
  },
};

/** `.whereRaw('LOWER(email) = ?', [email])` of Knex, `.where('LOWER(user.email) = :email')` of TypeORM. */
function textCondition(call: ts.CallExpression, file: TypeScriptFile): Match<Facts> | undefined {
  const name = methodName(call);
  const [text] = call.arguments;
  if (name === undefined || text === undefined || !CONDITIONS.has(name)) return undefined;
  const literal = unwrap(text);
  if (!(ts.isStringLiteralLike(literal) || ts.isTemplateExpression(literal)) || !/\w\s*\(/.test(literal.getText(file.source))) return undefined;
  const found = wrappedIn(conditionIn(literal, file));
  const access = found && accessOfChain(call, file);
  return found && { span: file.span(literal), facts: { ...found, ...(access?.table !== undefined && { table: access.table }) }, confidence: isOnlyCondition(call) ? 'likely' : 'possible' };
}

/** `.where(sql`lower(${users.email}) = ${email}`)` and `eq(sql`lower(${users.email})`, email)` of Drizzle and Kysely. */
function templateCondition(template: ts.TaggedTemplateExpression, file: TypeScriptFile): Match<Facts> | undefined {
  if (!ts.isIdentifier(template.tag) || template.tag.text !== 'sql' || !/\w\s*\(/.test(template.template.getText(file.source))) return undefined;
  const comparing = comparingCall(template);
  const place = placeOf(comparing ?? template);
  if (place === undefined || !/^(?:drizzle-orm|kysely)\b/.test(originOf(template.tag, file)?.module ?? '')) return undefined;
  const found = wrappedIn(conditionIn(template, file, comparing !== undefined));
  return found && { span: file.span(template), facts: found, confidence: place === 'alone' ? 'likely' : 'possible' };
}

function comparingCall(template: ts.TaggedTemplateExpression): ts.CallExpression | undefined {
  const { parent } = template;
  return ts.isCallExpression(parent) && parent.arguments[0] === template && ts.isIdentifier(parent.expression) && COMPARING.has(parent.expression.text) ? parent : undefined;
}

/** Whether a condition stands in `where(...)` on its own or inside `and(...)`; undefined for alternatives and elsewhere. */
function placeOf(condition: ts.Expression): 'alone' | 'among others' | undefined {
  let isAmongOthers = false;
  for (let at: ts.Node = condition; ts.isCallExpression(at.parent) && at.parent.arguments.includes(at as ts.Expression); at = at.parent) {
    const call = at.parent;
    if (CONDITIONS.has(methodName(call) ?? '')) return isAmongOthers || !isOnlyCondition(call) ? 'among others' : 'alone';
    if (!ts.isIdentifier(call.expression) || call.expression.text !== 'and') return undefined;
    isAmongOthers = true;
  }
  return undefined;
}

/** No other condition in the same chain. */
function isOnlyCondition(call: ts.CallExpression): boolean {
  const filters = /^(?:and)?where/i;
  for (let at: ts.Node = call; ts.isPropertyAccessExpression(at.parent) && ts.isCallExpression(at.parent.parent); at = at.parent.parent) {
    if (filters.test(methodName(at.parent.parent) ?? '')) return false;
  }
  let inner: ts.Expression = unwrap(call.expression);
  while (ts.isPropertyAccessExpression(inner) && ts.isCallExpression(unwrap(inner.expression))) {
    const before = unwrap(inner.expression) as ts.CallExpression;
    if (filters.test(methodName(before) ?? '')) return false;
    inner = unwrap(before.expression);
  }
  return true;
}

/** The first comparison of a wrapped column in a condition. */
function wrappedIn(statement: SqlStatement | undefined): Facts | undefined {
  let facts: Facts | undefined;
  if (statement === undefined || statement.root.tag !== 'SelectStmt') return undefined;
  walk(statement.root, (node) => {
    const found = facts === undefined && node.tag === 'A_Expr' && mustHold(node) ? wrappedComparison(node) : undefined;
    const path = found && columnPath(found.reference);
    if (found === undefined || path === undefined) return;
    const [table] = path.length > 1 ? [path.at(-2)] : [];
    facts = {
      ...(table !== undefined && { table }),
      column: path.at(-1)!,
      form: statement.textOf(found.side).replace(/\s+/g, ' '),
      wrapping: found.wrapping,
      ...(found.type !== undefined && { type: found.type }),
      ...(found.expression !== undefined && { expression: found.expression }),
      comparison: found.comparison,
    };
  });
  return facts;
}

/** `where(fn('lower', col('email')), email)` of Sequelize, `.where(eb.fn('lower', ['email']), '=', email)` of Kysely. */
function functionObject(call: ts.CallExpression, file: TypeScriptFile): Match<Facts> | undefined {
  const callee = unwrap(call.expression);
  const name = ts.isIdentifier(callee) ? callee.text : methodName(call);
  const [wrapped, ...rest] = call.arguments;
  if (name !== 'where' || wrapped === undefined || rest.length === 0) return undefined;
  const inner = unwrap(wrapped);
  if (!ts.isCallExpression(inner)) return undefined;
  const innerName = ts.isIdentifier(inner.expression) ? inner.expression.text : methodName(inner);
  const [functionText, column] = inner.arguments;
  if (innerName !== 'fn' || functionText === undefined || column === undefined || !ts.isStringLiteralLike(functionText)) return undefined;
  const columnText = columnOf(unwrap(column));
  const wrapping = wrappingOfFunction(functionText.text.toLowerCase());
  if (columnText === undefined || wrapping === undefined) return undefined;
  const plain = columnText.split('.').at(-1)!;
  const query = queryAround(call, file);
  return {
    span: file.span(call),
    facts: {
      ...(query?.table !== undefined && { table: query.table }),
      column: plain,
      form: inner.getText(file.source),
      wrapping,
      ...(inner.arguments.length === 2 && (wrapping === 'case' || wrapping === 'function') && { expression: `${functionText.text.toLowerCase()}(${plain.toLowerCase()})` }),
      comparison: 'equality',
    },
    confidence: 'possible',
  };
}

/** `col('email')` and `['email']`. */
function columnOf(node: ts.Expression): string | undefined {
  const [first] = ts.isCallExpression(node) ? node.arguments : ts.isArrayLiteralExpression(node) && node.elements.length === 1 ? node.elements : [];
  const isColumn = !ts.isCallExpression(node) || (ts.isIdentifier(node.expression) ? node.expression.text : methodName(node)) === 'col';
  return isColumn && first !== undefined && ts.isStringLiteralLike(first) ? first.text : undefined;
}

function queryAround(node: ts.Node, file: TypeScriptFile): { readonly table?: string } | undefined {
  for (let at = node.parent; at !== undefined && !ts.isStatement(at); at = at.parent) {
    const access = ts.isCallExpression(at) ? file.dataAccess(at) : undefined;
    if (access?.kind === 'query') return access;
  }
  return undefined;
}

/** Prisma's `{ email: { equals: email, mode: 'insensitive' } }`, which PostgreSQL is asked for by ILIKE. */
function prismaInsensitive(property: ts.PropertyAssignment, file: TypeScriptFile): Match<Facts> | undefined {
  if (!ts.isStringLiteralLike(property.initializer) || property.initializer.text !== 'insensitive') return undefined;
  const filter = property.parent;
  const field = filter.parent;
  const comparison = propertyOf(filter, 'equals') !== undefined ? 'equality' : propertyOf(filter, 'startsWith') !== undefined ? 'prefix' : undefined;
  if (comparison === undefined || !ts.isPropertyAssignment(field) || !ts.isObjectLiteralExpression(field.parent)) return undefined;
  const where = whereAround(field);
  const access = where && file.dataAccess(where.call);
  const column = nameText(field.name);
  if (access?.library !== 'prisma' || column === undefined || where === undefined || where.isAlternative) return undefined;
  const isAlone = field.parent.properties.length === 1 && field.parent === where.condition;
  return {
    span: file.span(field),
    facts: { ...(access.table !== undefined && field.parent === where.condition && { table: access.table }), column, form: `mode: 'insensitive' on ${column}`, wrapping: 'case', comparison },
    confidence: isAlone ? 'likely' : 'possible',
  };
}

interface Where {
  readonly call: ts.CallExpression;
  /** The object of the `where` option itself. */
  readonly condition: ts.Node;
  readonly isAlternative: boolean;
}

function whereAround(node: ts.Node): Where | undefined {
  let condition: ts.Node | undefined;
  let isAlternative = false;
  for (let at: ts.Node = node; at.parent !== undefined; at = at.parent) {
    if (ts.isPropertyAssignment(at)) {
      const name = nameText(at.name);
      if (name === 'OR' || name === 'NOT') isAlternative = true;
      if (name === 'where') condition = at.initializer;
    }
    if (ts.isCallExpression(at)) return condition && { call: at, condition, isAlternative };
    if (ts.isStatement(at)) return undefined;
  }
  return undefined;
}
