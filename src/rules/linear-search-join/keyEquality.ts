import { ts } from 'ts-morph';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { dependsOn } from '../../syntax/typescript/invariance';
import type { Loop } from '../../syntax/typescript/loops';
import { some, unwrap } from '../../syntax/typescript/nodes';

const Kind = ts.SyntaxKind;

/** `item.key === wanted`: what the searched items are compared by, and what is looked for. */
export interface KeyEquality {
  /** Reads the searched item and nothing of the loop around: `user.id`. */
  readonly key: ts.Expression;
  /** Reads the loop around and not the searched item: `order.userId`. */
  readonly wanted: ts.Expression;
  /** Absent where a library compares. */
  readonly comparison?: ts.BinaryExpression;
  /** Nothing else is asked of the item. */
  readonly isWhole: boolean;
}

/** A search, the loop around it, and how its own items are told. */
export interface Searched {
  readonly node: ts.Node;
  readonly loop: Loop;
  readsItem(node: ts.Expression): boolean;
}

/** The comparison in a condition that makes the search a join: an equality that every match must satisfy. */
export function keyEqualityIn(condition: ts.Expression, search: Searched, file: TypeScriptFile, isNegated = false): KeyEquality | undefined {
  const parts = conjuncts(unwrap(condition), isNegated ? Kind.BarBarToken : Kind.AmpersandAmpersandToken);
  for (const part of parts) {
    if (!isEquality(part, isNegated)) continue;
    const [left, right] = [unwrap(part.left), unwrap(part.right)];
    const found = sideOf(left, right, search, file) ?? sideOf(right, left, search, file);
    if (found) return { ...found, comparison: part, isWhole: parts.length === 1 };
  }
  return undefined;
}

function sideOf(key: ts.Expression, wanted: ts.Expression, search: Searched, file: TypeScriptFile): Pick<KeyEquality, 'key' | 'wanted'> | undefined {
  if (!search.readsItem(key) || search.readsItem(wanted)) return undefined;
  return dependsOn(wanted, search.loop, file) && !dependsOn(key, search.loop, file, search.node) ? { key, wanted } : undefined;
}

function conjuncts(condition: ts.Expression, operator: ts.SyntaxKind): ts.Expression[] {
  if (!ts.isBinaryExpression(condition) || condition.operatorToken.kind !== operator) return [condition];
  return [...conjuncts(unwrap(condition.left), operator), ...conjuncts(unwrap(condition.right), operator)];
}

function isEquality(node: ts.Expression, isNegated: boolean): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return isNegated
    ? kind === Kind.ExclamationEqualsEqualsToken || kind === Kind.ExclamationEqualsToken
    : kind === Kind.EqualsEqualsEqualsToken || kind === Kind.EqualsEqualsToken;
}

/** Whether an identifier among `names` is read below the node. */
export function readsOneOf(names: ReadonlySet<string>): Searched['readsItem'] {
  return (node) => some(node, (at) => ts.isIdentifier(at) && names.has(at.text) && !(ts.isPropertyAccessExpression(at.parent) && at.parent.name === at));
}

export function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []));
}
