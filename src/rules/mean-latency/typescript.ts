import { ts } from 'ts-morph';
import type { Fix, Match } from '../../core/rule';
import { declaredValue } from '../../syntax/typescript/declared';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { enclosingFunction, methodName, receiverOf, shortText, unwrap } from '../../syntax/typescript/nodes';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';

/** Names of durations: latencies, response times, elapsed milliseconds. */
const DURATION = /(?:latenc|duration|elapsed|responseTime|response_time|roundTrip|[a-z_](?:Millis|Milliseconds)$|_ms$|^ms$|timings?$|tookMs|processingTime|queryTime|requestTime)/i;
const PERCENTILE = /(?:\bp_?(?:50|75|90|95|99|999)\b|percentile|quantile|median|histogram|p95|p99)/i;
const MEAN_CALLS = ['mean', 'average', 'avg', 'meanBy', 'averageBy'];

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.BinaryExpression, ts.SyntaxKind.CallExpression],
  names: MEAN_CALLS,

  find(node, file): Match<Facts> | undefined {
    const quantity = ts.isBinaryExpression(node) ? dividedSum(node, file) : meanCall(node as ts.CallExpression);
    if (!quantity || PERCENTILE.test(surroundings(node, file))) return undefined;
    return { span: file.span(node), facts: { expression: shortText(node), quantity } };
  },

  fix: (_match, node, file) => (ts.isBinaryExpression(node) ? percentileInstead(node, file) : undefined),
};

/** `durations.reduce((a, b) => a + b, 0) / durations.length` becomes the 95th percentile of the same list. */
function percentileInstead(node: ts.BinaryExpression, file: TypeScriptFile): Fix | undefined {
  const sum = unwrap(node.left);
  const list = ts.isCallExpression(sum) && methodName(sum) === 'reduce' ? receiverOf(sum) : undefined;
  const callback = list && (sum as ts.CallExpression).arguments[0];
  if (!list || !ts.isIdentifier(list) || !callback || !ts.isArrowFunction(callback) || !addsPlainly(callback)) return undefined;
  return {
    title: 'Report the 95th percentile instead',
    kind: 'suggestion',
    edits: [{ ...file.span(node), newText: `[...${list.text}].sort((a, b) => a - b)[Math.ceil(${list.text}.length * 0.95) - 1]` }],
    caveat: 'The figure means something else now: rename it, and tell those who compare it with earlier ones. An empty list gives undefined instead of NaN.',
  };
}

/** `(a, b) => a + b`: the list holds the durations themselves. */
function addsPlainly({ parameters, body }: ts.ArrowFunction): boolean {
  const [left, right] = parameters.map(({ name }) => name.getText());
  return body.getText().replace(/\s/g, '') === `${left}+${right}`;
}

/** `sum(durations) / durations.length`, with the sum in place or in a variable. */
function dividedSum(node: ts.BinaryExpression, file: TypeScriptFile): string | undefined {
  if (node.operatorToken.kind !== ts.SyntaxKind.SlashToken) return undefined;
  const divisor = unwrap(node.right);
  const isCount = ts.isPropertyAccessExpression(divisor) ? /^(?:length|size|count|total\w*|n)$/.test(divisor.name.text) : ts.isIdentifier(divisor) && /(?:count|total|calls|requests|samples|length|^n)$/i.test(divisor.text);
  if (!isCount) return undefined;
  const dividend = unwrap(node.left);
  return summedQuantity(dividend, file);
}

function summedQuantity(dividend: ts.Expression, file: TypeScriptFile): string | undefined {
  if (ts.isCallExpression(dividend) && methodName(dividend) === 'reduce') {
    const list = receiverOf(dividend)!;
    const text = `${list.getText()} ${dividend.arguments[0]?.getText() ?? ''}`;
    return durationIn(text);
  }
  if (ts.isCallExpression(dividend)) {
    const name = ts.isIdentifier(dividend.expression) ? dividend.expression.text : methodName(dividend);
    return name && /^sum(?:By)?$/i.test(name) ? durationIn(dividend.arguments.map((argument) => argument.getText()).join(' ')) : undefined;
  }
  if (ts.isPropertyAccessExpression(dividend)) return durationIn(dividend.name.text);
  if (!ts.isIdentifier(dividend)) return undefined;
  if (/(?:sum|total|acc)/i.test(dividend.text) && durationIn(dividend.text) !== undefined) return dividend.text;
  const value = declaredValue(dividend, file);
  return value && ts.isCallExpression(value) ? summedQuantity(value, file) : undefined;
}

function meanCall(call: ts.CallExpression): string | undefined {
  const name = ts.isIdentifier(call.expression) ? call.expression.text : methodName(call);
  if (!name || call.arguments.length === 0) return undefined;
  return durationIn(call.arguments.map((argument) => argument.getText()).join(' '));
}

/** The first word of a text that names a duration. */
function durationIn(text: string): string | undefined {
  // "totalMs", but not "items".
  return text.match(/[A-Za-z_$][\w$]*/g)?.find((word) => DURATION.test(word) || /[a-z]Ms$/.test(word));
}

/** The function around, or the file where there is none: a percentile beside the mean makes the mean harmless. */
function surroundings(node: ts.Node, file: TypeScriptFile): string {
  return (enclosingFunction(node) ?? file.source).getText();
}

