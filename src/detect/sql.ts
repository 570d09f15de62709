import type { FileFacts, QueryFact, SchemaChange } from '../core/facts';
import type { Failure } from '../core/failures';
import { LineIndex } from '../core/text';
import { parseScript } from '../syntax/sql/script';
import type { SqlStatement } from '../syntax/sql/statement';
import { walk, type SqlNode } from '../syntax/sql/tree';
import { isMigrationPath } from '../workspace/schema/migrations';
import type { FileAnalysis, LanguageAnalyser, LocatedStatement } from './candidate';
import { FindingCollector } from './collector';
import { Dispatcher, type RegisteredMatcher } from './dispatch';
import { findSuppressions } from './suppressions';

export type SqlMatcherEntry = RegisteredMatcher<string, SqlNode, SqlStatement>;

/** Where the facts of statements go; the fact collectors of the other languages fit. */
export interface SqlFactSink {
  readonly queries: QueryFact[];
  readonly schema: SchemaChange[];
}

/** Runs the SQL matchers on statements that stand in the strings of another language. */
export interface EmbeddedSqlAnalyser {
  forFile(path: string, rules: ReadonlySet<string>, findings: FindingCollector): SqlFileDispatch;
}

/** Longer ones are made by programs, and nobody asks about them. */
const LONGEST_KEPT = 20_000;

/** sqlc, aiosql and their kin name the query below a comment. */
const QUERY_NAME = /^\s*--\s*name:\s*([\w.-]+)/m;
const UNDO_SECTION = /^\s*--\s*(?:\+?\s*(?:goose|migrate|micrate|rambler)[\s:]+down|down migration)\b/im;
const APPLY_SECTION = /^\s*--\s*(?:\+?\s*(?:goose|migrate|micrate|rambler)[\s:]+up|up migration)\b/im;

/** The half of a migration in code that takes it back. */
const UNDO_FUNCTION = /(?:^|\.)(?:down|downgrade|reverse\w*|rollback)$/;

/** What a matcher names to see the statements without a query in them, which are most of a migration. */
const DDL_KINDS = ['CreateStmt', 'AlterTableStmt', 'IndexStmt', 'DropStmt', 'RenameStmt'];

/** Parses a .sql file statement by statement and walks each once. */
export class SqlAnalyser implements LanguageAnalyser, EmbeddedSqlAnalyser {
  private readonly dispatchers = new Map<string, Dispatcher<string, SqlNode, SqlStatement>>();

  constructor(private readonly matchers: readonly SqlMatcherEntry[]) {}

  analyse(path: string, text: string, rules: ReadonlySet<string>): FileAnalysis {
    const lines = new LineIndex(text);
    const findings = new FindingCollector(path, text, lines);
    const dispatch = this.forFile(path, rules, findings);
    const facts: SqlFactSink = { queries: [], schema: [] };
    let isUndo = false;
    for (const { statement, comments } of parseScript(text, lines, isMigrationPath(path))) {
      isUndo = UNDO_SECTION.test(comments) || (isUndo && !APPLY_SECTION.test(comments));
      if (statement !== undefined && !isUndo) dispatch.visit(statement, QUERY_NAME.exec(comments)?.[1] ?? '', facts);
    }
    return {
      file: path,
      facts: fileFacts(path, facts),
      raw: findings.raw,
      statements: dispatch.statements,
      suppressions: findSuppressions(text, 'sql', path),
      failures: dispatch.failures,
    };
  }

  forFile(path: string, rules: ReadonlySet<string>, findings: FindingCollector): SqlFileDispatch {
    return new SqlFileDispatch(path, this.dispatcher(rules), findings);
  }

  private dispatcher(rules: ReadonlySet<string>): Dispatcher<string, SqlNode, SqlStatement> {
    const key = [...rules].sort().join();
    let dispatcher = this.dispatchers.get(key);
    if (dispatcher === undefined) {
      dispatcher = new Dispatcher(this.matchers.filter(({ rule }) => rules.has(rule)));
      this.dispatchers.set(key, dispatcher);
    }
    return dispatcher;
  }
}

/** The statements of one file on their way through the matchers and into the facts. */
export class SqlFileDispatch {
  readonly failures: Failure[] = [];
  readonly statements: LocatedStatement[] = [];
  private readonly runsOnce: boolean;

  constructor(
    private readonly path: string,
    private readonly dispatcher: Dispatcher<string, SqlNode, SqlStatement>,
    private readonly findings: FindingCollector,
  ) {
    this.runsOnce = isMigrationPath(path);
  }

  visit(statement: SqlStatement, functionName: string, facts: SqlFactSink): void {
    // Changes of the data in a migration run once, before anybody waits for them.
    if (statement.verb !== 'other' && this.runsOnce) return;
    // What `down()` would undo describes a past schema.
    if (statement.verb === 'other' && UNDO_FUNCTION.test(functionName)) return;
    if (statement.verb === 'other') facts.schema.push(...statement.schemaChanges());
    for (const { fact } of statement.queries) facts.queries.push(fact);
    this.keep(statement, functionName);
    if (statement.queries.length > 0 || DDL_KINDS.some((kind) => this.dispatcher.wants(kind))) this.match(statement, functionName);
  }

  /** Keeps what a planner can be asked about. An INSERT is asked about by the query it takes its rows from. */
  private keep(statement: SqlStatement, functionName: string): void {
    const query = statement.queries.find(({ fact }) => fact.verb !== 'insert' && fact.tables.length > 0)?.fact;
    if (query === undefined || statement.text.length > LONGEST_KEPT) return;
    this.statements.push({ range: this.findings.rangeOf(statement.extent), functionName, sql: statement.text, query });
  }

  private match(statement: SqlStatement, functionName: string): void {
    const dispatch = this.dispatcher.forFile(this.path, statement, (rule, match, fix) => this.findings.add(rule, match, fix, functionName));
    walk(statement.root, (node) => dispatch.visit(node.tag, node));
    for (const failure of dispatch.failures) {
      if (!this.failures.some(({ message }) => message === failure.message)) this.failures.push(failure);
    }
  }
}

function fileFacts(file: string, { queries, schema }: SqlFactSink): FileFacts {
  return { file, language: 'sql', functions: [], references: [], reexports: [], queries, schema, packages: [], takesDurations: false };
}
