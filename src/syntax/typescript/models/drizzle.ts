import { ts } from 'ts-morph';
import type { ModelFact, ModelField } from '../../../core/models';
import type { TypeScriptFile } from '../file';
import { methodName, receiverOf, unwrap } from '../nodes';
import { originOf } from '../origin';
import { drizzleIndexes } from './drizzleIndexes';
import { isTrue, objectOf, propertiesOf, referenceTo, textOf, textProperty } from './literals';
import { propertyOf } from '../nodes';

const { isArrowFunction, isCallExpression, isIdentifier, isPropertyAccessExpression, isVariableStatement } = ts;

const TABLE = /^(?:pg|mysql|sqlite|singlestore|gel)Table$/;

/** By what builds the column; the first that fits. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/bool/i, 'boolean'],
  [/enum/i, 'choice'],
  [/json/i, 'json'],
  [/bytea|blob|binary/i, 'blob'],
  [/uuid/i, 'uuid'],
  [/time|date|interval/i, 'timestamp'],
  [/int|serial|numeric|decimal|real|double|float/i, 'integer'],
  [/geometry|point|line/i, 'geometry'],
  [/varchar|char/i, 'varchar'],
  [/text/i, 'text'],
];

/** The tables of a file that imports Drizzle: `pgTable('orders', {…}, (t) => […])`, also through a creator of the project. */
export function drizzleModels(file: TypeScriptFile): ModelFact[] {
  const tables = declarations(file).flatMap(({ name, call, line }) => {
    const fact = tableOf(name, call, line, file);
    return fact === undefined ? [] : [fact];
  });
  return withRelations(tables, file);
}

interface Declared {
  readonly name: string;
  readonly call: ts.CallExpression;
  readonly line: number;
}

function declarations(file: TypeScriptFile): Declared[] {
  return file.source.statements.flatMap((statement) => {
    if (!isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name, initializer }) => {
      const call = initializer && unwrap(initializer);
      return isIdentifier(name) && call && isCallExpression(call) ? [{ name: name.text, call, line: file.lineOf(statement) }] : [];
    });
  });
}

function tableOf(name: string, call: ts.CallExpression, line: number, file: TypeScriptFile): ModelFact | undefined {
  const table = textOf(call.arguments[0]);
  const columns = columnsOf(call.arguments[1]);
  if (table === undefined || columns === undefined || !createsTable(call, file)) return undefined;
  const isMySql = calleeName(call).startsWith('mysql');
  const fields = propertiesOf(columns).flatMap(([key, value]) => columnOf(key, value, isMySql, file) ?? []);
  const { indexes, primaryKey } = drizzleIndexes(call.arguments[2]);
  return {
    name,
    library: 'drizzle',
    table,
    bases: [],
    fields: fields.map((field) => (primaryKey.includes(field.name) ? { ...field, isPrimary: true } : field)),
    indexes,
    members: [],
    line,
  };
}

/** The columns as an object, or as a function that gets the builders: `(t) => ({ id: t.serial() })`. */
function columnsOf(argument: ts.Expression | undefined): ts.ObjectLiteralExpression | undefined {
  const node = argument && unwrap(argument);
  return objectOf(node && isArrowFunction(node) && ts.isExpression(node.body) ? node.body : node);
}

function calleeName(call: ts.CallExpression): string {
  const callee = unwrap(call.expression);
  return isIdentifier(callee) ? callee.text : isPropertyAccessExpression(callee) ? callee.name.text : '';
}

/** Drizzle's own function, `pgSchema('x').table`, or one that a `pgTableCreator` made. */
function createsTable(call: ts.CallExpression, file: TypeScriptFile): boolean {
  const name = calleeName(call);
  if (TABLE.test(name)) return true;
  const module = originOf(call.expression, file)?.module ?? '';
  return module.startsWith('drizzle-orm') && /(?:table|creator)$/i.test(name);
}

