import { ts } from 'ts-morph';
import type { Span } from '../../core/text';
import { methodName, nameText, propertyOf } from './nodes';

const { isArrayLiteralExpression, isCallExpression, isObjectLiteralExpression, isPropertyAccessExpression, isPropertyAssignment, isSpreadElement } = ts;

/** Methods of a prepared statement that take its values and read rows. */
const READS = /^(?:all|get|iterate|values)$/;

/**
 * The places of the values that the call around a string binds to its placeholders, in their order:
 * `query(sql, [a, b])`, `query({ text: sql, values: [a, b] })`, `prepare(sql).all(a, b)`.
 * Undefined where they are not written out one by one.
 */
export function boundValues(string: ts.Expression, source: ts.SourceFile): readonly Span[] | undefined {
  const values = valuesFor(string);
  if (values === undefined || values.some(isSpreadElement)) return undefined;
  return values.map((value) => ({ start: value.getStart(source), end: value.end }));
}

function valuesFor(string: ts.Expression): readonly ts.Expression[] | undefined {
  const { parent } = string;
  if (isPropertyAssignment(parent) && isObjectLiteralExpression(parent.parent)) {
    return /^(?:text|sql)$/.test(nameText(parent.name) ?? '') ? elements(propertyOf(parent.parent, 'values')) : undefined;
  }
  if (!isCallExpression(parent) || parent.arguments[0] !== string) return undefined;
  return methodName(parent) === 'prepare' ? valuesOfPrepared(parent) : elements(parent.arguments[1]);
}

function valuesOfPrepared(prepared: ts.CallExpression): readonly ts.Expression[] | undefined {
  const access = prepared.parent;
  if (!isPropertyAccessExpression(access) || !READS.test(access.name.text)) return undefined;
  const call = access.parent;
  return isCallExpression(call) && call.expression === access ? call.arguments : undefined;
}

const elements = (list: ts.Node | undefined): readonly ts.Expression[] | undefined => (list !== undefined && isArrayLiteralExpression(list) ? list.elements : undefined);
