import type { SchemaChange } from '../../core/facts';
import type { PlacedEdit } from '../../core/rule';
import type { LineIndex, Span } from '../../core/text';
import { parseNormalised, type ParsedSql } from './normalise';
import { collectQueries, type LocatedQuery } from './query/queries';
import { schemaChangesOf } from './schema/changes';
import type { ScriptSource } from './scriptSource';
import { extend, locations, unclosed } from './spans';
import { tokenise, type Token } from './tokens';
import { rootOf, type SqlNode } from './tree';
import { utf16Offsets } from './utf8';

export type { ScriptSource } from './scriptSource';
export type { SqlNode } from './tree';

export type SqlVerb = 'select' | 'insert' | 'update' | 'delete' | 'other';

const VERBS: Readonly<Record<string, SqlVerb>> = {
  SelectStmt: 'select',
  InsertStmt: 'insert',
  UpdateStmt: 'update',
  DeleteStmt: 'delete',
};

/** What quotes, escapes, templates and formatting would take for their own. */
const NOT_PLAIN = /['"`\\\n{}$%]/;

/** So far behind its last part a node's brackets are usually closed, nearly always the first. */
const NEARBY = [40, 120] as const;

/** One statement as its document has it. */
export interface StatementSource {
  /** The SQL from its first word on, with the host language's escapes resolved and a HOLE for each interpolated expression. */
  readonly text: string;
  /** The document offset of an offset into `text`, its length included. */
  toDocument(offset: number): number;
  readonly lines: LineIndex;
  /** The statement stands in a string of another language. */
  readonly embedded: boolean;
  /** Strings escape with backslashes, as MySQL's do. */
  readonly backslashEscapes: boolean;
  readonly script?: ScriptSource;
  /** Places in the document of the values that a program binds to the placeholders, in their order; undefined where they are not written out. */
  boundValues?(): readonly Span[] | undefined;
}

/** One parsed statement with its place in the document: spans are document offsets, lines zero-based document lines. */
export class SqlStatement {
  readonly verb: SqlVerb;
  readonly root: SqlNode;
  /** Interpolated text may hold conditions, so `queries` may lack filters. */
  readonly hidesConditions: boolean;
  private located: LocatedQuery[] | undefined;
  private firstLine: number | undefined;
  private tokenised: readonly Token[] | undefined;
  private offsets: ((byteOffset: number) => number) | undefined;

  private constructor(
    private readonly source: StatementSource,
    private readonly sql: ParsedSql,
  ) {
    this.root = rootOf(sql.tree);
    this.verb = VERBS[this.root.tag] ?? 'other';
    this.hidesConditions = sql.hidesConditions || source.script?.hidesConditions === true;
  }

  /** Undefined where the text is not one statement PostgreSQL's grammar knows, whatever the dialect. */
  static parse(source: StatementSource): SqlStatement | undefined {
    const sql = parseNormalised(source.text, source.backslashEscapes);
    return sql && new SqlStatement(source, sql);
  }

  get text(): string {
    return this.source.text;
  }

  get embedded(): boolean {
    return this.source.embedded;
  }

  /** The .sql file around the statement; undefined where it stands in a string. */
  get script(): ScriptSource | undefined {
    return this.source.script;
  }

  /** The whole statement. */
  get extent(): Span {
    return this.documentSpan({ start: 0, end: this.text.length });
  }

  /** The zero-based line the statement begins on. */
  get line(): number {
    this.firstLine ??= this.source.lines.positionAt(this.source.toDocument(0)).line;
    return this.firstLine;
  }

  /** A node's place, to a sensible end; the whole statement where the parser notes no place. */
  span(node: SqlNode): Span {
    const within = this.spanInText(node);
    return within === undefined ? this.extent : this.documentSpan(within);
  }

  /** From where the parser notes a node to the end of its line: cheaper than its place, and enough for what is declared. */
  lineOf(node: SqlNode): Span {
    const location = (node.value as { location?: number }).location;
    if (location === undefined || location < 0) return this.extent;
    const { start } = this.sql.parsed.toSource(this.toUtf16(location));
    const lineEnd = this.text.indexOf('\n', start);
    const rest = this.text.slice(start, lineEnd < 0 ? undefined : lineEnd).replace(/[\s,]+$/, '');
    return this.documentSpan({ start, end: start + rest.length });
  }

  /** A node's source text; of the whole statement where the parser notes no place. */
  textOf(node: SqlNode): string {
    const within = this.spanInText(node);
    return within === undefined ? this.text : this.text.slice(within.start, within.end);
  }

  /** A node's place as offsets into `text`. */
  spanInText(node: SqlNode): Span | undefined {
    const found = locations(node);
    if (found === undefined) return undefined;
    const { parsed } = this.sql;
    const [first, end] = [parsed.toSource(this.toUtf16(found.first)).start, parsed.toSource(this.toUtf16(found.last)).end];
    if (this.tokenised === undefined && this.sql.tokens === undefined) {
      for (const distance of NEARBY) {
        const span = this.extendNearby(first, end, distance);
        if (span !== undefined) return span;
      }
    }
    return extend(this.tokens, first, end);
  }

  /** Reads the tokens around a place alone, where it begins with its first token and ends soon. */
  private extendNearby(first: number, end: number, distance: number): Span | undefined {
    const nearby = tokenise(this.text.slice(first, end + distance), this.source.backslashEscapes);
    const span = extend(nearby, 0, end - first);
    // The last token may be cut off, and brackets may have been opened before.
    if (span === undefined || span.start !== 0 || span.end > end - first + distance / 2 || unclosed(nearby, span) !== 0) return undefined;
    return { start: first, end: first + span.end };
  }

  /** The tokens of `text`. */
  get tokens(): readonly Token[] {
    this.tokenised ??= this.sql.tokens ?? tokenise(this.text, this.source.backslashEscapes);
    return this.tokenised;
  }

  /** Places in the document of the values that a program binds to the placeholders, in their order; undefined where they are not written out. */
  get boundValues(): readonly Span[] | undefined {
    return this.source.boundValues?.();
  }

  /** The document's own text. */
  documentText(place: Span): string {
    return this.source.lines.textOf(place);
  }

  /** The document spells a part of `text` as it is read: without an escape, an interpolation or a concatenation in it. */
  isVerbatim(span: Span): boolean {
    return this.documentText(this.documentSpan(span)) === this.text.slice(span.start, span.end);
  }

  /** A span of offsets into `text` as one of the document. */
  documentSpan(span: Span): Span {
    return { start: this.source.toDocument(span.start), end: this.source.toDocument(span.end) };
  }

  /**
   * An edit of `text`, placed in the document; undefined where the document spells it otherwise (an interpolation,
   * an escape, a concatenation), or where the new text would mean something else in a string of the host language.
   */
  edit(span: Span, newText: string): PlacedEdit | undefined {
    const { lines, embedded } = this.source;
    if (!this.isVerbatim(span) || (embedded && NOT_PLAIN.test(newText))) return undefined;
    return { range: lines.range(this.documentSpan(span)), newText };
  }

  /** An edit of the document itself, anywhere in it. */
  editAt(place: Span, newText: string): PlacedEdit {
    return { range: this.source.lines.range(place), newText };
  }

  /** The queries in the statement with the nodes their facts come from: itself, the arms of a UNION, subqueries; outer ones first. */
  get queries(): readonly LocatedQuery[] {
    this.located ??= collectQueries(this.root, (query) => this.lineOfQuery(query));
    return this.located;
  }

  /** The innermost query that a node belongs to. */
  queryAround(node: SqlNode): LocatedQuery | undefined {
    for (let at: SqlNode | undefined = node; at !== undefined; at = at.parent) {
      const query = this.queries.find((candidate) => candidate.node === at);
      if (query !== undefined) return query;
    }
    return undefined;
  }

  schemaChanges(): readonly SchemaChange[] {
    return schemaChangesOf(this.root, {
      textOf: (node) => this.textOf(node),
      line: this.line,
      indexesForeignKeys: () => this.isMySql,
    });
  }

  /** Backticks are SQLite's too, which has no ADD CONSTRAINT and writes its own types. */
  private get isMySql(): boolean {
    if (this.script?.dialects.includes('mysql')) return true;
    if (/\bengine\s*=|\bauto_increment\b/i.test(this.text)) return true;
    return this.text.includes('`') && !/\bautoincrement\b|\binteger\b|\btext\s+primary\s+key\b/i.test(this.text);
  }

  private toUtf16(byteOffset: number): number {
    return (this.offsets ??= utf16Offsets(this.sql.parsed.text))(byteOffset);
  }

  /** A query inside a statement has no place of its own: its first column or its table has. */
  private lineOfQuery(query: SqlNode): number {
    const first = query === this.root ? undefined : (query.first('targetList') ?? query.first('relation'));
    const location = (first?.value as { location?: number } | undefined)?.location;
    if (location === undefined) return this.line;
    const { start } = this.sql.parsed.toSource(this.toUtf16(location));
    return this.source.lines.positionAt(this.source.toDocument(start)).line;
  }
}
