import type { FileFacts, QueryFact } from '../core/facts';
import type { Failure } from '../core/failures';
import type { FindingFix } from '../core/finding';
import type { MatchConfidence, SizeReference, TypeQuestion } from '../core/rule';
import type { CellPosition, Range, Span } from '../core/text';
import type { LocatedSuppression } from './suppressions';

/** A match in one file before the workspace was asked. Plain JSON, so that it can be kept without its tree. */
export interface RawFinding {
  /** What the finding's id is the hash of; most candidates are withdrawn before they need one. */
  readonly key: string;
  readonly rule: string;
  readonly range: Range;
  readonly cell?: CellPosition;
  readonly holderLines?: readonly number[];
  readonly functionName: string;
  /** No function stands around it: it runs once, when the file is loaded. */
  readonly runsOnLoad: boolean;
  readonly facts: unknown;
  readonly size?: SizeReference;
  readonly confidence: MatchConfidence;
  /** Zero-based offsets into the text that was analysed. */
  readonly question?: TypeQuestion;
  readonly related: readonly { readonly range: Range; readonly message: string }[];
  readonly fixes: readonly FindingFix[];
}

/** A statement that reads rows, at its place. Kept as text, so that it can be explained without parsing its file again. */
export interface LocatedStatement {
  readonly range: Range;
  readonly functionName: string;
  /** With the host language's escapes resolved and a HOLE for each interpolated expression. */
  readonly sql: string;
  readonly query: QueryFact;
}

/** Everything that one parse and one walk of a file yields. */
export interface FileAnalysis {
  readonly file: string;
  readonly facts: FileFacts;
  readonly raw: readonly RawFinding[];
  readonly statements: readonly LocatedStatement[];
  readonly suppressions: readonly LocatedSuppression[];
  /** Offsets of the strings that hold SQL, for what the editor shows inside them. */
  readonly sqlStrings?: readonly Span[];
  readonly failures: readonly Failure[];
}

/** Parses and walks one file of its language. */
export interface LanguageAnalyser {
  /**
   * @param rules the rules that are switched on.
   * @param isEdited whether the file is likely to come again with a small change; its tree is then kept for that.
   */
  analyse(file: string, text: string, rules: ReadonlySet<string>, isEdited?: boolean): FileAnalysis;
  /** The file is no longer edited. */
  forget?(file: string): void;
}
