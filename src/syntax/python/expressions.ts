import type { PythonNode } from './node';

/** One argument of a call. A bare generator argument is its ArgList, which then is a comprehension. */
export interface Argument {
  /** The keyword's name. */
  readonly name?: string;
  readonly unpacks?: '*' | '**';
  readonly value: PythonNode;
}

const SEPARATORS: ReadonlySet<string> = new Set(['(', ')', '[', ']', '{', '}', ',']);

const COMPREHENSIONS: ReadonlySet<string> = new Set([
  'ArrayComprehensionExpression',
  'SetComprehensionExpression',
  'DictionaryComprehensionExpression',
  'ComprehensionExpression',
]);

/** What is called: the first child of a CallExpression. */
export function calleeOf(call: PythonNode): PythonNode | undefined {
  return call.kind === 'CallExpression' ? call.firstChild : undefined;
}

export function argumentsOf(call: PythonNode): readonly Argument[] {
  const list = call.kind === 'ArgList' ? call : call.child('ArgList');
  if (list === undefined) return [];
  if (isComprehension(list)) return [{ value: list }];
  const found: Argument[] = [];
  const children = list.children;
  for (let i = 0; i < children.length; i++) {
    const child = children[i]!;
    if (SEPARATORS.has(child.kind)) continue;
    const next = children[i + 1];
    if (child.kind === '*' || child.kind === '**') {
      if (next !== undefined) found.push({ unpacks: child.kind, value: next });
      i++;
    } else if (next?.kind === 'AssignOp' && next.text === '=') {
      const value = children[i + 2];
      if (value !== undefined) found.push({ name: child.text, value });
      i += 2;
    } else {
      found.push({ value: child });
    }
  }
  return found;
}

/** The argument at a zero-based position or under a keyword; undefined behind an unpacked list. */
export function argumentAt(call: PythonNode, position: number, keyword?: string): PythonNode | undefined {
  let index = 0;
  let exact = true;
  for (const argument of argumentsOf(call)) {
    if (argument.name !== undefined) {
      if (argument.name === keyword) return argument.value;
    } else if (argument.unpacks !== undefined) {
      exact = false;
    } else if (exact && index++ === position) {
      return argument.value;
    }
  }
  return undefined;
}

/** The argument under a keyword, wherever it stands. */
export function keywordArgument(call: PythonNode, keyword: string): PythonNode | undefined {
  return argumentsOf(call).find(({ name }) => name === keyword)?.value;
}

/** `object.name`, for attribute access only. */
export interface Member {
  readonly object: PythonNode;
  readonly name: string;
}

export function memberOf(node: PythonNode | undefined): Member | undefined {
  if (node?.kind !== 'MemberExpression') return undefined;
  const object = node.firstChild;
  const last = node.lastChild;
  return object !== undefined && last?.kind === 'PropertyName' ? { object, name: last.text } : undefined;
}

/** `object[index]`; a slice has its colon, and `start`, `stop` and `step` where they are written. */
export interface Subscript {
  readonly object: PythonNode;
  /** The plain index; undefined for slices and for several indices. */
  readonly index?: PythonNode;
  readonly isSlice: boolean;
  readonly start?: PythonNode;
  readonly stop?: PythonNode;
}

export function subscriptOf(node: PythonNode | undefined): Subscript | undefined {
  if (node?.kind !== 'MemberExpression' || node.lastChild?.kind !== ']') return undefined;
  const [object, , ...rest] = node.children;
  if (object === undefined) return undefined;
  const inner = rest.slice(0, -1);
  const colon = inner.findIndex((child) => child.kind === ':');
  if (colon < 0) return { object, isSlice: false, index: inner.length === 1 ? inner[0] : undefined };
  const after = inner[colon + 1];
  return {
    object,
    isSlice: true,
    start: colon > 0 ? inner[0] : undefined,
    stop: after !== undefined && after.kind !== ':' ? after : undefined,
  };
}

/** "a.b.c" for a chain of plain names, undefined for anything else. */
export function dottedName(node: PythonNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'VariableName') return node.text;
  const member = memberOf(node);
  const object = member && dottedName(member.object);
  return object === undefined ? undefined : `${object}.${member!.name}`;
}

/** The name at the root of a chain of members, subscripts and calls: `a` of `a.b(c)[d].e`. */
export function rootName(node: PythonNode): PythonNode | undefined {
  let at: PythonNode | undefined = node;
  while (at !== undefined && (at.kind === 'MemberExpression' || at.kind === 'CallExpression' || at.kind === 'AwaitExpression')) {
    at = at.kind === 'AwaitExpression' ? at.lastChild : at.firstChild;
  }
  return at?.kind === 'VariableName' ? at : undefined;
}

/** The expression inside any number of parentheses. */
export function unwrap(node: PythonNode): PythonNode {
  let at = node;
  while (at.kind === 'ParenthesizedExpression') {
    const inner = at.children.find((child) => !SEPARATORS.has(child.kind));
    if (inner === undefined) return at;
    at = inner;
  }
  return at;
}

/** The nearest ancestor that is not a pair of parentheses. */
export function outerParent(node: PythonNode): PythonNode | undefined {
  let at = node.parent;
  while (at?.kind === 'ParenthesizedExpression') at = at.parent;
  return at;
}

/** The items of a list, tuple or set display, or undefined where one of them is unpacked. */
export function itemsOf(display: PythonNode): readonly PythonNode[] | undefined {
  const items = display.children.filter((child) => !SEPARATORS.has(child.kind));
  return items.some((item) => item.kind === '*' || item.kind === '**') ? undefined : items;
}

/** The items of a list, tuple or set, also of two that are added; what is unpacked into one is left out. */
export function displayItems(value: PythonNode | undefined): readonly PythonNode[] {
  const node = value && unwrap(value);
  if (node === undefined) return [];
  if (node.kind === 'BinaryExpression') return [...displayItems(node.firstChild), ...displayItems(node.lastChild)];
  if (!/^(?:Array|Tuple|Set)Expression$/.test(node.kind)) return [];
  return node.children.filter((child, i, children) => !SEPARATORS.has(child.kind) && child.kind !== '*' && children[i - 1]?.kind !== '*');
}

/** A comprehension or generator expression, also the bare generator argument of a call. */
export function isComprehension(node: PythonNode): boolean {
  return COMPREHENSIONS.has(node.kind) || (node.kind === 'ArgList' && node.tree.hasChild(node.index, 'for'));
}

/** The operator between the two operands of a binary expression: "in", "not in", "+", "==", "and"... */
export function operatorOf(binary: PythonNode): string {
  const children = binary.children;
  return children
    .slice(1, -1)
    .map((child) => child.text)
    .join(' ');
}

/** The callee (or any expression) on one line, short enough for a sentence. */
export function shorten(text: string, limit = 60): string {
  const folded = text.replace(/\s+/g, ' ').replace(/ ?\. ?/g, '.');
  return folded.length <= limit ? folded : `${folded.slice(0, limit - 1)}…`;
}

/** A callee as a reader sees it, with the arguments inside a chain left out: "Order.objects.filter(…).first". */
export function callText(call: PythonNode): string {
  const parts: string[] = [];
  for (let at = calleeOf(call); at !== undefined; ) {
    const member = memberOf(at);
    if (member !== undefined) {
      parts.unshift(`.${member.name}`);
      at = member.object;
    } else if (at.kind === 'CallExpression') {
      parts.unshift('(…)');
      at = calleeOf(at);
    } else {
      parts.unshift(at.text);
      break;
    }
  }
  return shorten(parts.join(''));
}
