import { ts } from 'ts-morph';
import type { Fix, Match } from '../../core/rule';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { hoistCall, type Call } from '../../syntax/typescript/hoistCall';
import { camelName, capitalised } from '../../syntax/typescript/hoisting';
import { loopsWithSame } from '../../syntax/typescript/invariance';
import type { Loop } from '../../syntax/typescript/loops';
import { isOfPage } from '../../syntax/typescript/handfuls';
import { lodashFunction } from '../../syntax/typescript/lodash';
import { methodName, receiverOf, shortText, some, unwrap } from '../../syntax/typescript/nodes';
import { sizeOf } from '../../syntax/typescript/perItem';
import { isManyRounds, isOnlyRead, runsEachRound } from '../../syntax/typescript/rounds';
import { pathOf } from '../../syntax/typescript/writes';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],
  names: ['stringify', 'parse', 'structuredClone', 'cloneDeep'],

  find(node, file): Match<Facts> | undefined {
    const call = node as ts.CallExpression;
    const does = file.loopAround(call) && whatItDoes(call, file);
    // Of `JSON.parse(JSON.stringify(x))` the copy is the finding.
    if (!does || !isWorthKeeping(call.arguments[0]) || whatItDoes(call.parent, file) === 'copies') return undefined;
    const loop = loopsWithSame(call, call, file).find(isManyRounds);
    if (!loop || sendsRequests(loop, file) || !runsEachRound(call, loop, file) || (does !== 'serialises' && !isOnlyRead(call))) return undefined;
    return { span: file.span(call), facts: { call: shortText(call), loop: loop.label, does }, size: sizeOf(loop), confidence: isOfPage(file) ? 'possible' : undefined };
  },

  fix: (_match, node, file) => suggested(hoistCall(node as ts.CallExpression, file, nameFor)),
};

function whatItDoes(node: ts.Node, file: TypeScriptFile): Facts['does'] | undefined {
  if (!ts.isCallExpression(node) || node.arguments.length === 0) return undefined;
  const callee = unwrap(node.expression);
  if (ts.isIdentifier(callee) && callee.text === 'structuredClone' && !file.scopes.resolve(callee)) return 'copies';
  if (lodashFunction(node, file) === 'cloneDeep') return 'copies';
  const owner = receiverOf(node);
  if (!owner || !ts.isIdentifier(owner) || owner.text !== 'JSON' || file.scopes.resolve(owner)) return undefined;
  if (methodName(node) === 'stringify') return 'serialises';
  if (methodName(node) !== 'parse') return undefined;
  const text = unwrap(node.arguments[0]!);
  return ts.isCallExpression(text) && whatItDoes(text, file) === 'serialises' ? 'copies' : 'parses';
}

/** A literal is written out in no time; a name may stand for anything. */
function isWorthKeeping(value: ts.Expression | undefined): boolean {
  return value !== undefined && some(value, (node) => ts.isIdentifier(node) && !(ts.isPropertyAssignment(node.parent) && node.parent.name === node));
}

/** A round that sends a request costs so much that what its body is made of does not count. */
function sendsRequests(loop: Loop, file: TypeScriptFile): boolean {
  return some(loop.body, (node) => ts.isCallExpression(node) && (methodName(node) === 'fetch' || file.dataAccess(node) !== undefined));
}

function nameFor(call: Call): string {
  const value = call.arguments![0]!;
  const inner = ts.isCallExpression(unwrap(value)) ? (unwrap(value) as ts.CallExpression).arguments[0] : value;
  const path = inner && pathOf(inner);
  const base = path === undefined ? 'value' : camelName(path.split('.').at(-1)!);
  const method = ts.isCallExpression(call) ? methodName(call) : undefined;
  return method === 'stringify' ? `${base}Json` : method === 'parse' && inner === value ? `parsed${capitalised(base)}` : `${base}Copy`;
}

/** A getter or a toJSON() may have done something in each round. */
function suggested(fix: Fix | undefined): Fix | undefined {
  return fix && { ...fix, kind: 'suggestion', caveat: 'All rounds share one result, which is made even if the loop has no round.' };
}
