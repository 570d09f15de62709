import type { FileFacts } from '../core/facts';
import type { Failure } from '../core/failures';
import type { FindingFix } from '../core/finding';
import type { Confidence, SizeReference, TypeQuestion } from '../core/rule';
import type { Range } from '../core/text';
import type { LocatedSuppression } from './suppressions';

/** A match in one file before the workspace was asked. Plain JSON, so that it can be kept without its tree. */
export interface RawFinding {
  /** What the finding's id is the hash of; most candidates are withdrawn before they need one. */
  readonly key: string;
  readonly rule: string;
  readonly range: Range;
  readonly holderLines?: readonly number[];
  readonly functionName: string;
  readonly facts: unknown;
  readonly size?: SizeReference;
  readonly confidence: Confidence;
  /** Zero-based offsets into the text that was analysed. */
  readonly question?: TypeQuestion;
  readonly related: readonly { readonly range: Range; readonly message: string }[];
  readonly fixes: readonly FindingFix[];
}

/** Everything that one parse and one walk of a file yields. */
export interface FileAnalysis {
  readonly file: string;
  readonly facts: FileFacts;
  readonly raw: readonly RawFinding[];
  readonly suppressions: readonly LocatedSuppression[];
  readonly failures: readonly Failure[];
}

/** Parses and walks one file of its language. `rules` names the rules that are switched on. */
export interface LanguageAnalyser {
  analyse(file: string, text: string, rules: ReadonlySet<string>): FileAnalysis;
}
