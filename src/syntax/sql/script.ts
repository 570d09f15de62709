import type { LineIndex, Span } from '../../core/text';
import { ddlOfDoBlock } from './doBlock';
import type { ScriptSource } from './scriptSource';
import { hasBackslashEscapes } from './splitter';
import { SqlStatement } from './statement';

/** A statement of a .sql file, with what the comments before it say. */
export interface ScriptStatement {
  /** Absent where no rule reads it or no dialect's grammar knows it. */
  readonly statement?: SqlStatement;
  /** The comments between the statement before and this one. */
  readonly comments: string;
}

const DDL =
  /^(?:create\s+(?:\w+\s+){0,4}?(?:table|index|view)|alter\s+(?:table|index|view|materialized\s+view)|drop\s+(?:table|index|view|materialized\s+view))\b/i;
/** Rows that are given in the statement are data; rows that are selected are a query. */
const SELECTED_ROWS = /\bselect\b/i;
const FIRST_WORD = /^[a-z]+|^\(/i;

/** After so many statements in a row that nothing can read, the rest of the file will not be read either: it is T-SQL, or no SQL. */
const FOREIGN_STATEMENTS = 40;

/** The grammar and what asks about its trees do not fit into a processor's cache together: in turns for each statement, both wait. */
const PARSED_AHEAD = 16;

/**
 * Parses a .sql file one statement at a time. With `onlySchema` what reads and changes rows stays unparsed,
 * as does in any case what no rule reads and no fact comes from: functions, grants, rows of data.
 */
export function* parseScript(script: ScriptSource, lines: LineIndex, onlySchema = false): Generator<ScriptStatement> {
  let ahead: ScriptStatement[] = [];
  for (const statement of readScript(script, lines, onlySchema)) {
    ahead.push(statement);
    if (ahead.length < PARSED_AHEAD) continue;
    yield* ahead;
    ahead = [];
  }
  yield* ahead;
}

function* readScript(script: ScriptSource, lines: LineIndex, onlySchema: boolean): Generator<ScriptStatement> {
  const { text } = script;
  const reader = new StatementReader(script, lines);
  let foreign = 0;
  for (const { start, first, end } of script.statements) {
    if (foreign >= FOREIGN_STATEMENTS) return;
    const comments = text.slice(start, first);
    const kind = kindOf(text, first, end);
    if (kind === 'several') {
      for (const statement of reader.several({ start: first, end })) yield { statement, comments };
      continue;
    }
    const isRead = kind === 'schema' || (kind === 'query' && !onlySchema);
    const statement = isRead ? reader.one({ start: first, end }) : undefined;
    if (isRead) foreign = statement === undefined ? foreign + 1 : 0;
    yield { statement, comments };
  }
}

/** What a statement is, by its first words; `several` holds statements of its own, and `data` is read by nobody. */
function kindOf(text: string, first: number, end: number): 'schema' | 'query' | 'several' | 'data' {
  const head = text.slice(first, Math.min(end, first + 100));
  switch (FIRST_WORD.exec(head)?.[0].toLowerCase()) {
    case 'create':
    case 'alter':
    case 'drop':
      return DDL.test(head) ? 'schema' : 'data';
    case 'select':
    case 'with':
    case 'update':
    case 'delete':
    case '(':
      return 'query';
    case 'insert':
    case 'replace':
      return SELECTED_ROWS.test(text.slice(first, end)) ? 'query' : 'data';
    case 'do':
    case 'rename':
      return 'several';
    default:
      return 'data';
  }
}

class StatementReader {
  private readonly backslashEscapes: boolean;

  constructor(
    private readonly script: ScriptSource,
    private readonly lines: LineIndex,
  ) {
    this.backslashEscapes = hasBackslashEscapes(script.text);
  }

  one({ start, end }: Span): SqlStatement | undefined {
    return this.parse(this.script.text.slice(start, end), (offset) => start + offset);
  }

  /** The statements in a DO block, and the parts of MySQL's `RENAME TABLE a TO b, c TO d`, which swaps a new table in. */
  several({ start, end }: Span): (SqlStatement | undefined)[] {
    const text = this.script.text.slice(start, end);
    if (/^do\b/i.test(text)) return ddlOfDoBlock(text).map((span) => this.one({ start: start + span.start, end: start + span.end }));
    return text.split(',').map((part, i) => this.parse(i === 0 ? part : `RENAME TABLE ${part}`, () => start));
  }

  private parse(text: string, toDocument: (offset: number) => number): SqlStatement | undefined {
    return SqlStatement.parse({ text, toDocument, lines: this.lines, embedded: false, backslashEscapes: this.backslashEscapes, script: this.script });
  }
}
