import { MarkupKind, type Hover } from 'vscode-languageserver';
import type { IndexDefinition } from '../../core/facts';
import { formatCount } from '../../core/format';
import type { Position, Span } from '../../core/text';
import type { Table, View } from '../../core/workspaceView';
import type { DocumentView } from '../documentView';
import { escapeMarkdown } from '../markdown';

/** A name of SQL in any dialect's quotes. */
const NAME = /["`[]?[A-Za-z_][\w$]*["`\]]?/g;
/** A name in front of a dot: a schema, a table or an alias. */
const QUALIFIER = /["`[]?[A-Za-z_][\w$]*["`\]]?\.$/;
/** What stands before a table's name; a column's alias, a function's name and a text have others. */
const BEFORE_TABLE = /\b(?:from|join|into|update|table|only|references|exists|truncate|on|view|using|delete|cascade)\s*$|[,(]\s*$/i;
const MOST_ROWS = 40;

/** What the workspace knows of the table or view at a position; undefined where no name of one stands there in SQL. */
export function tableHoverOf(view: DocumentView, position: Position): Hover | undefined {
  const { text, database } = view;
  const offset = text.offsetAt(position);
  if (!isInSql(view, offset)) return undefined;
  const line = text.getText({ start: { line: position.line, character: 0 }, end: { line: position.line + 1, character: 0 } });
  const found = nameAt(line, position.character);
  const name = found && tableName(text.getText(), offset - position.character, found);
  const value = name === undefined ? undefined : describe(name, database, view);
  if (found === undefined || value === undefined) return undefined;
  return { range: { start: { ...position, character: found.start }, end: { ...position, character: found.end } }, contents: { kind: MarkupKind.Markdown, value } };
}

/** The name as the schema is asked for it: with the schema in front, or in front of a column; undefined where it is no table's. */
function tableName(text: string, lineStart: number, { start, end }: Span): string | undefined {
  const name = text.slice(lineStart + start, lineStart + end);
  if (text[lineStart + end] === '.') return name;
  const before = text.slice(Math.max(0, lineStart + start - 200), lineStart + start);
  const qualifier = QUALIFIER.exec(before)?.[0] ?? '';
  return BEFORE_TABLE.test(before.slice(0, before.length - qualifier.length)) ? qualifier + name : undefined;
}

/** Cells of a notebook are shown each by itself, and their places are not the file's. */
function isInSql({ language, file, database }: DocumentView, offset: number): boolean {
  if (file.endsWith('.ipynb')) return false;
  return language === 'sql' || database.sqlStrings.some(({ start, end }) => start <= offset && offset <= end);
}

function nameAt(line: string, character: number): Span | undefined {
  for (const match of line.matchAll(NAME)) {
    const end = match.index + match[0].length;
    if (match.index <= character && character <= end) return { start: match.index, end };
  }
  return undefined;
}

function describe(name: string, { schema, scaleOf }: DocumentView['database'], view: DocumentView): string | undefined {
  const table = schema.table(name);
  if (table !== undefined) return tableText(table, scaleOf(table.name), view);
  const known = schema.view(name);
  return known && viewText(known, view);
}

function tableText(table: Table, scale: { readonly rows: number; readonly growthPerDay?: number } | undefined, view: DocumentView): string {
  const growth = scale?.growthPerDay === undefined ? '' : `, growing by ${formatCount(scale.growthPerDay)} a day`;
  const size = scale === undefined ? 'size not declared in performance.json' : `${formatCount(scale.rows)} rows${growth} (declared)`;
  const columns = [...table.columns.values()];
  const shown = table.model ?? table;
  const rest = columns.length - MOST_ROWS;
  return [
    `**${escapeMarkdown(table.name)}** · ${size}`,
    ['| Column | Type | |', '|---|---|---|', ...columns.slice(0, MOST_ROWS).map(({ name, type, nullable }) => `| ${cell(name)} | ${cell(type)} | ${notes(name, nullable, table)} |`)].join('\n'),
    rest > 0 && `and ${rest} more columns`,
    table.indexes.length === 0 ? 'No index is known.' : `**Indexes**\n\n${table.indexes.map(indexText).join('\n')}`,
    table.partitionedBy.length > 0 && `Partitioned by ${table.partitionedBy.map(cell).join(', ')}.`,
    declaredIn(shown.file, shown.line, view),
  ]
    .filter((part) => part !== false)
    .join('\n\n');
}

function notes(column: string, nullable: boolean, { primaryKey, foreignKeys }: Table): string {
  const isSame = (name: string): boolean => name.toLowerCase() === column.toLowerCase();
  const key = foreignKeys.find(({ columns }) => columns.some(isSame));
  const target = key && key.referencedColumns.length > 0 ? ` (${key.referencedColumns.map(escapeMarkdown).join(', ')})` : '';
  return [primaryKey.some(isSame) && 'primary key', !nullable && 'NOT NULL', key && `→ ${escapeMarkdown(key.references)}${target}`].filter(Boolean).join(', ');
}

function indexText({ name, columns, unique, method, where, order, include }: IndexDefinition): string {
  const ordered = columns.map((column, i) => `${escapeMarkdown(column)}${order?.[i]?.descending ? ' DESC' : ''}`).join(', ');
  const parts = [
    unique && 'unique',
    method !== 'btree' && escapeMarkdown(method),
    include && `with ${include.map(escapeMarkdown).join(', ')}`,
    where !== undefined && `where ${escapeMarkdown(where)}`,
  ].filter(Boolean);
  return `- ${escapeMarkdown(name)} (${ordered})${parts.length > 0 ? ` · ${parts.join(', ')}` : ''}`;
}

function viewText({ name, tables, columns, file, line }: View, view: DocumentView): string {
  return [
    `**${escapeMarkdown(name)}** · view of ${tables.map(escapeMarkdown).join(', ') || 'no table'}`,
    columns && `Columns: ${columns.map(escapeMarkdown).join(', ')}`,
    declaredIn(file, line, view),
  ]
    .filter((part) => part !== undefined)
    .join('\n\n');
}

function declaredIn(file: string, line: number, view: DocumentView): string {
  return `Declared in [${escapeMarkdown(file)}:${line + 1}](${encodeURI(view.uriOf(file))}#L${line + 1})`;
}

const cell = (text: string): string => escapeMarkdown(text).replace(/\|/g, '\\|');
