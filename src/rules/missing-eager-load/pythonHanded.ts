import type { Match } from '../../core/rule';
import { MORE_RELATIONS } from '../../syntax/python/data/loading';
import type { PythonFile, PythonNode, Value } from '../../syntax/python/file';
import { originOf } from '../../syntax/python/queries/origin';
import { rowsOf } from '../../syntax/python/rowReads';
import type { Facts, Handed, Origin, Showing } from './facts';

interface Handing {
  /** Where the rows are asked for or handed over. */
  readonly place: PythonNode;
  /** One of the rows. */
  readonly row: Value | undefined;
  /** The expression that makes their query, where it can be told to read more along. */
  readonly query?: PythonNode;
  readonly shownBy: string;
  readonly showing: readonly Showing[];
  readonly isOneRow?: boolean;
  readonly view?: Handed['view'];
  readonly origin?: Origin;
  readonly confidence?: Match<Facts>['confidence'];
}

/** The match for rows that are handed to something which shows them; undefined where their model is not known. */
export function handed(handing: Handing, file: PythonFile): Match<Facts> | undefined {
  const { place, row, query, shownBy, showing, isOneRow, view, origin, confidence } = handing;
  const rows = rowsOf(row);
  if (rows === undefined || showing.length === 0) return undefined;
  return {
    span: { start: place.start, end: place.end },
    confidence: confidence ?? 'likely',
    facts: { shownBy, handed: { ...rows, showing, isOneRow, view, origin: origin ?? originOf(query, file) } },
  };
}

/** One row of what an expression yields: of a query set, a list of rows, a page of them. */
export function rowIn(value: Value | undefined): Value | undefined {
  if (value?.kind === 'queryset' || value?.kind === 'list' || value?.kind === 'iterator') return value.element?.kind === 'record' ? value.element : undefined;
  return undefined;
}

/** Rows whose query begins out of sight are no finding. */
export const isInSight = (row: Value | undefined): boolean => row !== undefined && row.eager !== undefined && !row.eager.includes(MORE_RELATIONS);
