import type { ModelLibrary, ModelReference, ReadPath } from '../../core/models';
import type { SizeReference } from '../../core/rule';
import type { PythonFile } from './file';
import { isErrorPath, leavesEarly } from './iteration';
import type { Loop } from './loops';
import { pathFrom } from './models/members';
import { asModelReference } from './models/references';
import type { PythonNode } from './node';
import { isHandful, isRetry, SMALLEST_LOOP, sizeOf, STREAM } from './perItem';
import type { Value } from './values';

/** Rows of an ORM model, as far as one file can tell. */
export interface Rows {
  readonly model: ModelReference & { readonly library: ModelLibrary };
  /** They are the rows of this relation of the model, as names with dots. */
  readonly through?: string;
  /** Relations that their query reads along; absent where only the relation is known that they come from. */
  readonly eager?: readonly string[];
}

/** Something read of each row of a loop. */
export interface RowRead {
  readonly rows: Rows;
  /** This read, and the others of the loop under the same first name. */
  readonly paths: readonly ReadPath[];
  /** What the loop reads of the row before it. */
  readonly before: readonly ReadPath[];
  /** As a reader sees it: "order.customer.name". */
  readonly text: string;
  readonly loop: Loop;
  readonly size: SizeReference;
}

/** The rows that a value stands for: one of them, or a query of them. */
export function rowsOf(value: Value | undefined): Rows | undefined {
  if (value === undefined || (value.library !== 'django' && value.library !== 'sqlalchemy')) return undefined;
  // Who made rows that are handed in, and what was read along with them, is not known.
  if (value.eager === undefined && value.through === undefined) return undefined;
  const reference = asModelReference(value.reference) ?? (value.table === undefined || value.through !== undefined ? undefined : { name: value.table });
  return reference && { model: { ...reference, library: value.library }, through: value.through, eager: value.eager };
}

/** `order.customer.name` in a loop over orders: the first read of that attribute, told by the loop's own variable. */
export function rowRead(member: PythonNode, file: PythonFile): RowRead | undefined {
  const row = member.firstChild;
  if (row?.kind !== 'VariableName' || member.lastChild?.kind !== 'PropertyName') return undefined;
  const loop = loopBinding(row, member, file);
  if (loop === undefined || isFew(loop) || leavesEarly(loop) || isErrorPath(member, loop.node)) return undefined;
  const value = file.valueOf(row);
  const rows = value?.kind === 'record' ? rowsOf(value) : undefined;
  const path = rows && pathFrom(row);
  if (rows === undefined || path === undefined || path.length === 0) return undefined;
  const uses = file.usesOf(row.text).filter((use) => loop.node.contains(use));
  const same = uses.filter((use) => pathFrom(use)[0] === path[0]);
  // A relation that was read once is kept with its row.
  if (same[0] !== row) return undefined;
  const before = uses.filter((use) => use.index < row.index).map(pathFrom);
  return { rows, paths: same.map(pathFrom), before, text: `${row.text}.${path.join('.')}`, loop, size: sizeOf(loop, file) };
}

/** The loop around a use whose variable it is. */
function loopBinding(row: PythonNode, at: PythonNode, file: PythonFile): Loop | undefined {
  const loops = file.loopsAround(at);
  if (loops.length === 0) return undefined;
  const bindings = file.scopes.resolve(row.text, row)?.bindings ?? [];
  return loops.find(({ node, targets }) => targets.some((target) => target.text === row.text) && bindings.some((binding) => binding.kind === 'loop' && binding.owner === node));
}

function isFew(loop: Loop): boolean {
  const isSmall = loop.size !== undefined && loop.size < SMALLEST_LOOP;
  return isSmall || isHandful(loop) || isRetry(loop) || STREAM.test(loop.label);
}
