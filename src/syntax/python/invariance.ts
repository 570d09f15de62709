import { calleeOf, dottedName, memberOf } from './expressions';
import type { PythonFile } from './file';
import { iterationNames, mentions } from './iteration';
import { KindSet } from './kinds';
import type { Loop } from './loops';
import type { PythonNode } from './node';
import { isChanged, isWritten, writesIn } from './writes';

/** What makes an expression do something, or give something else each time. */
const IMPURE = ['AwaitExpression', 'YieldExpression', 'NamedExpression'] as const;
const NAMES = new KindSet(['VariableName']);

const PURE_BUILTINS = new Set(
  'len sum min max sorted set frozenset list tuple dict str int float bool bytes abs round any all zip map filter enumerate range reversed isinstance type hash repr ord chr divmod'.split(' '),
);
const PURE_METHODS = new Set(
  (
    'lower upper strip lstrip rstrip split rsplit splitlines join replace startswith endswith get keys values items copy format count index find ' +
    'encode decode union intersection difference symmetric_difference issubset issuperset isdisjoint title capitalize casefold zfill ljust rjust ' +
    'isdigit isalpha isalnum isoformat strftime removeprefix removesuffix partition rpartition total_seconds'
  ).split(' '),
);
/** Functions of the standard library whose result depends on their arguments alone. */
const PURE_FUNCTIONS =
  /^(?:re\.(?:compile|escape)|(?:json|pickle)\.(?:dumps|loads)|yaml\.(?:safe_load|load|safe_dump|dump)|copy\.(?:copy|deepcopy)|math\.\w+|operator\.\w+|itertools\.\w+|os\.path\.(?:join|basename|dirname|splitext|normpath|split)|hashlib\.\w+|base64\.\w+|collections\.(?:Counter|OrderedDict)|datetime\.(?:timedelta|date|time|datetime)|decimal\.Decimal|fractions\.Fraction|statistics\.\w+|textwrap\.\w+|urllib\.parse\.\w+|string\.\w+|builtins\.\w+)$/;

/** What calling an unknown function with a value does to it: `may-change` is for fixes, `keeps` for what is only said. */
export type Passing = 'may-change' | 'keeps';

/**
 * Whether an expression has the same value in each round of a loop and evaluating it changes nothing: what it reads was
 * there before the loop, nothing in the loop may change it, and it calls only what is known to be pure.
 */
export function isInvariant(expression: PythonNode, loop: Loop, file: PythonFile, passing: Passing = 'may-change'): boolean {
  return isPure(expression, file) && namesIn(expression).every((name) => isStable(name, expression, loop, file, passing));
}

/** Whether evaluating the expression changes nothing and asks nobody but what is known to be pure. */
export function isPure(expression: PythonNode, file: PythonFile): boolean {
  if (IMPURE.some((kind) => expression.kind === kind || expression.descendants(kind).length > 0)) return false;
  const calls = expression.kind === 'CallExpression' ? [expression, ...expression.descendants('CallExpression')] : expression.descendants('CallExpression');
  return calls.every((call) => isPureCall(call, file));
}

/** The loops, from the inside out, in each of which an expression of the innermost is the same in every round. */
export function loopsWithSame(expression: PythonNode, place: PythonNode, file: PythonFile, passing: Passing = 'may-change'): Loop[] {
  const same: Loop[] = [];
  for (const loop of file.loopsAround(place)) {
    if (!isInvariant(expression, loop, file, passing)) break;
    same.push(loop);
  }
  return same;
}

/** Whether an expression reads something that a round of the loop brings along: its item, or what the body makes of it. */
export function dependsOn(expression: PythonNode, loop: Loop): boolean {
  return mentions(expression, iterationNames(loop));
}

function namesIn(expression: PythonNode): PythonNode[] {
  const found: PythonNode[] = [];
  const { tree, index } = expression;
  tree.scan(NAMES, index, tree.afterAt(index), (row) => found.push(tree.node(row)));
  // A keyword's name is none: `sorted(xs, key=f)`.
  return found.filter((name) => !(name.parent?.kind === 'ArgList' && name.next?.kind === 'AssignOp'));
}

function isStable(name: PythonNode, expression: PythonNode, loop: Loop, file: PythonFile, passing: Passing): boolean {
  const bindings = file.scopes.resolve(name.text, name)?.bindings;
  if (bindings === undefined) return true;
  if (bindings.some((binding) => expression.contains(binding.node))) return true;
  if (loop.kind === 'comprehension') {
    if (loop.targets.some((target) => mentions(target, new Set([name.text])))) return false;
  } else if (bindings.some((binding) => loop.node.contains(binding.node))) return false;
  // A module's functions are not changed by calling one of them.
  if (bindings.every(({ kind }) => kind === 'import' || kind === 'function' || kind === 'class')) return true;
  const writes = writesIn(loop.node);
  return passing === 'keeps' ? !isChanged(pathFrom(name), writes) : !isWritten(pathFrom(name), writes);
}

/** The longest dotted path that begins at a name: "self.items" of `self.items[0].x`; a called method is left out. */
function pathFrom(name: PythonNode): string {
  let at = name;
  for (let parent = at.parent; parent !== undefined && dottedName(parent) !== undefined; parent = at.parent) {
    if (calleeOf(parent.parent ?? parent) === parent) break;
    at = parent;
  }
  return dottedName(at)!;
}

/** A call of the language's own functions whose result depends on the receiver and the arguments alone. */
export function isPureCall(call: PythonNode, file: PythonFile): boolean {
  const callee = calleeOf(call);
  const qualified = file.names.qualified(callee);
  if (qualified !== undefined) return qualified.startsWith('builtins.') ? PURE_BUILTINS.has(qualified.slice('builtins.'.length)) : PURE_FUNCTIONS.test(qualified);
  const member = memberOf(callee);
  return member !== undefined && PURE_METHODS.has(member.name);
}
