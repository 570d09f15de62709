import { ts } from 'ts-morph';
import type { DataAccess } from './dataAccess';
import type { TypeScriptFile } from './file';
import { unwrap } from './nodes';

const { isCallExpression, isPropertyAccessExpression } = ts;

/** The query that the whole chain around a call makes: of a builder's last call, or of a model's method further in. */
export function accessOfChain(call: ts.CallExpression, file: TypeScriptFile): DataAccess | undefined {
  let outermost: ts.CallExpression = call;
  let access = file.dataAccess(call);
  while (isPropertyAccessExpression(outermost.parent) && isCallExpression(outermost.parent.parent)) {
    outermost = outermost.parent.parent;
    access = file.dataAccess(outermost) ?? access;
  }
  return access ?? accessBelow(call, file);
}

/** `Model.find({…}).skip(n)`: the query is made further in. */
function accessBelow(call: ts.CallExpression, file: TypeScriptFile): DataAccess | undefined {
  for (let at: ts.Expression = unwrap(call.expression); isPropertyAccessExpression(at); ) {
    const inner = unwrap(at.expression);
    if (!isCallExpression(inner)) return undefined;
    const access = file.dataAccess(inner);
    if (access) return access;
    at = unwrap(inner.expression);
  }
  return undefined;
}
