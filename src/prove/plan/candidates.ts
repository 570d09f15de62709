import type { Candidate } from '../../core/proof';
import type { Schema, Table } from '../../core/workspaceView';
import { columnSide, operatorName } from '../../syntax/sql/query/expressions';
import type { SqlStatement } from '../../syntax/sql/statement';
import { walk, type SqlNode } from '../../syntax/sql/tree';
import { indexName } from '../../workspace/schema/indexDdl';
import { isSameName, plainName } from '../../workspace/schema/names';
import { quoteName } from './names';
import type { EngineProfile, PlannedCandidate } from './plan';
import { parameterNumbers, readStatement } from './prepareQuery';

export interface CandidateContext {
  readonly schema: Schema;
  readonly profile: EngineProfile;
  /** The statement as it is explained, and the file to name in failures. */
  readonly statement: SqlStatement;
  readonly file: string;
}

/** A change with the findings that recommend it. */
export interface RecommendedCandidate {
  readonly candidate: Candidate;
  readonly findings: readonly string[];
}

/** A change as statements, before it is said whose advice it is. */
type Change = Omit<PlannedCandidate, 'findings'>;

/** The changes a rule wants tried, as statements of the engine's dialect. A search has more than one answer. */
export function planCandidates(candidates: readonly RecommendedCandidate[], context: CandidateContext): PlannedCandidate[] {
  return candidates.flatMap(({ candidate, findings }) => changesFor(candidate, context).map((change) => ({ ...change, findings })));
}

function changesFor(candidate: Candidate, context: CandidateContext): Change[] {
  const table = context.schema.table(candidate.table);
  if (table === undefined) return [];
  if (candidate.kind === 'index') return indexCandidate(table, candidate.columns);
  const condition = searchCondition(context.statement, candidate.column);
  if (condition === undefined) return [];
  return context.profile.dialect === 'sqlite' ? sqliteSearches(table, condition, context) : postgresSearches(table, condition, context);
}

function indexCandidate(table: Table, columns: readonly string[]): Change[] {
  const spelled = columns.flatMap((name) => table.columns.get(plainName(name))?.name ?? []);
  if (spelled.length < columns.length || spelled.length === 0) return [];
  const name = freeName(indexName(table.name, spelled), table);
  return [
    {
      title: `Index on ${table.name} (${spelled.join(', ')})`,
      table: table.name,
      statements: [`CREATE INDEX ${quoteName(name)} ON ${quoteName(table.name)} (${spelled.map(quoteName).join(', ')})`],
      indexes: [name],
      altersTable: false,
    },
  ];
}

const freeName = (name: string, table: Table): string => (table.indexes.some((index) => isSameName(index.name, name)) ? `${name}_2` : name);

/** The comparison with a wildcard in front, with what is compared and with what. */
interface SearchCondition {
  readonly node: SqlNode;
  readonly column: string;
  /** The function around the column, lower case. */
  readonly wrappedBy?: string;
  /** The name the table goes by in the query. */
  readonly alias: string;
}

function searchCondition(statement: SqlStatement, column: string): SearchCondition | undefined {
  let found: SearchCondition | undefined;
  walk(statement.root, (node) => {
    const side = /^~~\*?$/.test(operatorName(node)) ? columnSide(node.first('lexpr')) : undefined;
    const path = side?.reference.as('ColumnRef')?.fields ?? [];
    const last = path.at(-1);
    if (side === undefined || found !== undefined || last === undefined || !('String' in last) || !isSameName(last.String.sval ?? '', column)) return;
    const first = path[0];
    const qualifier = path.length > 1 && first !== undefined && 'String' in first ? first.String.sval : undefined;
    const source = statement.queryAround(node)?.sources[0]?.alias;
    found = { node, column: last.String.sval ?? column, wrappedBy: side.wrappedBy, alias: qualifier ?? source ?? '' };
  });
  return found;
}

const WORD_SEARCH =
  'A word search is not a substring search: it finds rows that contain the whole word, so "lamp" no longer finds "lampshade", and it ignores punctuation and the order of words.';
const SAME_ROWS = 'Finds the same rows as before, in any part of a word. Terms of fewer than three letters gain nothing.';

