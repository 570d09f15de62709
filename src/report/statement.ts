import type { Figure, Prose, Statement } from './model';

/** No sentence and no name is worth more room than this in a report. */
const LONGEST_PIECE = 600;
const LONGEST_NAME = 120;

/** Characters that reorder or hide the text around them, and control characters with ANSI sequences among them. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;
const ANSI_SEQUENCE = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?)/gu;

export const prose = (text: string): Prose => ({ text: clean(text) });

export const measured = (text: string, runId: string): Figure => ({ text: clean(text), evidence: 'measured', runId });

export const estimate = (text: string): Figure => ({ text: clean(text), evidence: 'estimate' });

export const declared = (text: string): Figure => ({ text: clean(text), evidence: 'declared' });

export const assumed = (text: string): Figure => ({ text: clean(text), evidence: 'assumed' });

/** A rule's own sentence. Its magnitudes come from the cost model, so with a number in it it is an estimate. */
export function saying(text: string): Statement {
  return [/\d/.test(text) ? estimate(text) : prose(text)];
}

/**
 * Text from names, code and messages made safe for one line: without control, ANSI and
 * direction-changing characters, and cut to a length that can be read.
 */
export function clean(text: string, longest = LONGEST_PIECE): string {
  const safe = text.replace(ANSI_SEQUENCE, '').replace(/\s+/gu, ' ').replace(UNSAFE, '');
  if (safe.length <= longest) {
    return safe;
  }
  // A cut through a surrogate pair would leave half a character.
  return `${safe.slice(0, longest).replace(/[\ud800-\udbff]$/u, '')}…`;
}

/** A function's name, a path or a label inside a sentence. */
export const nameText = (name: string): string => clean(name, LONGEST_NAME);

/** A statement for a terminal or a tooltip: each figure is followed by its evidence. */
export function plainText(statement: Statement): string {
  return statement.map(piece => ('evidence' in piece ? `${piece.text} (${mark(piece)})` : piece.text)).join('');
}

/** The words that mark a figure: "measured, run 20261122T201855-1a2b3c", "estimate", "declared" or "assumed". */
export function mark(figure: Figure): string {
  return figure.evidence === 'measured' ? `measured, run ${figure.runId}` : figure.evidence;
}
