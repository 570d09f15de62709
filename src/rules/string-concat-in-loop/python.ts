import type { Match } from '../../core/rule';
import { isFewByNature } from '../../syntax/cardinality';
import { operatorOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { climbs, comesFromOneText, takesDigits } from '../../syntax/python/handfuls';
import type { Loop } from '../../syntax/python/loops';
import { isHandful, sizeOf } from '../../syntax/python/perItem';
import { simpleAssignment } from '../../syntax/python/statements';
import { growsWithData } from '../growthPython';
import type { PythonMatcher } from '../matchers';
import { joinParts } from './pythonFix';
import type { Facts } from './rule';

/** Fewer additions copy little. */
const SMALL = 50;

/** Collections that are named after what comes in without end, or is as many as the data has. */
const MANY = /chunk|stream|iter_|rows?\b|lines?\b|records?\b|events?\b|messages?\b|entries|orders?\b|series|frames?\b|packets?\b/i;

/** An addition to a text: the text, the part, and which way it grows. */
export interface Growth {
  readonly target: PythonNode;
  readonly part: PythonNode;
  readonly why: Facts['why'];
  readonly isBytes: boolean;
}

export const matcher: PythonMatcher<Facts> = {
  kinds: ['UpdateStatement', 'AssignStatement'],

  find(statement, file): Match<Facts> | undefined {
    const loop = file.loopsAround(statement)[0];
    if (loop === undefined || (loop.kind !== 'for' && loop.kind !== 'while')) return undefined;
    const growth = growthOf(statement, file);
    if (growth === undefined || isShort(loop, file) || !mayBeMany(loop, file) || startsInside(growth.target, statement, loop, file) || !isFirst(statement, growth, loop, file)) return undefined;
    return {
      span: statement,
      facts: { text: growth.target.text, why: growth.why, loop: loop.label },
      size: loop.kind === 'while' ? undefined : sizeOf(loop, file),
      confidence: loop.kind === 'while' ? 'possible' : 'likely',
    };
  },

  fix: (_match, statement, file) => joinParts(statement, file),
};

/** Of a for loop the code has to show that its rounds grow in number: by where they come from, or by what they are. */
function mayBeMany(loop: Loop, file: PythonFile): boolean {
  return loop.kind === 'while' || loop.isAsync || growsWithData(loop.iterable, file) || MANY.test(loop.iterable?.text ?? '');
}

export function growthOf(statement: PythonNode, file: PythonFile): Growth | undefined {
  return statement.kind === 'UpdateStatement' ? updated(statement, file) : assigned(statement, file);
}

/** `self.html += part`, `data += chunk`. */
function updated(statement: PythonNode, file: PythonFile): Growth | undefined {
  const [target, operator, part] = statement.children;
  if (operator?.text !== '+=' || target === undefined || part === undefined) return undefined;
  const kind = textKind(target, file) ?? textKind(part, file);
  const isBytes = kind === 'bytes';
  if (kind === undefined || (isBytes && !isKnownAsBytes(target, file))) return undefined;
  if (target.kind === 'MemberExpression') return /^[\w.]+$/.test(target.text) ? { target, part, why: 'attribute', isBytes } : undefined;
  if (target.kind !== 'VariableName') return undefined;
  if (isBytes) return { target, part, why: 'bytes', isBytes };
  return isOfOuterFunction(target, file) ? { target, part, why: 'nonlocal', isBytes } : undefined;
}

/** `text = part + text`, `text = text + a + b`: neither is extended in place. */
function assigned(statement: PythonNode, file: PythonFile): Growth | undefined {
  const assignment = simpleAssignment(statement);
  if (assignment?.target.kind !== 'VariableName' || assignment.value.kind !== 'BinaryExpression') return undefined;
  const { target, value } = assignment;
  const operands = operandsOf(value);
  const kind = operands.map((operand) => textKind(operand, file)).find((each) => each !== undefined);
  if (kind === undefined) return undefined;
  const isBytes = kind === 'bytes';
  const [first, last] = [operands[0]!, operands.at(-1)!];
  if (last.text === target.text && operands.length >= 2 && first.text !== target.text) return { target, part: value.firstChild!, why: 'front', isBytes };
  if (first.text !== target.text || operands.length < 2) return undefined;
  return operands.length > 2 ? { target, part: value, why: 'middle', isBytes } : isBytes ? { target, part: last, why: 'bytes', isBytes } : undefined;
}

/** The operands of a chain of additions, in order. */
export function operandsOf(node: PythonNode): PythonNode[] {
  if (node.kind !== 'BinaryExpression' || operatorOf(node) !== '+') return [node];
  return [...operandsOf(node.firstChild!), node.lastChild!];
}

function textKind(node: PythonNode, file: PythonFile): 'str' | 'bytes' | undefined {
  if (node.kind === 'FormatString') return 'str';
  const kind = file.valueOf(node)?.kind;
  return kind === 'str' || kind === 'bytes' ? kind : undefined;
}

/** A bytearray, which takes bytes in place, is told from bytes by what it begins with. */
function isKnownAsBytes(target: PythonNode, file: PythonFile): boolean {
  if (textKind(target, file) === 'bytes') return true;
  const bindings = target.kind === 'VariableName' ? (file.scopes.resolve(target.text, target)?.bindings ?? []) : [];
  return bindings.some(({ kind, value }) => kind !== 'update' && value !== undefined && textKind(value, file) === 'bytes');
}

function isOfOuterFunction(name: PythonNode, file: PythonFile): boolean {
  const fn = name.closest('FunctionDefinition');
  return fn?.descendants('ScopeStatement').some(({ text }) => /^nonlocal\b/.test(text) && new RegExp(`\\b${name.text}\\b`).test(text)) === true && file.scopes.resolve(name.text, name) !== undefined;
}

function isShort(loop: Loop, file: PythonFile): boolean {
  if ((loop.size !== undefined && loop.size < SMALL) || isHandful(loop) || isFewByNature(loop.label)) return true;
  return climbs(loop) || takesDigits(loop) || (loop.iterable !== undefined && comesFromOneText(loop.iterable, file));
}

/** The first addition to a text in a loop speaks for the others. */
function isFirst(statement: PythonNode, { target }: Growth, { node }: Loop, file: PythonFile): boolean {
  const additions = [...node.descendants('UpdateStatement'), ...node.descendants('AssignStatement')].filter((other) => growthOf(other, file)?.target.text === target.text);
  return additions.every((other) => other.start >= statement.start);
}

/** A text that begins anew in each round does not grow with the loop. */
function startsInside(target: PythonNode, statement: PythonNode, loop: Loop, file: PythonFile): boolean {
  const others = loop.node.descendants('AssignStatement').filter((other) => other !== statement);
  if (others.some((other) => simpleAssignment(other)?.target.text === target.text)) return true;
  if (loop.targets.some((each) => each.descendants('VariableName').some(({ text }) => text === target.text) || each.text === target.text || target.text.startsWith(`${each.text}.`))) return true;
  // `row.text += part` grows each row's own text.
  const root = target.text.split('.')[0]!;
  const bindings = file.scopes.resolve(root, target)?.bindings ?? [];
  return root !== 'self' && bindings.length > 0 && bindings.every((binding) => loop.node.contains(binding.node));
}
