import { calleeOf } from './expressions';
import type { PythonNode } from './node';
import { statementsOf } from './statements';

/** The names called under `if __name__ == "__main__":`. */
export function scriptEntries(root: PythonNode): ReadonlySet<string> {
  const found = new Set<string>();
  for (const statement of root.children) {
    if (statement.kind !== 'IfStatement' || !/^if\s*\(?\s*(?:__name__\s*==|["']__main__["']\s*==)/.test(statement.text)) continue;
    for (const inner of statementsOf(statement.child('Body'))) {
      for (const call of inner.descendants('CallExpression')) found.add(calleeOf(call)!.text);
    }
  }
  return found;
}
