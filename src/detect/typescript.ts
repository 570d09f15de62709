import { ts } from 'ts-morph';
import { FactCollector } from '../syntax/typescript/factCollector';
import { TypeScriptFile } from '../syntax/typescript/file';
import { calledName, nameText } from '../syntax/typescript/nodes';
import { linesAround, wholeString } from '../syntax/typescript/embeddedSql';
import { parseUnlinked, reparse } from '../syntax/typescript/parse';
import type { FileAnalysis, LanguageAnalyser } from './candidate';
import { FindingCollector } from './collector';
import { DispatcherCache, type Naming, type RegisteredMatcher } from './dispatch';
import { FACTS, interestTable, LEAVE, RULES, STRING } from './typescriptInterest';
import { linkAndCollect } from './typescriptVisits';
import { KeptTrees } from './keptTrees';
import type { EmbeddedSqlAnalyser } from './sql';
import { findSuppressions } from './suppressions';

type TypeScriptMatcherEntry = RegisteredMatcher<ts.SyntaxKind, ts.Node, TypeScriptFile>;

const NAMING: Naming<ts.SyntaxKind, ts.Node> = {
  kinds: new Set([ts.SyntaxKind.CallExpression, ts.SyntaxKind.PropertyAssignment, ts.SyntaxKind.ShorthandPropertyAssignment]),
  nameOf: (node) => (node.kind === ts.SyntaxKind.CallExpression ? calledName(node as ts.CallExpression) : nameText((node as ts.PropertyAssignment).name)),
};

/** Parses a TS or JS file once and walks its raw nodes once. */
export class TypeScriptAnalyser implements LanguageAnalyser {
  private readonly interests = new WeakMap<ReadonlySet<string>, Uint8Array>();
  private readonly trees = new KeptTrees<ts.SourceFile>({ parse: parseUnlinked, reparse });
  private readonly dispatchers: DispatcherCache<ts.SyntaxKind, ts.Node, TypeScriptFile>;

  constructor(
    matchers: readonly TypeScriptMatcherEntry[],
    private readonly embedded: EmbeddedSqlAnalyser,
  ) {
    this.dispatchers = new DispatcherCache(matchers, NAMING);
  }

  analyse(path: string, text: string, rules: ReadonlySet<string>, isEdited = false): FileAnalysis {
    const source = isEdited ? this.trees.parse(path, text) : parseUnlinked(path, text);
    const { nodes, wanted } = linkAndCollect(source, this.interest(rules));
    const file = new TypeScriptFile(path, text, source);
    const facts = new FactCollector(file);
    const findings = new FindingCollector(path, text, file.lines);
    const dispatch = this.dispatchers.of(rules).forFile(path, file, (rule, match, fix) => {
      findings.add(rule, match, fix, facts.functionName, { runsOnLoad: facts.runsOnLoad });
    });
    const sql = this.embedded.forFile(path, rules, findings);

    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i]!;
      const why = wanted[i]!;
      if (why & FACTS) facts.enter(node);
      if (why & RULES) dispatch.visit(node.kind, node);
      if (why & STRING) {
        const whole = wholeString(node as ts.Expression);
        if (whole) for (const statement of file.sql(whole)) sql.visit(statement, facts.functionName, facts, { span: file.span(whole), lines: () => linesAround(whole, file) });
      }
      if (why & LEAVE) facts.leave(node);
    }

    return {
      file: path,
      facts: facts.finish(path),
      raw: findings.raw,
      statements: sql.statements,
      suppressions: findSuppressions(text, 'typescript', path, sql.strings),
      ...(sql.strings.length > 0 && { sqlStrings: sql.strings }),
      failures: [...dispatch.failures, ...sql.failures],
    };
  }

  forget(path: string): void {
    this.trees.forget(path);
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
