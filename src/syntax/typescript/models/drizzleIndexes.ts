import { ts } from 'ts-morph';
import type { ModelIndex } from '../../../core/models';
import { methodName, propertyOf, receiverOf, unwrap } from '../nodes';
import { elementsOf, objectOf, propertiesOf, textOf } from './literals';

const { isArrowFunction, isBlock, isCallExpression, isIdentifier, isPropertyAccessExpression, isReturnStatement, isTaggedTemplateExpression } = ts;

/** What a table declares beside its columns: `(t) => [index('x').on(t.a, t.b), primaryKey({ columns: [t.a] })]`. */
export function drizzleIndexes(extra: ts.Expression | undefined): { readonly indexes: ModelIndex[]; readonly primaryKey: string[] } {
  const items = itemsOf(extra);
  return { indexes: items.flatMap((item) => indexOf(item) ?? []), primaryKey: items.flatMap(primaryKeyOf) };
}

function itemsOf(extra: ts.Expression | undefined): readonly ts.Expression[] {
  const callback = extra && unwrap(extra);
  if (!callback || !isArrowFunction(callback)) return [];
  const returned = isBlock(callback.body) ? callback.body.statements.find(isReturnStatement)?.expression : callback.body;
  const object = objectOf(returned);
  return object ? propertiesOf(object).map(([, value]) => value) : elementsOf(returned);
}

function indexOf(item: ts.Expression): ModelIndex | undefined {
  const links: ts.CallExpression[] = [];
  for (let node: ts.Expression | undefined = unwrap(item); node && isCallExpression(node); node = receiverOf(node)) links.push(node);
  const root = links[links.length - 1];
  const kind = root && isIdentifier(root.expression) ? root.expression.text : '';
  if (!/^(?:index|uniqueIndex|unique)$/.test(kind)) return undefined;
  const named = (name: string): ts.CallExpression | undefined => links.find((link) => methodName(link) === name);
  const using = named('using');
  const columns = [...(using?.arguments.slice(1) ?? []), ...(named('on') ?? named('onOnly'))?.arguments ?? []].map((argument) => indexedColumn(argument));
  const fields = columns.flatMap((column) => column?.field ?? []);
  if (fields.length === 0) return undefined;
  const operatorClasses = columns.map((column) => column?.operatorClass);
  return {
    name: textOf(root!.arguments[0]),
    fields,
    unique: kind !== 'index',
    method: textOf(using?.arguments[0]),
    where: named('where')?.arguments[0]?.getText(),
    operatorClasses: operatorClasses.some((each) => each !== undefined) ? operatorClasses : undefined,
  };
}

/** `t.created`, `t.created.desc()`, `t.name.op('gin_trgm_ops')`, sql`lower(${t.email})`. */
function indexedColumn(argument: ts.Expression): { field: string; operatorClass?: string } | undefined {
  const node = unwrap(argument);
  if (isTaggedTemplateExpression(node)) {
    const text = node.template.getText().slice(1, -1).replace(/\$\{\s*\w+\.(\w+)\s*\}/g, '$1');
    return { field: text.trim().toLowerCase() };
  }
  if (isCallExpression(node)) {
    const inner = receiverOf(node);
    const column = inner && indexedColumn(inner);
    return column && methodName(node) === 'op' ? { ...column, operatorClass: textOf(node.arguments[0]) } : column;
  }
  return isPropertyAccessExpression(node) ? { field: node.name.text } : undefined;
}

/** `primaryKey({ columns: [t.a, t.b] })` and the older `primaryKey(t.a, t.b)`. */
function primaryKeyOf(item: ts.Expression): string[] {
  const call = unwrap(item);
  if (!isCallExpression(call) || !isIdentifier(call.expression) || call.expression.text !== 'primaryKey') return [];
  const options = objectOf(call.arguments[0]);
  const columns = options ? elementsOf(propertyOf(options, 'columns')) : call.arguments;
  return columns.flatMap((column) => indexedColumn(column)?.field ?? []);
}
