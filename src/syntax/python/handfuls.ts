import { subscriptOf } from './expressions';
import type { PythonFile } from './file';
import { mentions } from './iteration';
import type { Loop } from './loops';
import type { PythonNode } from './node';
import { simpleAssignment } from './statements';

/** The parts of one text are few; its lines may be many. */
export function comesFromOneText(list: PythonNode, file: PythonFile): boolean {
  const bindings = list.kind === 'VariableName' ? (file.scopes.resolve(list.text, list)?.bindings ?? []) : [];
  return bindings.some(({ value }) => value !== undefined && /\.r?split\((?![^)]*\\n)/.test(value.text));
}

/** `node = node.parent`: the way up a tree has a few steps. */
export function climbs({ kind, node }: Loop): boolean {
  return kind === 'while' && node.descendants('AssignStatement').some((statement) => {
    const assignment = simpleAssignment(statement);
    return assignment?.target.kind === 'VariableName' && /^(?:Member|Call)Expression$/.test(assignment.value.kind) && mentions(assignment.value, new Set([assignment.target.text])) && subscriptOf(assignment.value)?.isSlice !== true;
  });
}

/** `number, digit = divmod(number, 16)`: a number has a few digits. */
export function takesDigits({ kind, node }: Loop): boolean {
  return kind === 'while' && /\bdivmod\(|\/\/=|>>=/.test(node.text);
}
