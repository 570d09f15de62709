import { ts } from 'ts-morph';
import { FactCollector } from '../syntax/typescript/factCollector';
import { TypeScriptFile } from '../syntax/typescript/file';
import { STRING_KINDS, wholeString } from '../syntax/typescript/embeddedSql';
import type { FileAnalysis, LanguageAnalyser } from './candidate';
import { FindingCollector } from './collector';
import { DispatcherCache, type RegisteredMatcher } from './dispatch';
import type { EmbeddedSqlAnalyser } from './sql';
import { findSuppressions } from './suppressions';

const STRINGS: ReadonlySet<ts.SyntaxKind> = new Set(STRING_KINDS);
const IMPORT = ts.SyntaxKind.ImportDeclaration;

type TypeScriptMatcherEntry = RegisteredMatcher<ts.SyntaxKind, ts.Node, TypeScriptFile>;

/** Parses a TS or JS file once and walks its raw nodes once. */
export class TypeScriptAnalyser implements LanguageAnalyser {
  private readonly dispatchers: DispatcherCache<ts.SyntaxKind, ts.Node, TypeScriptFile>;

  constructor(
    matchers: readonly TypeScriptMatcherEntry[],
    private readonly embedded: EmbeddedSqlAnalyser,
  ) {
    this.dispatchers = new DispatcherCache(matchers);
  }

  analyse(path: string, text: string, rules: ReadonlySet<string>): FileAnalysis {
    const file = new TypeScriptFile(path, text);
    const facts = new FactCollector(file);
    const findings = new FindingCollector(path, text, file.lines);
    const dispatch = this.dispatchers.of(rules).forFile(path, file, (rule, match, fix) => {
      findings.add(rule, match, fix, facts.functionName);
    });
    const sql = this.embedded.forFile(path, rules, findings);

    // A method of the compiler is a getter on its namespace; the walk would read it for each node.
    const { forEachChild } = ts;
    const visit = (node: ts.Node): void => {
      facts.enter(node);
      dispatch.visit(node.kind, node);
      if (isString(node)) {
        const whole = wholeString(node as ts.Expression);
        if (whole) for (const statement of file.sql(whole)) sql.visit(statement, facts.functionName, facts);
      }
      forEachChild(node, visit);
      facts.leave(node);
    };
    visit(file.source);

    return {
      file: path,
      facts: facts.finish(path),
      raw: findings.raw,
      suppressions: findSuppressions(text, 'typescript', path),
      failures: [...dispatch.failures, ...sql.failures],
    };
  }
}

function isString(node: ts.Node): boolean {
  return STRINGS.has(node.kind) && node.parent.kind !== IMPORT;
}
