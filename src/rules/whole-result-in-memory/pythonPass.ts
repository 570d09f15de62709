import { calleeOf, memberOf, outerParent, rootName, subscriptOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { assignmentOf, forParts, statementsOf } from '../../syntax/python/statements';

/** Calls that need the connection, or end what a cursor reads from. */
const CONNECTION_CALLS = /^(?:execute|executemany|executescript|commit|rollback|close|fetch\w+|begin|delete|save|flush)$/;
const COLLECTING_CALLS = /^(?:append|extend|add|insert|update|setdefault|appendleft|push)$/;
const COLLECTING_FUNCTIONS = /^(?:list|tuple|set|frozenset|dict|sorted|join)$/;
/** Emptying a collection in the loop makes a batch of it. */
const EMPTYING_CALLS = /^(?:clear|flush|pop|popleft)$/;

/** The loop asks the database for something else while it runs. */
export function sharesConnection(pass: PythonNode, read: PythonNode): boolean {
  return pass.descendants('CallExpression').some((call) => call !== read && !read.contains(call) && CONNECTION_CALLS.test(call.calledName));
}

/** Between `rows = cursor.fetchall()` and the loop over rows the cursor may have been closed or used again. */
export function touchesConnectionBetween(read: PythonNode, pass: PythonNode): boolean {
  if (pass.contains(read)) return false;
  const assignment = read.closest('AssignStatement');
  const block = statementsOf(assignment?.parent);
  const loop = block.findIndex((statement) => statement.contains(pass));
  // A loop in another block may run after the connection's `with` has ended.
  if (assignment === undefined || loop < 0) return true;
  return block.slice(block.indexOf(assignment) + 1, loop).some((statement) => statement.descendants('CallExpression').some((call) => CONNECTION_CALLS.test(call.calledName)));
}

/** A session keeps every row that was changed until it is flushed; a commit or another query may end the cursor behind yield_per. */
export function changesRows(pass: PythonNode): boolean {
  const targets = new Set(forParts(pass).targets.map(({ text }) => text));
  const body = pass.child('Body') ?? pass;
  const isChanged = body.descendants('AssignStatement').some((statement) =>
    assignmentOf(statement).targets.flat().some((target) => target.kind === 'MemberExpression' && targets.has(rootName(target)?.text ?? '')),
  );
  return isChanged || body.descendants('CallExpression').some(({ calledName }) => /^(?:commit|rollback|flush|setattr|add|query|execute|scalars?|refresh|delete)$/.test(calledName));
}

/** Whether the pass makes another collection of the rows, so that memory grows with them in any case. */
export function keepsRows(pass: PythonNode, file: PythonFile): boolean {
  if (pass.kind !== 'ForStatement') return !isReduced(pass);
  const body = pass.child('Body')!;
  const collected = new Set<string>();
  for (const call of body.descendants('CallExpression')) {
    const owner = COLLECTING_CALLS.test(call.calledName) ? memberOf(calleeOf(call))?.object : undefined;
    if (owner && isFromOutside(owner, body, file)) collected.add(owner.text);
  }
  for (const statement of body.descendants('AssignStatement')) {
    for (const target of assignmentOf(statement).targets.flat()) {
      const owner = subscriptOf(target)?.object;
      if (owner && isFromOutside(owner, body, file)) collected.add(owner.text);
    }
  }
  return [...collected].some((text) => !isEmptied(text, body));
}

/** A generator that a reducing function takes: `sum(row.total for row in rows)`. */
function isReduced(pass: PythonNode): boolean {
  if (pass.kind !== 'ArgList' && pass.kind !== 'ComprehensionExpression') return false;
  const call = pass.kind === 'ArgList' ? pass.parent : outerParent(pass)?.parent;
  return call?.kind === 'CallExpression' && !COLLECTING_FUNCTIONS.test(call.calledName);
}

function isFromOutside(owner: PythonNode, body: PythonNode, file: PythonFile): boolean {
  const root = rootName(owner);
  if (root === undefined) return false;
  const bindings = file.scopes.resolve(root.text, root)?.bindings ?? [];
  return !bindings.some(({ node }) => body.contains(node));
}

function isEmptied(text: string, body: PythonNode): boolean {
  const isAssigned = body.descendants('AssignStatement').some((statement) => assignmentOf(statement).targets.flat().some((target) => target.text === text));
  return isAssigned || body.descendants('CallExpression').some((call) => EMPTYING_CALLS.test(call.calledName) && memberOf(calleeOf(call))?.object.text === text);
}
