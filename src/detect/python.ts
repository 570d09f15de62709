import { LineIndex } from '../core/text';
import { FactCollector } from '../syntax/python/factCollector';
import { STRING_KINDS, linesAround, mayHoldSql, wholeString } from '../syntax/python/embeddedSql';
import { argumentAt } from '../syntax/python/expressions';
import { PythonFile, type PythonNode } from '../syntax/python/file';
import { KindSet } from '../syntax/python/kinds';
import { Notebook, NotebookLines } from '../syntax/python/notebook';
import { parsePython, reparsePython, type PythonTree } from '../syntax/python/tree';
import { isMigrationPath } from '../workspace/schema/migrations';
import type { FileAnalysis, LanguageAnalyser } from './candidate';
import { FindingCollector } from './collector';
import { Dispatcher, type FileDispatch, type Naming, type RegisteredMatcher } from './dispatch';
import { KeptTrees } from './keptTrees';
import type { EmbeddedSqlAnalyser, SqlFileDispatch } from './sql';
import { findSuppressions, type LocatedSuppression } from './suppressions';

type PythonMatcherEntry = RegisteredMatcher<string, PythonNode, PythonFile>;

/** The kinds that the fact collector and the SQL reader need, whatever the rules ask for. */
const OWN_KINDS = ['FunctionDefinition', 'CallExpression', ...STRING_KINDS] as const;

const NAMING: Naming<string, PythonNode> = { kinds: new Set(['CallExpression']), nameOf: (call) => call.calledName };

interface Prepared {
  readonly dispatcher: Dispatcher<string, PythonNode, PythonFile>;
  /** Nodes of other kinds are passed over without being looked at. */
  readonly kinds: KindSet;
}

/** Parses a Python file once and walks its nodes once, in reading order. */
export class PythonAnalyser implements LanguageAnalyser {
  private readonly prepared = new Map<string, Prepared>();
  private readonly trees = new KeptTrees<PythonTree>({ parse: (_path, text) => parsePython(text), reparse: reparsePython });

  constructor(
    private readonly matchers: readonly PythonMatcherEntry[],
    private readonly embedded: EmbeddedSqlAnalyser,
  ) {}

  analyse(path: string, text: string, rules: ReadonlySet<string>, isEdited = false): FileAnalysis {
    if (path.endsWith('.ipynb')) return this.analyseNotebook(path, text, rules);
    const file = new PythonFile(path, text, isEdited ? this.trees.parse(path, text) : parsePython(text));
    return this.analyseFile(file, rules, new FindingCollector(path, text, file.lines));
  }

  /** The code of all cells as one text; every place in the result is one in the notebook's own text. */
  private analyseNotebook(path: string, text: string, rules: ReadonlySet<string>): FileAnalysis {
    const notebook = Notebook.read(text);
    const code = notebook?.code ?? '';
    const file = new PythonFile(path, code, parsePython(code), notebook && new NotebookLines(text, notebook));
    const analysis = this.analyseFile(file, rules, new FindingCollector(path, code, file.lines, notebook));
    return { ...analysis, suppressions: analysis.suppressions.map((each) => relocated(each, new LineIndex(code), file.lines)) };
  }

  private analyseFile(file: PythonFile, rules: ReadonlySet<string>, findings: FindingCollector): FileAnalysis {
    const { path } = file;
    const { dispatcher, kinds } = this.prepare(rules, isMigrationPath(path));
    const facts = new FactCollector(file);
    const sql = this.embedded.forFile(path, rules, findings);
    const dispatch = dispatcher.forFile(path, file, (rule, match, fix) => findings.add(rule, match, fix, facts.functionName, { runsOnLoad: facts.functionName === '' }));
    file.tree.scan(kinds, 0, file.tree.size, (index) => visit(index, file, facts, dispatch, sql));
    return {
      file: path,
      facts: facts.finish(),
      raw: findings.raw,
      statements: sql.statements,
      suppressions: findSuppressions(file.text, 'python', path, sql.strings),
      ...(sql.strings.length > 0 && { sqlStrings: sql.strings }),
      failures: [...dispatch.failures, ...sql.failures],
    };
  }

  forget(path: string): void {
    this.trees.forget(path);
  }

  /** A migration runs once, before anybody waits for it; there only the rules about migrations count. */
  private prepare(rules: ReadonlySet<string>, isMigration: boolean): Prepared {
    const key = [...rules, isMigration].sort().join();
    let prepared = this.prepared.get(key);
    if (prepared === undefined) {
      const active = this.matchers.filter(({ rule, matcher }) => rules.has(rule) && (!isMigration || matcher.inMigrations === true));
      prepared = { dispatcher: new Dispatcher(active, NAMING), kinds: new KindSet([...OWN_KINDS, ...active.flatMap(({ matcher }) => matcher.kinds)]) };
      this.prepared.set(key, prepared);
    }
    return prepared;
  }
}

/** A suppression in a notebook's code, at its place in the notebook's text. */
function relocated(suppression: LocatedSuppression, code: LineIndex, lines: LineIndex): LocatedSuppression {
  const range = lines.range(code.span(suppression.range));
  return { ...suppression, range, line: range.start.line, codeLine: lines.positionAt(code.lineStart(suppression.codeLine)).line };
}

function visit(
  index: number,
  file: PythonFile,
  facts: FactCollector,
  dispatch: FileDispatch<string, PythonNode, PythonFile>,
  sql: SqlFileDispatch,
): void {
  const { tree } = file;
  facts.leaveUpTo(index);
  const kind = tree.kindAt(index);
  const node = tree.node(index);
  if (kind === 'FunctionDefinition') {
    const named = file.functions.get(index);
    if (named !== undefined) facts.enter(named);
  } else if (kind === 'CallExpression') {
    facts.call(node);
  } else if (mayHoldSql(file.text, tree.startAt(index), tree.endAt(index))) {
    visitString(node, file, facts, sql);
  }
  dispatch.visit(kind, node);
}

/** The second argument of Django's `RunSQL(sql, reverse_sql)`, or the one that names it. */
function isUndo(text: PythonNode): boolean {
  const call = text.closest('CallExpression', 'FunctionDefinition');
  if (call?.calledName !== 'RunSQL') return false;
  const reverse = argumentAt(call, 1, 'reverse_sql');
  return reverse !== undefined && reverse.contains(text);
}

function visitString(literal: PythonNode, file: PythonFile, facts: FactCollector, sql: SqlFileDispatch): void {
  if (!(STRING_KINDS as readonly string[]).includes(literal.kind)) return;
  const whole = wholeString(literal);
  if (whole === undefined || isUndo(whole)) return;
  for (const statement of file.sql(whole)) sql.visit(statement, facts.functionName, facts, { span: whole, lines: () => linesAround(whole, file) });
}
