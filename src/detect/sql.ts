import type { QueryFact, SchemaChange } from '../core/facts';
import type { Failure } from '../core/failures';
import { LineIndex, type Span } from '../core/text';
import { parseScript } from '../syntax/sql/script';
import { ScriptSource } from '../syntax/sql/scriptSource';
import { isUndoSection } from '../syntax/sql/sections';
import type { SqlStatement } from '../syntax/sql/statement';
import { walk, type SqlNode } from '../syntax/sql/tree';
import { isMigrationPath } from '../workspace/schema/migrations';
import type { FileAnalysis, LanguageAnalyser, LocatedStatement } from './candidate';
import { FindingCollector } from './collector';
import { DispatcherCache, type Dispatcher, type RegisteredMatcher } from './dispatch';
import { findSuppressions } from './suppressions';

export type SqlMatcherEntry = RegisteredMatcher<string, SqlNode, SqlStatement>;

/** Where the facts of statements go; the fact collectors of the other languages fit. */
export interface SqlFactSink {
  readonly queries: QueryFact[];
  readonly schema: SchemaChange[];
}

/** The string of another language around a statement. */
export interface StringHolder {
  readonly span: Span;
  /** The zero-based lines at which the expressions around the string begin, up to their statement. */
  lines(): readonly number[];
}

/** Runs the SQL matchers on statements that stand in the strings of another language. */
export interface EmbeddedSqlAnalyser {
  forFile(path: string, rules: ReadonlySet<string>, findings: FindingCollector): SqlFileDispatch;
}

/** Longer ones are made by programs, and nobody asks about them. */
const LONGEST_KEPT = 20_000;

/** sqlc, aiosql and their kin name the query below a comment. */
const QUERY_NAME = /^[ \t]*--[ \t]*name:[ \t]*([\w.-]+)/m;

/** The half of a migration in code that takes it back. */
const UNDO_FUNCTION = /(?:^|\.)(?:down|downgrade|reverse\w*|rollback)$/;

/** What a matcher names to see the statements without a query in them, which are most of a migration. */
const DDL_KINDS = ['CreateStmt', 'AlterTableStmt', 'Constraint', 'IndexStmt', 'DropStmt', 'RenameStmt'];

/** Parses a .sql file statement by statement and walks each once. */
export class SqlAnalyser implements LanguageAnalyser, EmbeddedSqlAnalyser {
  private readonly dispatchers: DispatcherCache<string, SqlNode, SqlStatement>;

  constructor(matchers: readonly SqlMatcherEntry[]) {
    this.dispatchers = new DispatcherCache(matchers);
  }

  analyse(path: string, text: string, rules: ReadonlySet<string>): FileAnalysis {
    const lines = new LineIndex(text);
    const findings = new FindingCollector(path, text, lines);
    const dispatch = this.forFile(path, rules, findings);
    const facts: SqlFactSink = { queries: [], schema: [] };
    const script = new ScriptSource(path, text);
    let isUndo = false;
    for (const { statement, comments } of parseScript(script, lines, isMigrationPath(path))) {
      isUndo = isUndoSection(comments, isUndo);
      if (statement !== undefined && !isUndo) dispatch.visit(statement, comments.includes('name') ? (QUERY_NAME.exec(comments)?.[1] ?? '') : '', facts);
    }
    const { dialects, markedTool: tool } = script;
    return {
      file: path,
      facts: { file: path, language: 'sql', functions: [], references: [], reexports: [], packages: [], takesDurations: false, ...facts, ...(dialects.length > 0 && { dialects }), ...(tool && { migrationTool: tool }) },
      raw: findings.raw,
      statements: dispatch.statements,
      suppressions: findSuppressions(text, 'sql', path),
      failures: dispatch.failures,
    };
  }

  forFile(path: string, rules: ReadonlySet<string>, findings: FindingCollector): SqlFileDispatch {
    return new SqlFileDispatch(path, this.dispatchers.of(rules), findings);
  }
}

/** The statements of one file on their way through the matchers and into the facts. */
export class SqlFileDispatch {
  readonly failures: Failure[] = [];
  /** The strings in which statements were found. */
  readonly strings: Span[] = [];
  readonly statements: LocatedStatement[] = [];
  private readonly runsOnce: boolean;
  private readonly readsDdl: boolean;

  constructor(
    private readonly path: string,
    private readonly dispatcher: Dispatcher<string, SqlNode, SqlStatement>,
    private readonly findings: FindingCollector,
  ) {
    this.runsOnce = isMigrationPath(path);
    this.readsDdl = DDL_KINDS.some((kind) => dispatcher.wants(kind));
  }

  /** `holder` is the string expression of another language around the statement. */
  visit(statement: SqlStatement, functionName: string, facts: SqlFactSink, holder?: StringHolder): void {
    // The span itself may be a node, which would keep its tree.
    if (holder !== undefined && this.strings.at(-1)?.start !== holder.span.start) this.strings.push({ start: holder.span.start, end: holder.span.end });
    // Changes of the data in a migration run once, before anybody waits for them.
    if (statement.verb !== 'other' && this.runsOnce) return;
    // What `down()` would undo describes a past schema.
    if (statement.verb === 'other' && UNDO_FUNCTION.test(functionName)) return;
    if (statement.verb === 'other') facts.schema.push(...statement.schemaChanges());
    for (const { fact } of statement.queries) facts.queries.push(fact);
    this.keep(statement, functionName);
    if (this.readsDdl || statement.queries.length > 0) this.match(statement, functionName, holder);
  }

  /** Keeps what a planner can be asked about. An INSERT is asked about by the query it takes its rows from. */
  private keep(statement: SqlStatement, functionName: string): void {
    const query = statement.queries.find(({ fact }) => fact.verb !== 'insert' && fact.tables.length > 0)?.fact;
    if (query === undefined || statement.text.length > LONGEST_KEPT) return;
    this.statements.push({ range: this.findings.rangeOf(statement.extent), functionName, sql: statement.text, query });
  }

  private match(statement: SqlStatement, functionName: string, holder: StringHolder | undefined): void {
    const dispatch = this.dispatcher.forFile(this.path, statement, (rule, match, fix) => {
      this.findings.add(rule, match, fix, functionName, { holderLines: [statement.line, ...(holder?.lines() ?? [])] });
    });
    walk(statement.root, (node) => dispatch.visit(node.tag, node));
    for (const failure of dispatch.failures) {
      if (!this.failures.some(({ message }) => message === failure.message)) this.failures.push(failure);
    }
  }
}
