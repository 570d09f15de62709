import { argumentsOf, calleeOf, dottedName, memberOf } from './expressions';
import { MUTATORS, mutatedCollections } from './mutation';
import type { PythonNode } from './node';
import { assignmentOf, forParts, withItems } from './statements';

/** What a stretch of code does to names and attributes ("items", "self.items"), as they are written. */
export interface Writes {
  /** Those that get another value. */
  readonly assigned: ReadonlySet<string>;
  /** Those whose value is changed in place. */
  readonly mutated: ReadonlySet<string>;
  /** Those handed to a function or asked by a method that nothing is known of, which may change them. */
  readonly passed: ReadonlySet<string>;
}

/** Builtins that read their arguments and keep none of them. */
const READING_BUILTINS = new Set(
  (
    'len sum min max sorted set frozenset list tuple dict str int float bool bytes abs round any all zip map filter enumerate range reversed ' +
    'isinstance issubclass type hash repr getattr hasattr print iter id callable format ord chr divmod deepcopy'
  ).split(' '),
);

/** Methods of the built-in types and the standard library's values that leave the receiver and the arguments as they are. */
const READING_METHODS = new Set(
  (
    'lower upper strip lstrip rstrip split rsplit splitlines join replace startswith endswith get keys values items copy format count index find ' +
    'encode decode union intersection difference symmetric_difference issubset issuperset isdisjoint title capitalize casefold zfill ljust rjust ' +
    'isdigit isalpha isalnum isoformat strftime removeprefix removesuffix partition rpartition match search fullmatch sub findall finditer exists ' +
    'is_file is_dir total_seconds append add extend insert appendleft remove discard debug info warning error exception critical ' +
    'dumps loads deepcopy safe_load safe_dump'
  ).split(' '),
);

const KNOWN = new WeakMap<PythonNode, Writes>();

/** What the code below a node writes; asked often for the same loop, so it is kept with the node. */
export function writesIn(node: PythonNode): Writes {
  let writes = KNOWN.get(node);
  if (writes === undefined) KNOWN.set(node, (writes = readWrites(node)));
  return writes;
}

/** Whether a name or dotted path, something it leads to, or something on the way to it may be written. */
export function isWritten(path: string, { assigned, mutated, passed }: Writes): boolean {
  return isAmong(path, assigned) || isAmong(path, mutated) || isAmong(path, passed);
}

/** Whether the value behind the path is surely another or changed: what is only handed on may stay as it is. */
export function isChanged(path: string, { assigned, mutated }: Writes): boolean {
  return isAmong(path, assigned) || isAmong(path, mutated);
}

function isAmong(path: string, paths: ReadonlySet<string>): boolean {
  if (paths.has(path)) return true;
  for (const written of paths) {
    if (path.startsWith(`${written}.`) || written.startsWith(`${path}.`)) return true;
  }
  return false;
}

function readWrites(root: PythonNode): Writes {
  const assigned = new Set<string>();
  const passed = new Set<string>();
  const assign = (target: PythonNode | undefined): void => {
    const path = dottedName(target);
    if (path !== undefined) assigned.add(path);
    else if (target !== undefined && /^(?:Tuple|Array|Parenthesized)Expression$/.test(target.kind)) target.children.forEach(assign);
  };
  for (const statement of root.descendants('AssignStatement')) assignmentOf(statement).targets.flat().forEach(assign);
  for (const statement of root.descendants('UpdateStatement')) assign(statement.firstChild);
  for (const statement of root.descendants('NamedExpression')) assign(statement.firstChild);
  for (const statement of root.descendants('ForStatement')) forParts(statement).targets.forEach(assign);
  for (const statement of root.descendants('WithStatement')) withItems(statement).forEach(({ target }) => assign(target));
  for (const statement of root.descendants('DeleteStatement')) statement.children.slice(1).forEach(assign);
  for (const call of root.descendants('CallExpression')) readCall(call, passed);
  return { assigned, mutated: mutatedCollections(root), passed };
}

/** Builtins and methods of the built-in types that leave the items they are given, or that they are asked of, as they are. */
export function leavesItems(call: PythonNode): boolean {
  const callee = calleeOf(call);
  const member = memberOf(callee);
  return member === undefined ? READING_BUILTINS.has(callee?.text ?? '') : READING_METHODS.has(member.name);
}

function readCall(call: PythonNode, passed: Set<string>): void {
  if (leavesItems(call)) return;
  const member = memberOf(calleeOf(call));
  const receiver = member && dottedName(member.object);
  // A module's function is no method: `json.dumps(x)`.
  if (receiver !== undefined && !MUTATORS.has(member!.name)) passed.add(receiver);
  for (const { value } of argumentsOf(call)) {
    const path = dottedName(value);
    if (path !== undefined) passed.add(path);
  }
}
