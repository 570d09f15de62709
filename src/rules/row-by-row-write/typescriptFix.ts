import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { methodName, propertyOf, unwrap } from '../../syntax/typescript/nodes';

/**
 * `for (const row of rows) { await prisma.product.create({ data: row }); }` becomes one createMany.
 * Only where the create is all that the loop does, so that nothing reads the created row.
 */
export function fixRowByRow(node: ts.Node, file: TypeScriptFile): Fix | undefined {
  if (!ts.isCallExpression(node) || methodName(node) !== 'create' || file.dataAccess(node)?.library !== 'prisma') return undefined;
  const loop = file.loopAround(node);
  if (!loop || !ts.isForOfStatement(loop.node) || loop.node.awaitModifier) return undefined;
  const item = loopVariable(loop.node);
  const [argument] = node.arguments;
  const options = argument && unwrap(argument);
  if (!item || !options || !ts.isObjectLiteralExpression(options) || options.properties.length !== 1) return undefined;
  const data = propertyOf(options, 'data');
  if (!data || !isOnlyStatement(loop.node.statement, node) || hasNestedWrite(data)) return undefined;
  const rows = loop.node.expression.getText();
  const text = data.getText();
  const list = text === item ? rows : `${rows}.map((${item}) => (${text}))`;
  const target = (node.expression as ts.PropertyAccessExpression).expression.getText();
  const isArray = file.shape(loop.node.expression).kind === 'array';
  if (!isArray && list !== rows) return undefined;
  return {
    title: 'Write all rows with createMany',
    kind: 'suggestion',
    edits: [{ ...file.span(loop.node), newText: `await ${target}.createMany({ data: ${list} });` }],
    caveat: 'One failing row now fails all of them, and very long lists may need batches.',
  };
}

function loopVariable(loop: ts.ForOfStatement): string | undefined {
  if (!ts.isVariableDeclarationList(loop.initializer)) return undefined;
  const name = loop.initializer.declarations[0]?.name;
  return name && ts.isIdentifier(name) ? name.text : undefined;
}

function isOnlyStatement(body: ts.Statement, call: ts.CallExpression): boolean {
  const statement = ts.isBlock(body) ? (body.statements.length === 1 ? body.statements[0] : undefined) : body;
  if (!statement || !ts.isExpressionStatement(statement)) return false;
  const expression = unwrap(statement.expression);
  return ts.isAwaitExpression(expression) && unwrap(expression.expression) === call;
}

/** createMany takes no nested writes (`items: { create: … }`). */
function hasNestedWrite(data: ts.Expression): boolean {
  const object = unwrap(data);
  return !ts.isObjectLiteralExpression(object)
    ? false
    : object.properties.some((property) => ts.isPropertyAssignment(property) && ts.isObjectLiteralExpression(unwrap(property.initializer)));
}
