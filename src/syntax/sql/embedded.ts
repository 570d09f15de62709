import type { LineIndex, Span } from '../../core/text';
import { looksLikeSql } from './gate';
import { hasBackslashEscapes, splitStatements } from './splitter';
import { SqlStatement } from './statement';
import { HOLE } from './tokens';

/**
 * One piece of a string that may hold SQL: of a template literal, an f-string, an implicit or `+` concatenation.
 * Text is cooked (escapes resolved); `toDocument` gives the document offset of an offset into the cooked text,
 * the text's length included. A hole is an interpolated expression.
 */
export type EmbeddedPiece =
  | { readonly kind: 'text'; readonly text: string; toDocument(offset: number): number }
  | { readonly kind: 'hole'; readonly span: Span };

/**
 * The SQL statements in a string of another language; empty where it is not SQL or does not parse.
 * `lines` is the document's; `boundValues` finds the values bound to the placeholders of a string that is one statement.
 * Never throws; the parser must be loaded.
 */
export function parseEmbeddedSql(pieces: readonly EmbeddedPiece[], lines: LineIndex, boundValues?: () => readonly Span[] | undefined): readonly SqlStatement[] {
  const text = pieces.map((piece) => (piece.kind === 'text' ? piece.text : HOLE)).join('');
  if (!looksLikeSql(text)) return [];
  const toDocument = documentOffsets(pieces);
  const backslashEscapes = hasBackslashEscapes(text);
  const statements = splitStatements(text);
  return statements.flatMap(({ first, end }) => {
    const source = { text: text.slice(first, end), toDocument: (offset: number) => toDocument(first + offset), lines, embedded: true, backslashEscapes, ...(boundValues && statements.length === 1 && { boundValues }) };
    return SqlStatement.parse(source) ?? [];
  });
}

/** Reads what stands behind WHERE in a string of its own, as query builders take it: "LOWER(email) = ?". Its table is not known. */
export function parseCondition(pieces: readonly EmbeddedPiece[], lines: LineIndex): SqlStatement | undefined {
  const [first] = pieces;
  if (first === undefined) return undefined;
  const start = first.kind === 'text' ? first.toDocument(0) : first.span.start;
  const [statement] = parseEmbeddedSql([{ kind: 'text', text: `SELECT 1 FROM ${HOLE} WHERE `, toDocument: () => start }, ...pieces], lines);
  return statement;
}

/** Offsets into the joined text, in which every hole is one character, to offsets into the document. */
function documentOffsets(pieces: readonly EmbeddedPiece[]): (offset: number) => number {
  return (offset) => {
    let start = 0;
    let last = 0;
    for (const piece of pieces) {
      const length = piece.kind === 'text' ? piece.text.length : 1;
      // The end of a piece belongs to it, not to the next: a span must not run into what lies between the two.
      if (offset <= start + length && (offset > start || start === 0 || piece.kind === 'hole')) {
        if (piece.kind === 'text') return piece.toDocument(offset - start);
        return offset === start ? piece.span.start : piece.span.end;
      }
      last = start + length;
      start = last;
    }
    return last;
  };
}
