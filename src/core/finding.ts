import type { Failure } from './failures';
import type { Language } from './language';
import type { Confidence, Cost, CreatedFile } from './rule';
import type { CellPosition, Range } from './text';

export type Priority = 'high' | 'medium' | 'low' | 'deferred';

export const PRIORITIES: readonly Priority[] = ['high', 'medium', 'low', 'deferred'];

/** `measured` needs a run that is in the evidence store; everything else is an `estimate`. */
export type EvidenceKind = 'measured' | 'estimate';

export type Heat = 'hot' | 'cold' | 'unknown';

export interface FindingFix {
  readonly title: string;
  readonly kind: 'safe' | 'suggestion';
  /** Edits by file, relative to the workspace folder; ranges are zero-based. */
  readonly edits: readonly { readonly file: string; readonly range: Range; readonly newText: string }[];
  readonly create?: CreatedFile | readonly CreatedFile[];
  readonly caveat?: string;
}

/** The files a fix creates, in their order. */
export function createdFiles({ create }: Pick<FindingFix, 'create'>): readonly CreatedFile[] {
  return create === undefined ? [] : 'file' in create ? [create] : create;
}

/** A rule's pattern at one place, judged with what the workspace knows. */
export interface Finding {
  /** Stable across unrelated edits: rule, file, function, the expression's text and its ordinal among equals. */
  readonly id: string;
  readonly rule: string;
  /** Relative to the workspace folder, with forward slashes. */
  readonly file: string;
  readonly language: Language;
  readonly range: Range;
  /** In a notebook, where it begins as the reader sees it; `cell` counts all cells from zero. */
  readonly cell?: CellPosition;
  /** Zero-based lines at which the statements begin that hold the finding, where it is inside SQL: a comment above one speaks of it. */
  readonly holderLines?: readonly number[];
  /** Qualified name of the function around it; '' at top level. */
  readonly functionName: string;
  readonly message: string;
  /** What the inlay hint says at the costly expression. */
  readonly hint: string;
  readonly cost: Cost;
  /** The collections whose sizes decide the cost, as they are written there; a run can count them. */
  readonly collections?: readonly string[];
  readonly confidence: Confidence;
  readonly heat: { readonly heat: Heat; readonly reason: string };
  readonly related: readonly { readonly file: string; readonly range: Range; readonly message: string }[];
  readonly fixes: readonly FindingFix[];
}

export interface Suppression {
  readonly file: string;
  readonly rules: readonly string[];
  readonly reason: string;
  /** ISO date (2027-01-31), inclusive. */
  readonly until?: string;
  /** Zero-based line of the comment. */
  readonly line: number;
}

export interface DetectionResult {
  readonly findings: readonly Finding[];
  readonly failures: readonly Failure[];
}