/** The calls of a builder's chain by name, the first one last: `text('name').notNull()`. */
function linksOf(value: ts.Expression): Map<string, ts.CallExpression> {
  const links = new Map<string, ts.CallExpression>();
  let node: ts.Expression | undefined = unwrap(value);
  while (node && isCallExpression(node)) {
    links.set(methodName(node) ?? calleeName(node), node);
    node = receiverOf(node);
  }
  return links;
}

function columnOf(key: string, value: ts.Expression, isMySql: boolean, file: TypeScriptFile): ModelField | undefined {
  const links = linksOf(value);
  const builder = [...links.values()].pop();
  if (builder === undefined) return undefined;
  const options = builder.arguments.map(objectOf).find((object) => object !== undefined);
  const references = links.get('references')?.arguments[0];
  return {
    name: key,
    column: textOf(builder.arguments[0]) ?? key,
    type: links.has('array') ? 'text[]' : typeOf(calleeName(builder), options, builder, file),
    nullable: !links.has('notNull') && !links.has('primaryKey'),
    isPrimary: links.has('primaryKey') || undefined,
    isUnique: links.has('unique') || undefined,
    isIndexed: (isMySql && references !== undefined) || undefined,
    references: references && referenceOf(references),
  };
}

function typeOf(builder: string, options: ts.ObjectLiteralExpression | undefined, call: ts.CallExpression, file: TypeScriptFile): string {
  if (options && propertyOf(options, 'enum')) return 'choice';
  const mode = textProperty(options, 'mode') ?? '';
  if (/^(?:boolean|timestamp|json)/.test(mode)) return TYPES.find(([pattern]) => pattern.test(mode))![1];
  if (isTrue(options, 'array')) return 'text[]';
  const known = TYPES.find(([pattern]) => pattern.test(builder))?.[1];
  if (known !== undefined) return known;
  // `role('role')` was made by pgEnum, here or in another file of the project.
  const origin = originOf(call.expression, file);
  return origin?.module.startsWith('drizzle-orm') && !/enum/i.test(origin.name) ? 'other' : 'choice';
}

/** `() => orders.id`: the table's constant and the column's key. */
function referenceOf(callback: ts.Expression): ModelField['references'] {
  const node = unwrap(callback);
  const body = isArrowFunction(node) && ts.isExpression(node.body) ? unwrap(node.body) : undefined;
  if (!body || !isPropertyAccessExpression(body)) return undefined;
  const owner = unwrap(body.expression);
  return { table: isPropertyAccessExpression(owner) ? owner.name.text : owner.getText(), column: body.name.text };
}

/** `relations(orders, ({ one, many }) => ({ customer: one(customers, { fields: [orders.customerId] }) }))`. */
function withRelations(tables: readonly ModelFact[], file: TypeScriptFile): ModelFact[] {
  const byTable = new Map<string, ModelField[]>();
  for (const { call } of declarations(file)) {
    if (calleeName(call) !== 'relations') continue;
    const table = call.arguments[0] && unwrap(call.arguments[0]).getText();
    const fields = propertiesOf(columnsOf(call.arguments[1])).flatMap(([name, value]) => relationOf(name, value, file) ?? []);
    if (table !== undefined) byTable.set(table, [...(byTable.get(table) ?? []), ...fields]);
  }
  return tables.map((table) => ({ ...table, fields: [...table.fields, ...(byTable.get(table.name) ?? [])] }));
}

function relationOf(name: string, value: ts.Expression, file: TypeScriptFile): ModelField | undefined {
  const call = unwrap(value);
  if (!isCallExpression(call)) return undefined;
  const kind = calleeName(call);
  const target = referenceTo(call.arguments[0], file);
  if ((kind !== 'one' && kind !== 'many') || target === undefined) return undefined;
  const options = objectOf(call.arguments[1]);
  const via = options && propertyOf(options, 'fields')?.getText().match(/\w+(?=\s*[,\]])/g);
  return { name, type: 'relation', nullable: true, relation: { kind, target, via: via ?? undefined, holdsKey: false, reverse: '', loading: 'explicit' } };
}
