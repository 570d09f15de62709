import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import { blockingCall } from '../../syntax/typescript/libraries/blocking';
import { calleeText, enclosingFunction, isFunction, some } from '../../syntax/typescript/nodes';
import { isScript } from '../../syntax/typescript/surroundings';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { useTwin } from './typescriptFix';

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],

  find(node, file): Match<Facts> | undefined {
    const call = node as ts.CallExpression;
    const blocking = blockingCall(call, file);
    if (!blocking || isScript(file) || !enclosingFunction(call) || isGuardedOnce(call) || (blocking.kind === 'file' && readsConfiguration(call))) return undefined;
    return { span: file.span(call), facts: { call: calleeText(call), kind: blocking.kind, instead: blocking.instead } };
  },

  fix: (_match, node, file) => useTwin(node as ts.CallExpression, file),
};

/** `template ??= readFileSync(…)` and `if (!template) template = readFileSync(…)` run once; so does an error path hardly ever. */
function isGuardedOnce(call: ts.CallExpression): boolean {
  for (let at: ts.Node = call; at.parent && !isFunction(at); at = at.parent) {
    const { parent } = at;
    if (ts.isCatchClause(parent) || ts.isThrowStatement(parent)) return true;
    if (ts.isBinaryExpression(parent) && parent.right === at && /^\?\?=?$|^\|\|=?$/.test(parent.operatorToken.getText())) return true;
    if (ts.isIfStatement(parent) && parent.thenStatement === at && isAbsent(parent.expression) && some(at, isAssignmentOutside)) return true;
  }
  return false;
}

/** `readFileSync(env.TLS_CA_PATH)`: a certificate or key of the deployment, read when a connection is set up. */
function readsConfiguration(call: ts.CallExpression): boolean {
  const [path] = call.arguments;
  return path !== undefined && /^(?:process\.env|import\.meta\.env|env)\.\w+!?$/.test(path.getText());
}

function isAbsent(condition: ts.Expression): boolean {
  return some(condition, (node) => ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) || /(?:===?|!==?)\s*(?:null|undefined)/.test(condition.getText());
}

function isAssignmentOutside(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}
