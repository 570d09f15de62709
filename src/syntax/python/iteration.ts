import { calleeOf, memberOf, operatorOf, rootName } from './expressions';
import type { PythonFile } from './file';
import type { Loop } from './loops';
import type { PythonNode } from './node';
import { assignmentOf } from './statements';

const KNOWN_NAMES = new WeakMap<Loop, ReadonlySet<string>>();

/** The names a loop gives a new value per iteration: its targets, and what its body makes of them. */
export function iterationNames(loop: Loop): ReadonlySet<string> {
  let names = KNOWN_NAMES.get(loop);
  if (names === undefined) KNOWN_NAMES.set(loop, (names = collectNames(loop)));
  return names;
}

function collectNames(loop: Loop): ReadonlySet<string> {
  const names = new Set<string>();
  for (const target of loop.targets) addNames(target, names);
  // Twice, because a name may be used above the line that derives it.
  for (let round = 0; round < 2; round++) {
    for (const assignment of loop.node.descendants('AssignStatement')) {
      const { targets, value } = assignmentOf(assignment);
      if (!value.some((node) => mentions(node, names))) continue;
      for (const target of targets.flat()) addNames(rootName(target) ?? target, names);
    }
    for (const inner of loop.node.descendants('ForStatement')) addInnerTargets(inner, names);
  }
  return names;
}

function addInnerTargets(inner: PythonNode, names: Set<string>): void {
  const at = inner.children.findIndex((child) => child.kind === 'in');
  if (!inner.children.slice(at).some((child) => child.kind !== 'Body' && mentions(child, names))) return;
  for (const target of inner.children.slice(0, at)) addNames(target, names);
}

function addNames(target: PythonNode, names: Set<string>): void {
  if (target.kind === 'VariableName') names.add(target.text);
  else for (const name of target.descendants('VariableName')) names.add(name.text);
}

/** True where one of the names is read in the expression. */
export function mentions(expression: PythonNode, names: ReadonlySet<string>): boolean {
  if (expression.kind === 'VariableName') return names.has(expression.text);
  return expression.descendants('VariableName').some((name) => names.has(name.text));
}

/** A `break` or `return` ends the loop before its collection does. */
export function leavesEarly(loop: Loop): boolean {
  if (loop.kind === 'comprehension') return isStoppedByConsumer(loop);
  if (loop.kind === 'callback') return false;
  const isOwn = (node: PythonNode): boolean => node.closest('FunctionDefinition', 'LambdaExpression') === loop.node.closest('FunctionDefinition', 'LambdaExpression');
  if (loop.node.descendants('ReturnStatement').some(isOwn)) return true;
  return loop.node.descendants('BreakStatement').some((node) => node.closest('ForStatement', 'WhileStatement') === loop.node && isOwn(node));
}

/** `any(...)`, `all(...)` and `next(...)` stop at the first answer. */
function isStoppedByConsumer({ node }: Loop): boolean {
  const call = node.kind === 'ArgList' ? node.parent : node.parent?.kind === 'ArgList' ? node.parent.parent : undefined;
  return call !== undefined && /^(?:any|all|next)$/.test(calleeOf(call)?.text ?? '');
}

/** In an except or finally block, or inside a raise: not the ordinary way through the loop or function `within`. */
export function isErrorPath(node: PythonNode, within: PythonNode): boolean {
  let child = node;
  for (let at = node.parent; at !== undefined && child !== within; child = at, at = at.parent) {
    if (at.kind === 'RaiseStatement') return true;
    if (at.kind === 'TryStatement' && child.kind === 'Body' && at.child('Body') !== child) {
      const keyword = keywordBefore(child, at);
      if (keyword === 'except' || keyword === 'finally') return true;
    }
  }
  return false;
}

/** Each round of `within` handles its own failure: the node stands in a `try` with an `except`. */
export function isTried(node: PythonNode, within: PythonNode): boolean {
  for (let child = node, at = node.parent; at !== undefined && child !== within; child = at, at = at.parent) {
    if (at.kind === 'TryStatement' && at.child('Body') === child && at.child('except') !== undefined) return true;
  }
  return false;
}

function keywordBefore(body: PythonNode, statement: PythonNode): string | undefined {
  const before = statement.children.slice(0, statement.children.indexOf(body));
  return before.findLast((child) => /^(?:try|except|finally|else)$/.test(child.kind))?.kind;
}

/**
 * The node runs only where a hand-written cache or an argument that may be left out has no answer:
 * `if key not in cache:`, `if cache.get(key) is None:`, the `else` of `if rows is not None:`.
 */
export function isMemoised(node: PythonNode, within: PythonNode): boolean {
  for (let child = node, at = node.parent; at !== undefined && at !== within; child = at, at = at.parent) {
    if (at.kind !== 'IfStatement' && at.kind !== 'ConditionalExpression') continue;
    const condition = at.kind === 'IfStatement' ? conditionOf(child, at) : at.children[2];
    if (condition === undefined || condition === child) continue;
    if (isElse(child, at) ? asksForPresence(condition, at, within) : asksForAbsence(condition)) return true;
  }
  return false;
}

