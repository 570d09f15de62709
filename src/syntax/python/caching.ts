import { dottedName, memberOf, subscriptOf, unwrap } from './expressions';
import type { PythonNode } from './node';
import { simpleAssignment } from './statements';

const CACHE_WORDS = /cache|memo(?:i[sz]ed?)?\b/i;

/**
 * Where a function has handed back what it kept, if it did: the end of `if cached is not None: return cached` or
 * `if self._domains: return self._domains`. What stands behind it runs on a miss only.
 */
export function endOfCachedReturn(declaration: PythonNode): number | undefined {
  for (const statement of declaration.descendants('IfStatement')) {
    const body = statement.child('Body');
    const returned = body?.child('ReturnStatement')?.lastChild;
    const condition = statement.children[1];
    if (returned === undefined || condition === undefined || returned.kind === 'return') continue;
    const kept = ownerOf(returned);
    if (kept !== undefined && asksForPresence(condition, kept) && isKept(kept, statement, declaration)) return statement.end;
  }
  return undefined;
}

/** "self._domains" of `self._domains.copy()`, "cached" of `cached[0]`. */
function ownerOf(value: PythonNode): string | undefined {
  const node = unwrap(value);
  if (node.kind === 'CallExpression') {
    const object = memberOf(node.firstChild)?.object;
    return object && dottedName(object);
  }
  return dottedName(subscriptOf(node)?.object ?? node);
}

function asksForPresence(condition: PythonNode, name: string): boolean {
  const text = condition.text.replace(/^\(/, '');
  return text.startsWith(name) && !/^\s*(?:is\s+None|==\s*None)/.test(text.slice(name.length)) && !/^\w/.test(text.slice(name.length));
}

/** It outlives the call: an attribute of the object, or something that was read from a cache. */
function isKept(name: string, statement: PythonNode, declaration: PythonNode): boolean {
  if (/^(?:self|cls)\./.test(name) || CACHE_WORDS.test(name)) return true;
  return declaration.descendants('AssignStatement').some((assignment) => {
    const simple = assignment.start < statement.start ? simpleAssignment(assignment) : undefined;
    return simple?.target.text === name && CACHE_WORDS.test(simple.value.text);
  });
}
