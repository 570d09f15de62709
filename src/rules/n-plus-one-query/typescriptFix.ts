import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import { indentationAt } from '../../core/text';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { methodName, nameText, propertyOf, receiverOf, some, unwrap } from '../../syntax/typescript/nodes';
import { freeName, singular } from '../../syntax/typescript/names';
import { batchedStatement } from './batchedStatement';

/** One query for all keys, to be placed before the loop. */
interface Batch {
  /** The expression of the batched query, for the list of keys given as text. */
  query(keys: string): string;
  /** The key inside the loop, as written: "order.id". */
  readonly key: string;
  /** The property of a row that holds the key. */
  readonly column: string;
  /** Several rows a key (a list), or one row or nothing. */
  readonly many: boolean;
  /** The key was added to the rows, which have to be freed of it. In TypeScript `row` is the type of a row without it. */
  readonly added?: { readonly row?: string };
  readonly rowName: string;
}

/** Reads all rows before the loop and looks them up inside it; only where the key and the result's use are plain. */
export function fixNPlusOne(node: ts.Node, file: TypeScriptFile): Fix | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const loop = file.loopAround(node);
  if (!loop || !ts.isForOfStatement(loop.node) || loop.node.awaitModifier || !ts.isIdentifier(unwrap(loop.node.expression))) return undefined;
  const item = loopVariable(loop.node);
  const batch = item && (prismaBatch(node, item, file) ?? preparedBatch(node, item, file));
  if (!batch || !isStatementInBlock(loop.node) || file.shape(loop.node.expression).kind !== 'array') return undefined;
  const awaited = ts.isAwaitExpression(node.parent) ? node.parent : undefined;
  const isTyped = !/\.[cm]?jsx?$/.test(file.path);
  const keys = `${loop.node.expression.getText()}.map((${item}) => ${batch.key})`;
  const query = `${awaited ? 'await ' : ''}${batch.query(keys)}`;
  const built = batch.added ? freed(batch, query, loop.node, batch.added.row) : batch.many ? grouped(batch, query, loop.node, isTyped) : indexed(batch, query, loop.node, isTyped);
  const start = loop.node.getStart(file.source);
  const indentation = indentationAt(file.text, start);
  return {
    title: `Read ${batch.rowName} rows for all of ${loop.label} with one query`,
    kind: 'suggestion',
    edits: [
      { start, end: start, newText: built.lines.map((line) => `${line}\n${indentation}`).join('') },
      { ...file.span(awaited ?? node), newText: built.lookUp },
    ],
    caveat: `${batch.added ? 'A key of another type than its column ("5" for 5) finds its rows no longer. ' : ''}All rows are read before the loop begins, so changes made inside the loop are not seen. Split very long key lists into chunks.`,
  };
}

function grouped(batch: Batch, query: string, loop: ts.Node, isTyped: boolean): { lines: string[]; lookUp: string } {
  const rows = freeName(`all${capital(batch.rowName)}Rows`, loop);
  const map = freeName(`${batch.rowName}RowsBy${capital(batch.column)}`, loop);
  const types = isTyped ? `<(typeof ${rows})[number]['${batch.column}'], typeof ${rows}>` : '';
  return {
    lines: [
      `const ${rows} = ${query};`,
      `const ${map} = new Map${types}();`,
      `for (const row of ${rows}) {`,
      `  const group = ${map}.get(row.${batch.column});`,
      `  if (group) group.push(row);`,
      `  else ${map}.set(row.${batch.column}, [row]);`,
      `}`,
    ],
    lookUp: `(${map}.get(${batch.key}) ?? [])`,
  };
}

/** As `grouped`, and the rows are the same as before: the key that was selected to find them again is taken off. */
function freed({ rowName, column, key }: Batch, query: string, loop: ts.Node, row: string | undefined): { lines: string[]; lookUp: string } {
  const rows = freeName(`all${capital(rowName)}Rows`, loop);
  const map = freeName(`${rowName}RowsByKey`, loop);
  return {
    lines: [
      `const ${rows} = ${query}${row ? ` as (${row} & { ${column}: unknown })[]` : ''};`,
      `const ${map} = new Map${row ? `<unknown, ${row}[]>` : ''}();`,
      `for (const { ${column}, ...row } of ${rows}) {`,
      `  const group = ${map}.get(${column});`,
      `  if (group) group.push(row);`,
      `  else ${map}.set(${column}, [row]);`,
      `}`,
    ],
    lookUp: `(${map}.get(${key}) ?? [])`,
  };
}

function indexed(batch: Batch, query: string, loop: ts.Node, isTyped: boolean): { lines: string[]; lookUp: string } {
  const map = freeName(`${batch.rowName}By${capital(batch.column)}`, loop);
  const pair = `[row.${batch.column}, row]${isTyped ? ' as const' : ''}`;
  return {
    lines: [`const ${map} = new Map((${query}).map((row) => ${pair}));`],
    lookUp: `(${map}.get(${batch.key}) ?? null)`,
  };
}