/** The last branch, which runs where the condition does not hold. */
function isElse(branch: PythonNode, statement: PythonNode): boolean {
  return statement.children[statement.children.indexOf(branch) - 1]?.kind === 'else';
}

/** The node runs only under a condition, so reaching the function does not mean reaching it. */
export function isConditional(node: PythonNode, within: PythonNode): boolean {
  for (let child = node, at = node.parent; at !== undefined && at !== within; child = at, at = at.parent) {
    if (at.kind === 'IfStatement' && child.kind === 'Body') return true;
    if (at.kind === 'MatchClause') return true;
    if (at.kind === 'ConditionalExpression' && at.children[2] !== child) return true;
    if (at.kind === 'BinaryExpression' && at.firstChild !== child && /^(?:and|or)$/.test(operatorOf(at))) return true;
  }
  return false;
}

/** The node is not come to where a condition before it holds; a guard against what is absent is no such condition. */
export function followsExit(node: PythonNode, within: PythonNode): boolean {
  for (let child = node, at = node.parent; at !== undefined && child !== within; child = at, at = at.parent) {
    if (at.kind === 'Body' && at.children.slice(0, at.children.indexOf(child)).some(isExit)) return true;
  }
  return false;
}

/** `if self.title: return self.title`. */
function isExit(statement: PythonNode): boolean {
  if (statement.kind !== 'IfStatement') return false;
  const body = statement.child('Body');
  const isLeft = body?.lastChild?.kind === 'ReturnStatement' || body?.lastChild?.kind === 'ContinueStatement';
  return isLeft && !asksForAbsence(conditionOf(body, statement) ?? body);
}

function conditionOf(body: PythonNode, statement: PythonNode): PythonNode | undefined {
  const before = statement.children.slice(0, statement.children.indexOf(body));
  const keyword = before.findLastIndex((child) => /^(?:if|elif|else)$/.test(child.kind));
  return before[keyword]?.kind === 'else' ? before[1] : before[keyword + 1];
}

/** `x not in cache`, `x is None`, `not x`, `x != last`: the value is made once and then found again. */
function asksForAbsence(condition: PythonNode): boolean {
  if (condition.kind === 'UnaryExpression') return condition.firstChild?.kind === 'not';
  if (condition.kind !== 'BinaryExpression') return false;
  const operator = operatorOf(condition);
  if (operator === 'and' || operator === 'or') return asksForAbsence(condition.firstChild!) || asksForAbsence(condition.lastChild!);
  if (operator === 'not in') return true;
  return (operator === 'is' || operator === '==') && condition.lastChild?.kind === 'None';
}

/**
 * `rows is not None`, and `key in cache` where the statement reads `cache[key]`: what is there is taken. Rows that
 * `within` has just asked for itself are no cache.
 */
function asksForPresence(condition: PythonNode, statement: PythonNode, within: PythonNode): boolean {
  if (condition.kind !== 'BinaryExpression') return false;
  const operator = operatorOf(condition);
  if (operator === 'in') return statement.text.includes(`${condition.lastChild!.text}[`);
  if ((operator !== 'is not' && operator !== '!=') || condition.lastChild?.kind !== 'None') return false;
  return !within.descendants('AssignStatement').some((each) => each.firstChild?.text === condition.firstChild!.text && !each.text.includes('.get('));
}

/** A call that waits on purpose: pacing, polling and back-off are not iterations to run at once. */
export function sleeps(loop: Loop): boolean {
  return loop.node.descendants('CallExpression').some((call) => {
    const callee = calleeOf(call)!;
    return /^(?:sleep|wait|wait_for|acquire|throttle|backoff)$/.test(memberOf(callee)?.name ?? callee.text);
  });
}

const KNOWN_CARRIED = new WeakMap<Loop, ReadonlySet<string>>();

/**
 * Names of the function that an iteration reads before it gives them a value of its own: what
 * one iteration leaves for the next.
 */
export function carriedNames(loop: Loop, file: PythonFile): ReadonlySet<string> {
  let names = KNOWN_CARRIED.get(loop);
  if (names === undefined) KNOWN_CARRIED.set(loop, (names = collectCarried(loop, file)));
  return names;
}

function collectCarried(loop: Loop, file: PythonFile): ReadonlySet<string> {
  const targets = new Set<string>();
  for (const target of loop.targets) addNames(target, targets);
  const carried = new Set<string>();
  for (const [name, bindings] of file.scopes.scopeAt(loop.node).bindings) {
    if (targets.has(name)) continue;
    const inside = bindings.filter((binding) => loop.node.contains(binding.node));
    const first = inside[0];
    if (first === undefined) continue;
    const isUpdate = inside.some((binding) => binding.kind === 'update');
    const readBefore = file.usesOf(name).some((use) => loop.node.contains(use) && (use.index < first.owner.index || first.value?.contains(use)));
    if (isUpdate || readBefore) carried.add(name);
  }
  return carried;
}
