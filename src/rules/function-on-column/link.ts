import type { SqlDialect } from '../../core/facts';
import type { FindingFix } from '../../core/finding';
import type { Candidate, Linked } from '../../core/rule';
import type { Table, WorkspaceView } from '../../core/workspaceView';
import { columnName, expressionIndexSteps, indexName, migrationFix, quotedName } from '../../workspace/schema/indexDdl';
import { isNarrowedOtherwise } from '../../workspace/schema/indexNeeds';
import { plainName } from '../../workspace/schema/names';
import { isServed, servingIndex } from '../../workspace/schema/serving';
import { isSmallTable } from '../../workspace/schema/smallTables';
import { hasFewValues, namesFewValues } from '../../workspace/schema/uses';
import type { Facts } from './rule';
import { turned } from './turned';

const TEXT_TYPE = /^(?:text|varchar|character varying|char|citext|name|bpchar)\b/;
/** What an index can be made of: it gives the same result for the same row, whatever the session's settings are. */
const IMMUTABLE = /^(?:case|function|null)$/;

/** Confirms a comparison that no index serves, and that an index on the column, or on the expression, would. */
export function linkComparison(candidate: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined {
  const { facts, confidence } = candidate;
  if (facts.table !== undefined && isSmallTable(facts.table, workspace)) return undefined;
  const table = facts.table === undefined ? undefined : workspace.schema.table(facts.table);
  return table === undefined ? withoutSchema(candidate, workspace) : withSchema(facts, table, confidence, candidate.file, workspace);
}

/** Without a definition nobody knows whether the expression has an index. */
function withoutSchema({ facts }: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined {
  const { query, column, comparison, wrapping } = facts;
  if (comparison !== 'equality' || wrapping === 'cast' || namesFewValues(column)) return undefined;
  const isNarrowed = query?.filters.some((use) => use.operator === '=' && use.wrappedBy === undefined && !namesFewValues(use.column));
  if (isNarrowed || (query !== undefined && query.joins.length > 0)) return undefined;
  const size = facts.table === undefined ? undefined : ({ kind: 'table', name: facts.table } as const);
  return { facts: { ...facts, dialect: workspace.dialect }, size, confidence: 'possible' };
}

function withSchema(facts: Facts, table: Table, confidence: Candidate<Facts>['confidence'], file: string, workspace: WorkspaceView): Linked<Facts> | undefined {
  const column = plainName(facts.column);
  const definition = table.columns.get(column);
  if (definition === undefined || hasFewValues(column, table) || isHarmless(facts, definition.type)) return undefined;
  if (facts.expression !== undefined && isServed(table, [facts.expression], [])) return undefined;
  if (facts.query !== undefined && isNarrowedOtherwise(table, facts.query, workspace.schema)) return undefined;
  const index = servingIndex(table, [column], []);
  // A range of everything narrows nothing, so only an index that is already there speaks for one.
  if (index === undefined && facts.comparison !== 'equality') return undefined;
  const isUnsure = workspace.schema.mayLackIndexes || (index === undefined && facts.wrapping !== 'case') || facts.wrapping === 'null';
  const linked = { ...facts, table: table.name, index: index?.name, dialect: table.dialect };
  return {
    facts: linked,
    size: { kind: 'table', name: table.name },
    confidence: isUnsure ? 'possible' : confidence,
    related: index === undefined ? [] : [{ file: index.file, line: index.line, message: `${index.name} is created here.` }],
    fixes: [turningFix(linked, file, table.dialect), indexFix(linked, table, workspace)].filter((fix) => fix !== undefined),
  };
}

/** Text cast to text is the same text, and a day of a column of days is the column. */
function isHarmless({ wrapping, type = '' }: Facts, columnType: string): boolean {
  if (wrapping === 'cast') return TEXT_TYPE.test(type) && TEXT_TYPE.test(columnType.toLowerCase());
  return (wrapping === 'day' && /^date$/i.test(columnType)) || (wrapping === 'case' && /^citext/i.test(columnType));
}

function turningFix({ turnable, wrapping }: Facts, file: string, dialect: SqlDialect | undefined): FindingFix | undefined {
  const newText = turnable && turned(turnable, dialect);
  if (turnable === undefined || newText === undefined) return undefined;
  const caveat =
    wrapping === 'arithmetic'
      ? 'Months and daylight saving time may move a boundary by a day or an hour.'
      : "What it is compared with must be a day without a time, and the session's time zone must be the one in which days are meant.";
  return { title: `Compare ${turnable.column} itself`, kind: 'suggestion', edits: [{ file, range: turnable.range, newText }], caveat };
}

function indexFix({ wrapping, expression, column, comparison, form }: Facts, table: Table, workspace: WorkspaceView): FindingFix | undefined {
  const called = /^(\w+)\(/.exec(form)?.[1]?.toLowerCase();
  const isPlainCall = called !== undefined && expression === `${called}(${column.toLowerCase()})`;
  if (!IMMUTABLE.test(wrapping) || !isPlainCall || comparison === 'range' || table.dialect !== 'postgresql') return undefined;
  const indexed = `${called}(${quotedName(columnName(table, column), table.dialect)})`;
  const name = indexName(table.name, [called, column]);
  const definition = comparison === 'prefix' ? `(${indexed} text_pattern_ops)` : `(${indexed})`;
  const title = `Add a migration that creates an index on ${table.name} (${indexed})`;
  const caveat = `It serves ${called}(${column}) only; comparing one stored case needs no index more than there is.`;
  return migrationFix(title, table.file, [{ name: `add_${name}`, steps: expressionIndexSteps(table, name, definition) }], workspace, caveat);
}
