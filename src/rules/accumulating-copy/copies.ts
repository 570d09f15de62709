import { ts } from 'ts-morph';
import { methodName, receiverOf, shortText, unwrap } from '../../syntax/typescript/nodes';

/** An expression that makes a new collection out of all of the accumulator and something more. */
export interface Copy {
  readonly form: 'spread' | 'object' | 'concat' | 'assign';
  readonly text: string;
  /** What is added, in order. */
  readonly added: readonly ts.Node[];
}

/** Recognises `[...acc, x]`, `{ ...acc, k: v }`, `acc.concat(x)` and `Object.assign({}, acc, x)`. */
export function copyOf(expression: ts.Expression, accumulator: string): Copy | undefined {
  const node = unwrap(expression);
  const isAccumulator = (candidate: ts.Expression | undefined): boolean => {
    const inner = candidate && unwrap(candidate);
    return inner !== undefined && ts.isIdentifier(inner) && inner.text === accumulator;
  };
  if (ts.isArrayLiteralExpression(node)) {
    const rest = node.elements.filter((element) => !(ts.isSpreadElement(element) && isAccumulator(element.expression)));
    return rest.length === node.elements.length - 1 && rest.length > 0 ? { form: 'spread', text: shortText(node), added: rest } : undefined;
  }
  if (ts.isObjectLiteralExpression(node)) {
    const rest = node.properties.filter((property) => !(ts.isSpreadAssignment(property) && isAccumulator(property.expression)));
    const grows = rest.some((property) => ts.isSpreadAssignment(property) || (property.name !== undefined && ts.isComputedPropertyName(property.name)));
    // Fixed keys only overwrite: the object does not grow, so the copy stays small.
    return rest.length === node.properties.length - 1 && grows ? { form: 'object', text: shortText(node), added: rest } : undefined;
  }
  if (!ts.isCallExpression(node)) return undefined;
  if (methodName(node) === 'concat' && isAccumulator(receiverOf(node)) && node.arguments.length > 0) {
    return { form: 'concat', text: shortText(node), added: node.arguments };
  }
  const [target, source, ...more] = node.arguments;
  const isAssign = node.expression.getText() === 'Object.assign';
  const isFresh = target && ts.isObjectLiteralExpression(unwrap(target)) && (unwrap(target) as ts.ObjectLiteralExpression).properties.length === 0;
  return isAssign && isFresh && isAccumulator(source) && more.length > 0 ? { form: 'assign', text: shortText(node), added: more } : undefined;
}
