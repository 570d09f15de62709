import { calleeOf, memberOf, operatorOf, outerParent, rootName, unwrap } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import type { Binding } from '../../syntax/python/scope';
import { simpleAssignment } from '../../syntax/python/statements';

const CLOCKS: ReadonlySet<string> = new Set(['time.time', 'datetime.datetime.now', 'datetime.datetime.utcnow', 'django.utils.timezone.now', 'django.utils.timezone.datetime.now']);
const NAMES: ReadonlySet<string> = new Set(['time', 'now', 'utcnow']);

/** The qualified name of the clock that a call reads, e.g. "time.time"; undefined for any other expression. */
export function clockOf(expression: PythonNode, file: PythonFile): string | undefined {
  const node = unwrap(expression);
  if (node.kind !== 'CallExpression' || !NAMES.has(node.calledName)) return undefined;
  const qualified = file.names.qualified(calleeOf(node));
  return qualified !== undefined && CLOCKS.has(qualified) ? qualified : undefined;
}

/** A name that holds readings of one clock and nothing else. */
export interface Timer {
  readonly clock: string;
  readonly bindings: readonly Binding[];
  /** The function, class or module that binds the name. */
  readonly scope: PythonNode;
}

export function timerOf(expression: PythonNode, file: PythonFile): Timer | undefined {
  const node = unwrap(expression);
  if (node.kind !== 'VariableName') return undefined;
  const resolution = file.scopes.resolve(node.text, node);
  const clock = resolution && clockOfBindings(resolution.bindings, file);
  return clock === undefined ? undefined : { clock, bindings: resolution!.bindings, scope: resolution!.scope.node };
}

function clockOfBindings(bindings: readonly Binding[], file: PythonFile): string | undefined {
  const clocks = bindings.map(({ kind, value }) => (kind === 'assignment' && value ? clockOf(value, file) : undefined));
  return clocks.every((clock) => clock !== undefined && clock === clocks[0]) ? clocks[0] : undefined;
}

/** Every read of a timer. */
export function usesOf({ bindings }: Timer, file: PythonFile): readonly PythonNode[] {
  const name = bindings[0]!.node.text;
  return file.usesOf(name).filter((use) => file.scopes.resolve(name, use)?.bindings === bindings);
}

/** The subtraction that a name is one side of. */
export function differenceAround(use: PythonNode): PythonNode | undefined {
  const parent = outerParent(use);
  return parent?.kind === 'BinaryExpression' && operatorOf(parent) === '-' ? parent : undefined;
}

/** Objects that live as long as one request, query or task. */
const CARRIERS = /^(?:g|request|req|response|conn|connection|context|ctx|state|info|event|environ|scope|task)$/;
const BEGINNINGS = /start|begin|began|timer|^t0$/i;

/** The clock behind `request.start_time`, where some hook of this file puts a reading, and behind a timer's `self.start`. */
export function carriedClock(expression: PythonNode, file: PythonFile): string | undefined {
  const node = unwrap(expression);
  const member = memberOf(node);
  if (member === undefined || !BEGINNINGS.test(member.name)) return undefined;
  if (member.object.text === 'self') return timerClass(node, member.name, file);
  if (!CARRIERS.test(rootName(node)?.text ?? '')) return undefined;
  const values = file.root.descendants('AssignStatement').flatMap((statement) => {
    const assigned = simpleAssignment(statement);
    return assigned && memberOf(assigned.target)?.name === member.name ? [assigned.value] : [];
  });
  const clocks = values.map((value) => clockOf(value, file));
  return clocks.every((clock) => clock !== undefined) ? clocks[0] : undefined;
}

/** `with Timer():` takes one reading in `__enter__` and the other in `__exit__`. */
function timerClass(node: PythonNode, name: string, file: PythonFile): string | undefined {
  const method = node.closest('FunctionDefinition');
  const declaration = method?.closest('ClassDefinition', 'FunctionDefinition');
  if (declaration?.kind !== 'ClassDefinition' || !/^__a?exit__$/.test(method!.child('VariableName')?.text ?? '')) return undefined;
  const bindings = file.scopes.scopeOf(declaration)?.attributes.get(name) ?? [];
  return clockOfBindings(bindings.filter(({ value }) => value?.kind !== 'None' && value?.kind !== 'Number'), file);
}
