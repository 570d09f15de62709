import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { loopsWithSame } from '../../syntax/typescript/invariance';
import type { Loop } from '../../syntax/typescript/loops';
import { some } from '../../syntax/typescript/nodes';
import { boundNames, keyEqualityIn, readsOneOf } from './keyEquality';
import type { Search } from './search';

/** `for (const user of users) if (user.id === order.userId) …` inside a loop over orders. */
export function nestedSearchOf(inner: Loop, file: TypeScriptFile): Search | undefined {
  const { collection } = inner;
  const condition = collection && soleCondition(inner.body);
  const names = condition && itemNames(inner);
  if (!collection || !condition || !names || names.length === 0) return undefined;
  const readsItem = readsOneOf(new Set(names.flatMap(boundNames)));
  for (const outer of loopsWithSame(collection, inner.node, file, 'keeps')) {
    const equality = keyEqualityIn(condition.expression, { node: inner.node, loop: outer, readsItem }, file, condition.isNegated);
    if (equality) return { method: 'loop', collection, parameter: names[0]!, equality, loop: outer };
  }
  return undefined;
}

/** What the body asks before it does anything: of `if (a) {…}` as its only statement, or of `if (!a) continue;` as its first. */
function soleCondition(body: ts.Node): { readonly expression: ts.Expression; readonly isNegated: boolean } | undefined {
  const block = ts.isArrowFunction(body) || ts.isFunctionExpression(body) ? body.body : body;
  const statements = ts.isBlock(block) ? block.statements.filter((each) => !isPlainDeclaration(each)) : ts.isIfStatement(block) ? [block] : [];
  const [first] = statements;
  if (!first || !ts.isIfStatement(first) || first.elseStatement) return undefined;
  if (statements.length === 1) return { expression: first.expression, isNegated: false };
  return skips(first.thenStatement) ? { expression: first.expression, isNegated: true } : undefined;
}

/** `const user = users[j];` comes before the question and costs nothing. */
function isPlainDeclaration(statement: ts.Statement): boolean {
  return ts.isVariableStatement(statement) && !some(statement, (node) => ts.isCallExpression(node) || ts.isAwaitExpression(node));
}

function skips(statement: ts.Statement): boolean {
  const only = ts.isBlock(statement) && statement.statements.length === 1 ? statement.statements[0]! : statement;
  return ts.isContinueStatement(only) || (ts.isReturnStatement(only) && only.expression === undefined);
}

/** What a round of the loop knows its item by: the variable, the counter, and what is read off by it. */
function itemNames({ node, body }: Loop): ts.BindingName[] {
  const names: ts.BindingName[] = [];
  const callback = ts.isArrowFunction(body) || ts.isFunctionExpression(body) ? body : undefined;
  if (callback) names.push(...callback.parameters.slice(0, 2).map(({ name }) => name));
  else if (ts.isForOfStatement(node) || ts.isForStatement(node)) names.push(...declared(node.initializer).map(({ name }) => name));
  const block = callback?.body ?? body;
  const readsItem = readsOneOf(new Set(names.flatMap(boundNames)));
  for (const statement of ts.isBlock(block) ? block.statements : []) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) if (initializer && readsItem(initializer)) names.push(name);
  }
  return names;
}

function declared(initializer: ts.ForInitializer | undefined): readonly ts.VariableDeclaration[] {
  return initializer && ts.isVariableDeclarationList(initializer) ? initializer.declarations : [];
}
