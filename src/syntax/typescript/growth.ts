import { ts } from 'ts-morph';
import type { TypeScriptFile } from './file';
import { isLimitedQuery, listBehindSet, LIST_PROPERTY } from './fanOut';
import { calledName, enclosingFunction, methodName, nameText, receiverOf, some, unwrap, unwrapAwait } from './nodes';

const {
  isArrayBindingPattern, isArrayLiteralExpression, isBinaryExpression, isBindingElement, isCallExpression, isConditionalExpression, isIdentifier,
  isNewExpression, isObjectBindingPattern, isObjectLiteralExpression, isPropertyAccessExpression, isPropertyAssignment, isSpreadElement, isVariableDeclaration,
} = ts;

/**
 * What the code shows of a list's length. `grows`: rows of a table without a limit, the files of a folder, the lines of
 * a text, and what is made of those. `bounded`: a literal, a page, the parts of one text.
 */
export type Growth = 'grows' | 'bounded' | 'unknown';

const FARTHEST = 8;

/** Follows a list to where its items come from; parameters, what a function gives, and what hangs on one record tell nothing. */
export function growthOf(list: ts.Expression, file: TypeScriptFile, depth = 0): Growth {
  if (depth > FARTHEST) return 'unknown';
  const node = unwrapAwait(list);
  if (isIdentifier(node)) return growthOfName(node, file, depth);
  if (isPropertyAccessExpression(node)) return LIST_PROPERTY.test(node.name.text) ? growthOf(node.expression, file, depth + 1) : 'unknown';
  if (isCallExpression(node)) return growthOfCall(node, file, depth);
  if (isBinaryExpression(node)) return /^(?:\?\?|\|\|)$/.test(node.operatorToken.getText()) ? growthOf(node.left, file, depth + 1) : 'unknown';
  if (isConditionalExpression(node)) return either([node.whenTrue, node.whenFalse].map((each) => growthOf(each, file, depth + 1)));
  const inner = listBehindSet(node);
  if (inner) return growthOf(inner, file, depth + 1);
  if (!isArrayLiteralExpression(node)) return 'unknown';
  return either(['bounded', ...node.elements.map((each) => (isSpreadElement(each) ? growthOf(each.expression, file, depth + 1) : 'bounded' as const))]);
}

/** As long as the longest of its parts. */
function either(parts: readonly Growth[]): Growth {
  return parts.includes('grows') ? 'grows' : parts.includes('unknown') ? 'unknown' : 'bounded';
}

function growthOfName(name: ts.Identifier, file: TypeScriptFile, depth: number): Growth {
  const declaration = file.scopes.resolve(name)?.node;
  if (!declaration) return 'unknown';
  if (isBindingElement(declaration)) return growthOfElement(declaration, file, depth);
  if (!isVariableDeclaration(declaration)) return 'unknown';
  const value = declaration.initializer && unwrap(declaration.initializer);
  // A list that begins empty is as long as what fills it.
  if (!value || (isArrayLiteralExpression(value) && value.elements.length === 0) || isEmptyCollection(value)) return growthByFilling(name, file, depth);
  return growthOf(value, file, depth + 1);
}

function isEmptyCollection(value: ts.Expression): boolean {
  return isNewExpression(value) && /^(?:Set|Map|Array)$/.test(value.expression.getText()) && !value.arguments?.length;
}

/** `const [users, orders] = await Promise.all([…])`, `const { rows } = await …`, `const [rows] = await …`. */
function growthOfElement(element: ts.BindingElement, file: TypeScriptFile, depth: number): Growth {
  const holder = element.parent.parent;
  if (!isVariableDeclaration(holder) || !holder.initializer || element.dotDotDotToken) return 'unknown';
  const value = unwrapAwait(holder.initializer);
  if (isObjectBindingPattern(element.parent)) {
    return LIST_PROPERTY.test(nameText((element.propertyName ?? element.name) as ts.BindingName) ?? '') ? growthOf(value, file, depth + 1) : 'unknown';
  }
  if (!isArrayBindingPattern(element.parent)) return 'unknown';
  const index = element.parent.elements.indexOf(element);
  const together = isCallExpression(value) && /^(?:all|\$transaction)$/.test(methodName(value) ?? '') ? value.arguments[0] : undefined;
  if (together && isArrayLiteralExpression(together)) return together.elements[index] ? growthOf(together.elements[index], file, depth + 1) : 'unknown';
  return index === 0 ? growthOf(value, file, depth + 1) : 'unknown';
}

