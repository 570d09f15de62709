import { calleeOf, operatorOf, outerParent, unwrap } from '../expressions';
import type { PythonNode } from '../node';

/** What a comparison of a number with a small one asks for. */
export interface ExistenceTest {
  readonly asks: 'some' | 'none';
  /** The whole test, which an existence query can stand for. */
  readonly node: PythonNode;
}

const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };
const TESTS: Readonly<Record<string, ExistenceTest['asks']>> = { '> 0': 'some', '>= 1': 'some', '!= 0': 'some', '== 0': 'none', '< 1': 'none', '<= 0': 'none' };

/** `count > 0`, `0 < count`, `count == 0`, `not count`, `if count:`, `bool(count)`; undefined where the number itself matters. */
export function existenceTest(number: PythonNode): ExistenceTest | undefined {
  const parent = outerParent(number);
  if (parent?.kind === 'BinaryExpression') {
    const [left, right] = [unwrap(parent.firstChild!), unwrap(parent.lastChild!)];
    const isLeft = parent.firstChild!.contains(number);
    const written = operatorOf(parent);
    const operator = isLeft ? written : (MIRRORED[written] ?? written);
    const asks = TESTS[`${operator} ${(isLeft ? right : left).text}`];
    return asks && { asks, node: parent };
  }
  if (parent?.kind === 'UnaryExpression' && parent.firstChild?.kind === 'not') return { asks: 'none', node: parent };
  if (isBoolCall(parent)) return { asks: 'some', node: parent!.parent! };
  return isCondition(number) ? { asks: 'some', node: number } : undefined;
}

/** Whether only the truth of a value is asked for: there is something, or there is nothing. */
export function asksForExistence(value: PythonNode): boolean {
  return existenceTest(value) !== undefined;
}

const isBoolCall = (list: PythonNode | undefined): boolean => list?.kind === 'ArgList' && calleeOf(list.parent!)?.text === 'bool';

/** The value stands behind `if`, `elif` or `while`, alone or in front of `and` and `or`. */
function isCondition(value: PythonNode): boolean {
  let at = value;
  for (let parent = outerParent(at); parent !== undefined; at = parent, parent = outerParent(at)) {
    if (parent.kind === 'BinaryExpression' && /^(?:and|or)$/.test(operatorOf(parent))) continue;
    let outer = at;
    while (outer.parent?.kind === 'ParenthesizedExpression') outer = outer.parent;
    return /^(?:if|elif|while)$/.test(outer.previous?.kind ?? '');
  }
  return false;
}