/** `prisma.item.findMany({ where: { orderId: order.id } })` and `findUnique` with one key. */
function prismaBatch(call: ts.CallExpression, item: string, file: TypeScriptFile): Batch | undefined {
  const method = methodName(call);
  if (file.dataAccess(call)?.library !== 'prisma' || (method !== 'findMany' && method !== 'findUnique')) return undefined;
  const [argument] = call.arguments;
  const options = argument && unwrap(argument);
  if (!options || !ts.isObjectLiteralExpression(options)) return undefined;
  const where = propertyOf(options, 'where');
  const only = where && onlyProperty(where);
  const key = only && plainKey(only.initializer, item);
  if (!only || !key || !options.properties.every((property) => isBatchable(property, only.name))) return undefined;
  const receiver = receiverOf(call)!;
  const others = options.properties.filter((property) => property.name && nameText(property.name) !== 'where').map((property) => `, ${property.getText()}`);
  return {
    query: (keys) => `${receiver.getText()}.findMany({ where: { ${only.name}: { in: ${keys} } }${others.join('')} })`,
    key,
    column: only.name,
    many: method === 'findMany',
    rowName: (receiver as ts.PropertyAccessExpression).name.text,
  };
}

function onlyProperty(where: ts.Expression): { name: string; initializer: ts.Expression } | undefined {
  const object = unwrap(where);
  if (!ts.isObjectLiteralExpression(object) || object.properties.length !== 1) return undefined;
  const [property] = object.properties;
  const name = property && ts.isPropertyAssignment(property) ? nameText(property.name) : undefined;
  return name && /^(?!AND$|OR$|NOT$)\w+$/.test(name) ? { name, initializer: (property as ts.PropertyAssignment).initializer } : undefined;
}

/** Options that mean the same for the batch; a selection must keep the key column. */
function isBatchable(property: ts.ObjectLiteralElementLike, column: string): boolean {
  const name = property.name && nameText(property.name);
  if (name === 'where' || name === 'include' || name === 'orderBy') return true;
  if (name !== 'select' || !ts.isPropertyAssignment(property)) return false;
  const selection = unwrap(property.initializer);
  return ts.isObjectLiteralExpression(selection) && propertyOf(selection, column) !== undefined;
}

/** `db.prepare('… WHERE order_id = ?').all(order.id)`, where the statement selects the key column. */
function preparedBatch(call: ts.CallExpression, item: string, file: TypeScriptFile): Batch | undefined {
  const prepare = receiverOf(call);
  if (methodName(call) !== 'all' || call.arguments.length !== 1 || !prepare || !ts.isCallExpression(prepare) || methodName(prepare) !== 'prepare') return undefined;
  const key = plainKey(call.arguments[0]!, item);
  const [text] = prepare.arguments;
  if (!key || !text || !(ts.isStringLiteral(text) || ts.isNoSubstitutionTemplateLiteral(text))) return undefined;
  const batched = batchedStatement(text.text);
  if (!batched || text.text.includes('`')) return undefined;
  const added = batched.isKeyAdded ? freedRows(call, file) : undefined;
  if (batched.isKeyAdded && !added) return undefined;
  const db = receiverOf(prepare)!.getText();
  return {
    query: (keys) => `${db}.prepare(\`${batched.before}\${${keys}.map(() => '?').join(', ')}${batched.after}\`).all(...${keys})`,
    key,
    column: batched.column,
    many: true,
    rowName: camelCase(singular(file.dataAccess(call)?.table ?? 'row')),
    ...(added && { added }),
  };
}

/** TypeScript needs a type for rows that get and lose a column; only an assertion says it: `.all(order.id) as Item[]`. */
function freedRows({ parent }: ts.CallExpression, { path }: TypeScriptFile): Batch['added'] {
  if (/\.[cm]?jsx?$/.test(path)) return {};
  if (!ts.isAsExpression(parent) || !ts.isArrayTypeNode(parent.type)) return undefined;
  return { row: parent.type.elementType.getText() };
}

/** `item` or a property path of it: the same expression works for every element. */
function plainKey(expression: ts.Expression, item: string): string | undefined {
  const text = unwrap(expression).getText();
  return new RegExp(`^${item}(?:\\.\\w+)*$`).test(text) && !some(expression, ts.isCallExpression) ? text : undefined;
}

function loopVariable(loop: ts.ForOfStatement): string | undefined {
  const name = ts.isVariableDeclarationList(loop.initializer) ? loop.initializer.declarations[0]?.name : undefined;
  return name && ts.isIdentifier(name) ? name.text : undefined;
}

function isStatementInBlock(node: ts.Node): boolean {
  return ts.isBlock(node.parent) || ts.isSourceFile(node.parent);
}

/** A table's name as TypeScript names things: "order_item" becomes "orderItem". */
function camelCase(name: string): string {
  return name.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
