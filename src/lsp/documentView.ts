import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FunctionFact } from '../core/facts';
import type { EvidenceKind, Finding, Priority } from '../core/finding';
import type { Language } from '../core/language';
import type { RuleMeta } from '../core/rule';
import type { Position, Span } from '../core/text';
import type { Schema } from '../core/workspaceView';
import type { FunctionSummary, Measurement } from './protocol';

/** A finding with its place in the ranking, and why it has it. */
export interface Judged {
  readonly finding: Finding;
  readonly priority: Priority;
  readonly evidence: EvidenceKind;
  /** One sentence; absent for findings about suppressions. */
  readonly reason?: string;
}

/** What is known of the database that a document speaks to. */
export interface DatabaseView {
  readonly schema: Schema;
  /** The offsets of the document's strings that hold SQL. */
  readonly sqlStrings: readonly Span[];
  /** A table's size from performance.json. */
  scaleOf(table: string): { readonly rows: number; readonly growthPerDay?: number } | undefined;
}

/** Where a statement begins, and whether a finding's advice about it can be proved. */
export interface QueryPlace {
  readonly start: Position;
  readonly canProve: boolean;
}

/**
 * All that the editor features need to know about one open document, at one version.
 * The features are pure functions of it.
 */
export interface DocumentView {
  readonly uri: string;
  /** Relative to the workspace folder. */
  readonly file: string;
  readonly language: Language;
  readonly text: TextDocument;
  readonly judged: readonly Judged[];
  readonly functions: readonly FunctionFact[];
  /** The statements that read rows. */
  readonly queries: readonly QueryPlace[];
  /** By qualified function name. */
  readonly measurements: ReadonlyMap<string, Measurement>;
  readonly database: DatabaseView;
  /** What is known of a rule; undefined for findings about suppressions, which no rule makes. */
  rule(id: string): RuleMeta | undefined;
  /** The URI of a file of the same folder. */
  uriOf(file: string): string;
}

/** Deferred findings wait in the report; the editor shows the others, the most important first. */
export function shown(view: DocumentView): readonly Judged[] {
  return view.judged.filter(({ priority }) => priority !== 'deferred');
}

/** Title of a finding's rule, for people. */
export function titleOf(view: DocumentView, finding: Finding): string {
  return view.rule(finding.rule)?.title ?? finding.rule.replaceAll('-', ' ');
}

/** The functions of a document, each with what is known of it; one without findings can be measured all the same. */
export function summarise(view: DocumentView): FunctionSummary[] {
  const judged = shown(view);
  return view.functions.map((fact) => ({
    name: fact.name,
    range: fact.range,
    nameRange: fact.nameRange,
    measurement: view.measurements.get(fact.name),
    findings: judged
      .filter(({ finding }) => finding.functionName === fact.name)
      .map(({ finding, priority, evidence }) => ({
        id: finding.id,
        rule: finding.rule,
        title: titleOf(view, finding),
        message: finding.message,
        range: finding.range,
        priority,
        evidence,
      })),
  }));
}
