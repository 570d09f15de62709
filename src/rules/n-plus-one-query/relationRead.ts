import type { FindingFix } from '../../core/finding';
import type { ReadPath } from '../../core/models';
import type { Candidate, Linked } from '../../core/rule';
import type { Position } from '../../core/text';
import type { WorkspaceView } from '../../core/workspaceView';
import { lazyReads, type LazyRead } from '../../workspace/models/lazyReads';
import { loaderFor } from '../../workspace/models/loaders';
import { knownRows, type NamedRows } from '../../workspace/models/rows';
import type { Facts } from './rule';

/** What is read of each row of a loop, before it is known what of it is a relation. */
export interface Read extends NamedRows {
  /** All that is read of the row under the same first name. */
  readonly paths: readonly ReadPath[];
  /** What the loop has read of the row before. */
  readonly before: readonly ReadPath[];
  /** The loop's variable: "order". */
  readonly row: string;
  /** Where the rows' query can be told to read more along, and where an import can be added. */
  readonly origin?: { readonly position: Position; readonly importAt?: Position; readonly imported?: readonly string[] };
}

/** Confirms a read that makes the ORM ask for a relation row by row. */
export function linkRelationRead(candidate: Candidate<Facts>, read: Read, workspace: WorkspaceView): Linked<Facts> | undefined {
  const rows = knownRows(read, candidate.file, workspace.models);
  if (rows === undefined) return undefined;
  const known = new Set(lazyReads(rows.model, read.before, rows.eager).map(({ relation }) => relation));
  const reads = lazyReads(rows.model, read.paths, rows.eager).filter((each) => isOwn(each, rows.model.library) && !known.has(each.relation));
  const [first] = reads;
  if (first === undefined) return undefined;
  const loader = loaderFor(rows.model, reads);
  const { via } = first;
  return {
    facts: { ...candidate.facts, read: undefined, relation: { model: rows.model.name, name: first.relation, kind: first.kind, loader: loader.call.replace(/^\./, ''), via: via?.member.name, keyOnly: first.keyOnly ? keyName(read, first) : undefined } },
    confidence: rows.isDoubtful || reads.every(({ isConditional }) => isConditional) ? 'possible' : 'likely',
    related: via === undefined ? [] : [{ file: via.member.file, line: via.member.line, message: `${via.model.name}.${via.member.name} reads ${first.relation}.` }],
    fixes: rows.isDoubtful ? [] : [loadingFix(candidate.file, read, reads, loader)].filter((fix) => fix !== undefined),
  };
}

/** A call on a manager of related rows is a finding of its own, where it stands. */
const isOwn = ({ kind, via }: LazyRead, library: string): boolean => kind === 'one' || via !== undefined || library === 'sqlalchemy';

/** `order.customer_id`, which the row has, for `order.customer.id`. */
const keyName = ({ row }: Read, { relation }: LazyRead): string => `${row}.${relation}_id`;

function loadingFix(file: string, { origin }: Read, reads: readonly LazyRead[], loader: ReturnType<typeof loaderFor>): FindingFix | undefined {
  if (origin === undefined || loader.call === '') return undefined;
  const missing = loader.imports.filter((name) => !origin.imported?.includes(name));
  if (missing.length > 0 && origin.importAt === undefined) return undefined;
  const insertion = (position: Position, newText: string) => ({ file, range: { start: position, end: position }, newText });
  return {
    title: `Read ${reads.map(({ relation }) => relation).join(', ')} along with the rows`,
    kind: 'suggestion',
    edits: [
      ...(missing.length > 0 ? [insertion(origin.importAt!, `from sqlalchemy.orm import ${missing.join(', ')}\n`)] : []),
      insertion(origin.position, loader.call),
    ],
    caveat: 'Every row is read with the relation, whether the loop comes to it or not.',
  };
}
