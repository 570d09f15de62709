import { ts } from 'ts-morph';
import type { Fix } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { hoistCall, type Call } from '../../syntax/typescript/hoistCall';
import { camelName, capitalised } from '../../syntax/typescript/hoisting';
import { methodName, receiverOf, unwrap } from '../../syntax/typescript/nodes';
import { pathOf } from '../../syntax/typescript/writes';

export const hoist = (call: Call, file: TypeScriptFile): Fix | undefined => hoistCall(call, file, nameFor);

const PREFIXES: Readonly<Record<string, string>> = { filter: 'filtered', map: 'mapped', flatMap: 'mapped', toSorted: 'sorted', reduce: 'reduced', find: 'found', some: 'any', every: 'all' };

/** "rateKeys" for Object.keys(rates), "largestValue" for Math.max(...values), "numberFormat" for new Intl.NumberFormat(). */
function nameFor(call: Call): string {
  if (ts.isNewExpression(call)) {
    const [first] = call.arguments ?? [];
    const callee = unwrap(call.expression);
    if (ts.isPropertyAccessExpression(callee)) return callee.name.text[0]!.toLowerCase() + callee.name.text.slice(1);
    return `${baseOf(first)}${callee.getText()}`;
  }
  const method = methodName(call)!;
  const [first] = call.arguments;
  const receiver = receiverOf(call)!;
  if (ts.isIdentifier(receiver) && receiver.text === 'Math') return method === 'max' ? 'largest' : 'smallest';
  if (ts.isIdentifier(receiver) && receiver.text === 'Object') return `${baseOf(first)}${capitalised(method === 'fromEntries' ? 'object' : method)}`;
  if (ts.isIdentifier(receiver) && receiver.text === 'Array') return `${baseOf(first)}List`;
  return `${PREFIXES[method] ?? method}${capitalised(baseOf(receiver))}`;
}

function baseOf(expression: ts.Expression | undefined): string {
  const path = expression && pathOf(expression);
  const last = path?.split('.').at(-1);
  return last === undefined ? 'once' : camelName(last);
}
