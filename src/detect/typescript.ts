import { ts } from 'ts-morph';
import { FactCollector } from '../syntax/typescript/factCollector';
import { TypeScriptFile } from '../syntax/typescript/file';
import { wholeString } from '../syntax/typescript/embeddedSql';
import type { FileAnalysis, LanguageAnalyser } from './candidate';
import { FindingCollector } from './collector';
import { DispatcherCache, type RegisteredMatcher } from './dispatch';
import { FACTS, interestTable, RULES, SKIP, STRING } from './typescriptInterest';
import type { EmbeddedSqlAnalyser, StringHolder } from './sql';
import { findSuppressions } from './suppressions';

/** The expressions around a string, up to the statement or class member they are part of. */
function holderOf(string: ts.Node, file: TypeScriptFile): StringHolder {
  return {
    span: file.span(string),
    lines: () => {
      const lines: number[] = [];
      for (let at: ts.Node | undefined = string; at !== undefined; at = ts.isStatement(at) || ts.isClassElement(at) ? undefined : at.parent) lines.push(file.lineOf(at));
      return [...new Set(lines)];
    },
  };
}

type TypeScriptMatcherEntry = RegisteredMatcher<ts.SyntaxKind, ts.Node, TypeScriptFile>;

/** Parses a TS or JS file once and walks its raw nodes once. */
export class TypeScriptAnalyser implements LanguageAnalyser {
  private readonly interests = new WeakMap<ReadonlySet<string>, Uint8Array>();
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

    const interest = this.interest(rules);
    // A method of the compiler is a getter on its namespace; the walk would read it for each node.
    const { forEachChild } = ts;
    const visit = (node: ts.Node): void => {
      const wanted = interest[node.kind]!;
      if (wanted === SKIP) return;
      if (wanted & FACTS) facts.enter(node);
      if (wanted & RULES) dispatch.visit(node.kind, node);
      if (wanted & STRING) {
        const whole = wholeString(node as ts.Expression);
        if (whole) for (const statement of file.sql(whole)) sql.visit(statement, facts.functionName, facts, holderOf(whole, file));
      }
      forEachChild(node, visit);
      if (wanted & FACTS) facts.leave(node);
    };
    visit(file.source);

    return {
      file: path,
      facts: facts.finish(path),
      raw: findings.raw,
      suppressions: findSuppressions(text, 'typescript', path, sql.strings),
      failures: [...dispatch.failures, ...sql.failures],
    };
  }

  private interest(rules: ReadonlySet<string>): Uint8Array {
    let table = this.interests.get(rules);
    if (!table) {
      const dispatcher = this.dispatchers.of(rules);
      this.interests.set(rules, (table = interestTable((kind) => dispatcher.wants(kind))));
    }
    return table;
  }
}
