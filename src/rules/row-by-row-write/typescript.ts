import { ts } from 'ts-morph';
import type { Confidence, Match } from '../../core/rule';
import { isFewByNature } from '../../syntax/cardinality';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { dependsOn } from '../../syntax/typescript/invariance';
import type { Loop } from '../../syntax/typescript/loops';
import { calleeText, methodName, propertyOf, some, unwrap } from '../../syntax/typescript/nodes';
import { perItemCall, type PerItemCall } from '../../syntax/typescript/perItem';
import { isConstantTable } from '../../syntax/typescript/rounds';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { fixRowByRow } from './typescriptFix';

/** `const row = await create(…)`: the round goes on with the row, most often with its new id, which a bulk write gives too late. */
function goesOnWith(write: ts.Node): boolean {
  let at = write;
  // `create(…).catch(…)`
  while (ts.isPropertyAccessExpression(at.parent) && ts.isCallExpression(at.parent.parent)) at = at.parent.parent;
  const { parent } = at;
  return ts.isAwaitExpression(parent) && (ts.isVariableDeclaration(parent.parent) || (ts.isBinaryExpression(parent.parent) && parent.parent.right === parent));
}

/** What the round sends takes longer than the row that records it. */
function sendsAsWell(loop: Loop, file: TypeScriptFile): boolean {
  return some(loop.body, (node) => ts.isCallExpression(node) && file.dataAccess(node)?.kind === 'request');
}

/**
 * `update({ where, data: { position: row.position } })` and `row.save()`: rows that get values of their own need more than
 * `updateMany`, and what goes to another collection each time cannot be put together.
 */
function writesEachDifferently(write: ts.Node, loop: Loop, file: TypeScriptFile): boolean {
  if (!ts.isCallExpression(write)) return false;
  const method = methodName(write) ?? '';
  const isUpdate = /^(?:update|upsert|findOneAndUpdate|findByIdAndUpdate|updateOne)$/.test(method);
  const options = write.arguments.map(unwrap).filter(ts.isObjectLiteralExpression);
  const names = isUpdate ? ['collection', 'data', 'update', 'create'] : ['collection'];
  return method === 'save' || names.some((name) => options.some((each) => isOfItem(propertyOf(each, name), loop, file)));
}

function isOfItem(value: ts.Expression | undefined, loop: Loop, file: TypeScriptFile): boolean {
  return value !== undefined && dependsOn(value, loop, file);
}

/** What the round reads by itself decides what it writes; the reading is the greater part. */
function readsAsWell(loop: Loop, file: TypeScriptFile): boolean {
  return some(loop.body, (node) => ts.isCallExpression(node) && file.dataAccess(node)?.kind === 'query');
}

/** A row whose write may fail, or that records a failure, is written by itself on purpose. */
function failsByItself(write: ts.Node, loop: Loop): boolean {
  for (let at = write; at !== loop.body && at.parent; at = at.parent) {
    if (ts.isCatchClause(at) || (ts.isTryStatement(at.parent) && at.parent.tryBlock === at && at.parent.catchClause && !some(at.parent.catchClause.block, ts.isThrowStatement))) return true;
  }
  return false;
}

/**
 * A handful is written as well one by one. What a function does for one item, a round that goes on with the row, reads,
 * sends something or may fail alone, and rows that all get values of their own take more to change than a call.
 */
function confidenceOf(write: ts.Node, { loop, callee }: PerItemCall, file: TypeScriptFile): Confidence | undefined {
  const isWorkOfItsOwn = callee !== undefined || goesOnWith(write) || failsByItself(write, loop) || sendsAsWell(loop, file) || readsAsWell(loop, file);
  return isWorkOfItsOwn || isFewByNature(loop.label) || writesEachDifferently(write, loop, file) ? 'possible' : undefined;
}

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression, ts.SyntaxKind.TaggedTemplateExpression],

  find(node, file): Match<Facts> | undefined {
    const found = perItemCall(node, file, 'write');
    if (!found || found.access?.isBulk || isConstantTable(found.loop.label)) return undefined;
    const { loop, access, callee, concurrent, size } = found;
    return {
      span: file.span(node),
      facts: {
        call: ts.isCallExpression(node) ? calleeText(node) : (node as ts.TaggedTemplateExpression).tag.getText(),
        loop: loop.label,
        library: access?.library,
        table: access?.table,
        bulk: access?.bulk,
        callee,
        concurrent,
      },
      size,
      confidence: confidenceOf(node, found, file),
    };
  },

  fix: (_match, node, file) => fixRowByRow(node, file),
};
