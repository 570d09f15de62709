import type { ColumnUse, FilterOperator, FilterUse } from '../../../core/facts';
import type { OrmFilter } from '../../../core/ormQuery';
import { argumentAt, argumentsOf, calleeOf, memberOf, operatorOf, unwrap } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import { isEnumerated } from './djangoConditions';

/** What the conditions of a query compare, gathered argument by argument. */
export interface Conditions {
  readonly filters: FilterUse[];
  /** Parallel to `filters`. */
  readonly places: OrmFilter[];
  readonly joins: (readonly [ColumnUse, ColumnUse])[];
}

const METHODS: Readonly<Record<string, FilterOperator>> = {
  in_: 'in', between: 'range', is_: 'is-null', is_not: 'other', isnot: 'other', not_in: 'other', notin_: 'other', like: 'other', ilike: 'other', startswith: 'like-prefix',
  contains: 'like-infix', icontains: 'like-infix', endswith: 'like-infix', any: 'other', has: 'other', op: 'other', match: 'other', overlap: 'other', any_: 'other', notlike: 'other', not_like: 'other',
};

/** Reads a condition into `into`; false where it hides what it compares. */
export function conditionsIn(condition: PythonNode, root: string, file: PythonFile, into: Conditions, isLoose = false): boolean {
  const node = unwrap(condition);
  if (node.kind === 'BinaryExpression') return binary(node, root, file, into, isLoose);
  if (node.kind === 'UnaryExpression') return node.lastChild !== undefined && conditionsIn(node.lastChild, root, file, into, true);
  const callee = calleeOf(node);
  if (callee === undefined) {
    // A boolean column by itself.
    const column = columnOf(node, file);
    if (column !== undefined) add(into, column, isLoose ? 'other' : '=', node, true);
    return column !== undefined;
  }
  const member = memberOf(callee);
  const name = member?.name ?? callee.text;
  if (/^(?:and_|or_|not_)$/.test(name)) return argumentsOf(node).every(({ value, unpacks }) => unpacks === undefined && conditionsIn(value, root, file, into, isLoose || name !== 'and_'));
  const operator = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  const side = operator && member && compared(member.object, file);
  if (operator === undefined || side === undefined) return false;
  const value = argumentAt(node, 0);
  add(into, side, isLoose ? 'other' : operator, node, value !== undefined && isEnumerated(value));
  return true;
}

function binary(node: PythonNode, root: string, file: PythonFile, into: Conditions, isLoose: boolean): boolean {
  const operator = operatorOf(node);
  const [left, right] = [unwrap(node.firstChild!), unwrap(node.lastChild!)];
  if (operator === '&' || operator === '|') {
    const loose = isLoose || operator === '|';
    return conditionsIn(left, root, file, into, loose) && conditionsIn(right, root, file, into, loose);
  }
  const sides = [compared(left, file), compared(right, file)];
  if (sides[0] && sides[1]) {
    if (operator === '==' && !isLoose && sides.every((side) => side!.wrappedBy === undefined)) into.joins.push([sides[0], sides[1]]);
    return true;
  }
  const side = sides[0] ?? sides[1];
  const value = sides[0] ? right : left;
  if (side === undefined) return false;
  add(into, side, isLoose ? 'other' : comparison(operator, value), node, isEnumerated(value));
  return true;
}

function comparison(operator: string, value: PythonNode): FilterOperator {
  if (operator === '==') return value.kind === 'None' ? 'is-null' : '=';
  return /^[<>]=?$/.test(operator) ? 'range' : 'other';
}

function add({ filters, places }: Conditions, use: ColumnUse & { readonly wrappedBy?: string }, operator: FilterOperator, node: PythonNode, enumerated: boolean): void {
  filters.push({ ...use, operator, ...(enumerated && { isEnumerated: true }) });
  places.push({ span: { start: node.start, end: node.end } });
}

/** One side of a comparison where it is a column, or a function of one: `func.lower(Order.name)`. */
function compared(node: PythonNode, file: PythonFile): (ColumnUse & { wrappedBy?: string }) | undefined {
  const callee = calleeOf(node);
  if (callee === undefined) return columnOf(node, file);
  const member = memberOf(callee);
  const inner = argumentAt(node, 0);
  const isFunction = member?.object.text === 'func' || /\.func$/.test(member?.object.text ?? '') || callee.text === 'cast';
  const column = isFunction && inner ? columnOf(unwrap(inner), file) : undefined;
  return column && { ...column, wrappedBy: (member?.name ?? callee.text).toLowerCase() };
}

/** `Order.created` of a mapped class. */
export function columnOf(node: PythonNode, file: PythonFile): ColumnUse | undefined {
  const member = memberOf(node);
  if (member === undefined) return undefined;
  const owner = file.valueOf(member.object);
  const name = member.object.text.slice(member.object.text.lastIndexOf('.') + 1);
  const isClass = owner === undefined ? /^[A-Z]\w*[a-z]/.test(name) : owner.kind === 'model' || owner.kind === 'class';
  // `Status.OPEN` is a constant of an enumeration.
  return isClass && !/^[A-Z][A-Z0-9_]*$/.test(member.name) ? { table: name, column: member.name } : undefined;
}