function postgresSearches(table: Table, condition: SearchCondition, context: CandidateContext): Change[] {
  const column = table.columns.get(plainName(condition.column));
  if (column === undefined) return [];
  const { name } = column;
  const expression = condition.wrappedBy === undefined ? quoteName(name) : `${condition.wrappedBy}(${quoteName(name)})`;
  const trigram = indexName(table.name, [name, 'trgm']);
  const vector = `${plainName(name).replace(/[^a-z0-9_]+/g, '_')}_search`;
  const fullText = indexName(table.name, [vector]);
  const text = column.nullable ? `coalesce(${quoteName(name)}, '')` : quoteName(name);
  const qualified = condition.alias === '' ? vector : `${condition.alias}.${vector}`;
  const rewritten = rewrite(condition, context, { table: table.name, column: name }, (pattern) => `${qualified} @@ websearch_to_tsquery('simple', ${pattern})`);
  const title = `${table.name}.${name}`;
  return [
    {
      title: `Trigram index on ${title}`,
      table: table.name,
      statements: ['CREATE EXTENSION IF NOT EXISTS pg_trgm', `CREATE INDEX ${trigram} ON ${quoteName(table.name)} USING gin (${expression} gin_trgm_ops)`],
      indexes: [trigram],
      altersTable: false,
      semantics: SAME_ROWS,
    },
    ...(rewritten === undefined
      ? []
      : [
          {
            title: `Full-text search on ${title}`,
            table: table.name,
            statements: [
              `ALTER TABLE ${quoteName(table.name)} ADD COLUMN ${vector} tsvector GENERATED ALWAYS AS (to_tsvector('simple', ${text})) STORED`,
              `CREATE INDEX ${fullText} ON ${quoteName(table.name)} USING gin (${vector})`,
            ],
            indexes: [fullText],
            altersTable: true,
            rewritten,
            semantics: WORD_SEARCH,
          },
        ]),
  ];
}

/** FTS5 keeps its words in a table of its own, by the row's id. */
function sqliteSearches(table: Table, condition: SearchCondition, context: CandidateContext): Change[] {
  const column = table.columns.get(plainName(condition.column))?.name;
  if (column === undefined) return [];
  const search = (kind: 'words' | 'trigram', title: string, semantics: string): Change[] => {
    const name = `${plainName(table.name)}_${plainName(column)}_${kind}_fts`;
    const alias = condition.alias === '' ? '' : `${condition.alias}.`;
    const rewritten = rewrite(condition, context, { table: table.name, column }, (pattern) => `${alias}rowid IN (SELECT rowid FROM ${name}(${pattern}))`);
    if (rewritten === undefined) return [];
    const tokenizer = kind === 'trigram' ? `, tokenize='trigram'` : '';
    return [
      {
        title,
        table: table.name,
        statements: [
          `CREATE VIRTUAL TABLE ${name} USING fts5(${quoteName(column)}, content=${quoteName(table.name)}, content_rowid='rowid'${tokenizer})`,
          `INSERT INTO ${name}(${name}) VALUES ('rebuild')`,
        ],
        indexes: [],
        altersTable: false,
        rewritten,
        semantics: `${semantics} Triggers must keep ${name} in step with ${table.name}.`,
      },
    ];
  };
  return [
    ...search('trigram', `FTS5 trigram table for ${table.name}.${column}`, SAME_ROWS),
    ...search('words', `FTS5 word table for ${table.name}.${column}`, WORD_SEARCH),
  ];
}

/** The statement with the comparison replaced. The text between the wildcards becomes the term. */
function rewrite(
  condition: SearchCondition,
  { statement, schema, file }: CandidateContext,
  searched: { readonly table: string; readonly column: string },
  replacement: (term: string) => string,
): PlannedCandidate['rewritten'] {
  const pattern = condition.node.first('rexpr');
  const span = statement.spanInText(condition.node);
  const term = pattern === undefined ? undefined : termOf(pattern, statement);
  if (span === undefined || term === undefined) return undefined;
  const text = `${statement.text.slice(0, span.start)}${replacement(term)}${statement.text.slice(span.end)}`;
  return readStatement(text, file, schema, searched).prepared;
}

/** The placeholder in a pattern as it is written, or the words of a constant one. */
function termOf(pattern: SqlNode, statement: SqlStatement): string | undefined {
  const numbers = parameterNumbers(pattern);
  if (numbers.length > 1) return undefined;
  if (numbers.length === 0) {
    const constant = pattern.as('A_Const')?.sval?.sval;
    return constant === undefined ? undefined : `'${constant.replace(/[%_]+/g, ' ').trim().replace(/'/g, "''")}'`;
  }
  let parameter: SqlNode | undefined;
  walk(pattern, (node) => {
    if (node.tag === 'ParamRef') parameter = node;
  });
  return parameter && statement.textOf(parameter);
}
