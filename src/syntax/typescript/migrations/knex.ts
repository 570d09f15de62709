import { ts } from 'ts-morph';
import type { SchemaChange } from '../../../core/facts';
import type { TypeScriptFile } from '../file';
import { methodName, receiverOf, rootOf, unwrap, walk } from '../nodes';
import { objectOf, textOf, textProperty, textsOf } from '../models/literals';
import { isInUndo } from './undo';

const { isBlock, isCallExpression, isExpressionStatement, isFunctionExpression, isArrowFunction, isIdentifier } = ts;

/** Methods of a table builder that make a column, with the type each makes. */
const COLUMNS: Readonly<Record<string, string>> = {
  increments: 'integer', bigIncrements: 'integer', integer: 'integer', tinyint: 'integer', smallint: 'integer', mediumint: 'integer', bigInteger: 'integer', bigint: 'integer',
  text: 'text', string: 'varchar', float: 'integer', double: 'integer', decimal: 'integer', boolean: 'boolean', date: 'timestamp', datetime: 'timestamp', time: 'timestamp',
  timestamp: 'timestamp', binary: 'blob', enum: 'choice', enu: 'choice', json: 'json', jsonb: 'json', uuid: 'uuid', specificType: 'other', geometry: 'geometry', point: 'geometry',
};

/** The steps of a Knex migration: `knex.schema.createTable('orders', (table) => …)` and its kin, in order. */
export function knexChanges(file: TypeScriptFile): SchemaChange[] {
  const changes: SchemaChange[] = [];
  walk(file.source, (node) => {
    if (isCallExpression(node) && isSchemaCall(node) && !isInUndo(node)) changes.push(...changesOf(node, file));
  });
  return inChainOrder(changes);
}

/** A chain is walked from its end, which is its last step. */
function inChainOrder(changes: readonly SchemaChange[]): SchemaChange[] {
  return [...changes].sort((a, b) => a.line - b.line);
}

/** A call on `knex.schema`, `trx.schema` or a chain of it. */
function isSchemaCall(call: ts.CallExpression): boolean {
  const name = methodName(call);
  if (name === undefined || !/^(?:createTable(?:IfNotExists)?|alterTable|table|dropTable(?:IfExists)?|renameTable)$/.test(name)) return false;
  for (let at: ts.Expression | undefined = receiverOf(call); at; ) {
    if (/\bschema$/.test(at.getText())) return true;
    at = isCallExpression(at) ? receiverOf(at) : undefined;
  }
  return false;
}

function changesOf(call: ts.CallExpression, file: TypeScriptFile): SchemaChange[] {
  const table = textOf(call.arguments[0]);
  const line = file.lineOf(call.arguments[0] ?? call);
  const name = methodName(call)!;
  if (table === undefined) return [];
  if (name.startsWith('drop')) return [{ kind: 'drop-table', table, line }];
  if (name === 'renameTable') return [{ kind: 'rename-table', table, to: textOf(call.arguments[1]) ?? table, line }];
  const steps = builderSteps(call.arguments[1]);
  const created: SchemaChange[] = name.startsWith('create') ? [{ kind: 'create-table', table, columns: [], primaryKey: [], uniques: [], foreignKeys: [], line }] : [];
  return [...created, ...steps.flatMap((links) => stepChanges(table, links, line))];
}

/** The statements of `(table) => { … }`, each as its chain of calls with the first one first. */
function builderSteps(callback: ts.Expression | undefined): ts.CallExpression[][] {
  const node = callback && unwrap(callback);
  if (!node || !(isArrowFunction(node) || isFunctionExpression(node))) return [];
  const builder = node.parameters[0]?.name.getText();
  const expressions = isBlock(node.body) ? node.body.statements.flatMap((statement) => (isExpressionStatement(statement) ? [statement.expression] : [])) : [node.body];
  return expressions.flatMap((expression) => {
    const root = rootOf(expression);
    if (!isIdentifier(root) || root.text !== builder) return [];
    const links: ts.CallExpression[] = [];
    for (let at: ts.Expression | undefined = unwrap(expression); at && isCallExpression(at); at = receiverOf(at)) links.unshift(at);
    return links.length === 0 ? [] : [links];
  });
}

function stepChanges(table: string, links: readonly ts.CallExpression[], line: number): SchemaChange[] {
  const [first] = links;
  const method = methodName(first!)!;
  const named = textOf(first!.arguments[0]);
  const columns = named === undefined ? textsOf(first!.arguments[0]) : [named];
  if (method === 'timestamps') return ['created_at', 'updated_at'].map((name) => ({ kind: 'add-column', table, column: { name, type: 'timestamp', nullable: false }, line }));
  if (method === 'index') return [index(table, columns, textOf(first!.arguments[1]), line)];
  if (method === 'unique') return columns.length > 0 ? [{ kind: 'add-unique', table, columns, line }] : [];
  if (method === 'primary') return [{ kind: 'add-primary-key', table, columns, line }];
  if (/^dropColumns?$/.test(method)) return first!.arguments.flatMap((argument) => textOf(argument) ?? textsOf(argument)).map((column) => ({ kind: 'drop-column', table, column, line }));
  if (method === 'renameColumn') return [{ kind: 'rename-column', table, column: named ?? '', to: textOf(first!.arguments[1]) ?? '', line }];
  if (method === 'dropIndex') return [{ kind: 'drop-index', name: textOf(first!.arguments[1]) ?? `${table}_${columns.join('_')}_index`, line }];
  if (method === 'foreign') return foreignKey(table, columns, links, line);
  const type = Object.hasOwn(COLUMNS, method) ? COLUMNS[method]! : undefined;
  return type === undefined ? [] : column(table, named ?? (/increments/i.test(method) ? 'id' : ''), type, links, line);
}

function column(table: string, name: string, type: string, links: readonly ts.CallExpression[], line: number): SchemaChange[] {
  const has = (method: string): ts.CallExpression | undefined => links.find((link) => methodName(link) === method);
  const isPrimary = has('primary') !== undefined || /increments/i.test(methodName(links[0]!)!);
  return [
    { kind: 'add-column', table, column: { name, type, nullable: has('notNullable') === undefined }, line },
    ...(isPrimary ? [{ kind: 'add-primary-key' as const, table, columns: [name], line }] : []),
    ...(has('unique') ? [{ kind: 'add-unique' as const, table, columns: [name], line }] : []),
    ...(has('index') ? [index(table, [name], undefined, line)] : []),
    ...foreignKey(table, [name], links, line),
  ];
}

function index(table: string, columns: readonly string[], name: string | undefined, line: number): SchemaChange {
  return { kind: 'create-index', index: { name: name ?? `${table}_${columns.join('_')}_index`, table, columns, unique: false, method: 'btree' }, line };
}

/** `.references('id').inTable('users')` and `.references('users.id')`. */
function foreignKey(table: string, columns: readonly string[], links: readonly ts.CallExpression[], line: number): SchemaChange[] {
  const argument = (method: string): string | undefined => textOf(links.find((link) => methodName(link) === method)?.arguments[0]);
  const [key, owner] = (argument('references') ?? '').split('.').reverse();
  const references = argument('inTable') ?? owner ?? textProperty(objectOf(links[0]!.arguments[1]), 'table');
  return references === undefined || columns.length === 0 ? [] : [{ kind: 'add-foreign-key', table, foreignKey: { columns, references, referencedColumns: [key ?? 'id'] }, line }];
}
