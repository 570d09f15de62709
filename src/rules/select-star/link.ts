import type { Candidate, Linked } from '../../core/rule';
import type { Field, Model, Table, WorkspaceView } from '../../core/workspaceView';
import { fieldNamed } from '../../workspace/models/fields';
import { knownRows } from '../../workspace/models/rows';
import { isSmallTable } from '../../workspace/schema/smallTables';
import type { Facts } from './rule';

/** Types whose values may take kilobytes each, so that a database keeps them apart from the row. */
const LARGE = /^(?:json|jsonb|hstore|xml|bytea|blob|(?:medium|long)(?:text|blob)|binary|varbinary|image|clob|vector|tsvector)\b/;
/** A text may be as short as a name, unless its own name says that somebody writes at length. */
const WRITTEN = /(?:^|_)(?:body|contents?|descriptions?|html|markdown|notes?|messages?|comments?|summary|details|biography|bio|transcript|raw|source|article|essay|long_?text|output|logs?|stack_?trace|prompt|instructions)$/i;
/** As many columns that nobody uses cost more than the few that somebody does. */
const MANY_UNUSED = 8;
const FEW_USED = 3;
const WIDE_TABLE = 15;

export function linkWholeRows(candidate: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined {
  return candidate.facts.rows === undefined ? linkStatement(candidate, workspace) : linkModel(candidate, workspace);
}

/** Confirms that the code uses few of the model's columns, and that the others are worth leaving out. */
function linkModel({ facts, file, functionName }: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined {
  const model = knownRows(facts.rows!, file, workspace.models)?.model;
  if (model === undefined || isSmallTable(model.table, workspace)) return undefined;
  const used = facts.used.map((name) => columnNamed(model, name));
  // A property or a relation needs columns that are not seen here.
  if (used.length === 0 || used.some((field) => field === undefined)) return undefined;
  const columns = [...model.fields.values()].filter(({ column }) => column !== undefined);
  const unused = columns.filter((field) => !used.includes(field));
  const large = unused.filter(({ name, type }) => isLarge(name, type));
  const isWide = unused.length >= MANY_UNUSED && used.length <= FEW_USED;
  const isCold = workspace.heatOf(file, functionName).heat === 'cold';
  if ((large.length === 0 && (isCold || !isWide)) || used.length > columns.length / 2) return undefined;
  return {
    facts: { ...facts, table: model.name, columns: columns.length, large: large.map(({ name }) => name) },
    confidence: large.length > 0 && !isCold ? 'likely' : 'possible',
    size: { kind: 'table', name: model.table },
  };
}

const isLarge = (name: string, type: string): boolean => LARGE.test(type) || (/^text\b/.test(type) && WRITTEN.test(snakeCase(name)));

const snakeCase = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2');

function columnNamed(model: Model, name: string): Field | undefined {
  const field = fieldNamed(model, name);
  // Read under the relation's own name it is the related row.
  if (field?.column === undefined || (field.relation !== undefined && field.name === name)) return undefined;
  return field;
}

/** Confirms `SELECT *` of tables that the workspace's schema knows to be wide. */
function linkStatement({ facts, file, functionName }: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined {
  // What runs once or seldom, as a migration does, may read whole rows.
  if (workspace.heatOf(file, functionName).heat === 'cold') return undefined;
  const tables = (facts.tables ?? []).map((name) => workspace.schema.table(name));
  const [first] = tables;
  if (first === undefined || tables.some((table) => table === undefined || isSmallTable(table.name, workspace))) return undefined;
  const known = tables as Table[];
  if (known.some((table) => isOneRow(table, facts.equal ?? []))) return undefined;
  const columns = known.flatMap((table) => [...table.columns.values()]);
  const large = columns.filter(({ type }) => LARGE.test(type));
  if (large.length === 0 && columns.length < WIDE_TABLE) return undefined;
  return {
    facts: { ...facts, table: first.name, columns: columns.length, large: large.map(({ name }) => name) },
    confidence: 'possible',
    size: { kind: 'table', name: first.name },
  };
}

/** A unique index covers the columns that are compared for equality. */
function isOneRow({ indexes }: Table, equal: readonly string[]): boolean {
  return indexes.some(({ unique, columns }) => unique && columns.every((column) => equal.includes(column.toLowerCase())));
}