/** `for (const row of rows) list.push(row.id)`: as long as the rows; what is gathered page by page grows. */
function growthByFilling(name: ts.Identifier, file: TypeScriptFile, depth: number): Growth {
  const owner = enclosingFunction(name);
  if (!owner?.body) return 'unknown';
  let growth: Growth = 'unknown';
  some(owner.body, (node) => {
    if (!isCallExpression(node) || !/^(?:push|add|unshift)$/.test(methodName(node) ?? '') || receiverOf(node)?.getText() !== name.text) return false;
    const spread = node.arguments.find(isSpreadElement);
    if (spread && growthOf(spread.expression, file, depth + 1) === 'grows') growth = 'grows';
    for (let loop = file.loopAround(node); loop && growth !== 'grows'; loop = file.loopAround(loop.node)) {
      if (loop.collection && growthOf(loop.collection, file, depth + 1) === 'grows') growth = 'grows';
      if (loop.kind === 'while' && spread && some(loop.body, (at) => isCallExpression(at) && file.dataAccess(at) !== undefined)) growth = 'grows';
    }
    return growth === 'grows';
  });
  return growth;
}

const KEEPING = /^(?:map|filter|flatMap|flat|sort|toSorted|slice|reverse|toReversed|concat|values|keys|entries|from|uniq|uniqBy|compact|groupBy|orderBy|sortBy|keyBy|all|allSettled|fromEntries|assign)$/;

function growthOfCall(call: ts.CallExpression, file: TypeScriptFile, depth: number): Growth {
  const name = calledName(call) ?? '';
  if (name === 'split') return /\\[rn]/.test(call.arguments[0]?.getText() ?? '') ? 'grows' : 'bounded';
  const access = file.dataAccess(call);
  if (access?.kind === 'query' || access?.kind === 'file') return growthOfAccess(call, name, file, depth);
  if (isLimitedQuery(call)) return 'bounded';
  const receiver = receiverOf(call);
  if (KEEPING.test(name)) {
    if (name === 'slice' && call.arguments.length > 1) return 'bounded';
    const isStatic = !receiver || (isIdentifier(receiver) && /^(?:Object|Array|Promise|_|lodash)$/.test(receiver.text));
    const source = isStatic ? call.arguments[0] : receiver;
    return source ? growthOf(source, file, depth + 1) : 'unknown';
  }
  return 'unknown';
}

/** Methods of libraries that give many rows. */
const MANY = /^(?:find(?:Many|All|By|AndCount\w*)?|query|execute|all|any|many|manyOrNone|\$queryRaw\w*|raw|getMany|getRawMany|groupBy|select|from|where|orderBy|innerJoin|leftJoin|toArray|aggregate|readdir\w*|iterate|getAll)$/;

function growthOfAccess(call: ts.CallExpression, name: string, file: TypeScriptFile, depth: number): Growth {
  if (isLimitedQuery(call) || /\blimit\b|\btake\(/i.test(call.getText())) return 'bounded';
  if (!MANY.test(name)) return 'unknown';
  // As many rows as ids were asked for.
  const ids = askedFor(call);
  return ids ? growthOf(ids, file, depth + 1) : 'grows';
}

/** `ids` of `findMany({ where: { id: { in: ids } } })` and `find({ where: { id: In(ids) } })`. */
function askedFor(call: ts.CallExpression): ts.Expression | undefined {
  let ids: ts.Expression | undefined;
  some(call, (node) => {
    if (isCallExpression(node) && isIdentifier(node.expression) && /^(?:In|inArray)$/.test(node.expression.text)) ids = node.arguments[node.arguments.length - 1];
    if (!isPropertyAssignment(node) || !/^(?:id|uuid|key|slug|code|email)$/i.test(nameText(node.name) ?? '')) return ids !== undefined;
    const value = unwrap(node.initializer);
    const condition = isObjectLiteralExpression(value) ? value.properties.find((each) => /^(?:in|\[Op\.in\]|\$in)$/.test(each.name?.getText() ?? '')) : undefined;
    if (condition && isPropertyAssignment(condition)) ids = condition.initializer;
    return ids !== undefined;
  });
  return ids;
}
