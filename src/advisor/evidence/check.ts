import { clean } from '../../report/statement';
import type { EvidenceItem, Quality } from './item';
import type { Ledger } from './ledger';
import { matchOf, type Match } from './matching';
import { quantitiesIn, type Quantity } from './quantity';
import { type Reference, referencesIn } from './references';

/** What a claim says of itself. `measured` has to be borne out number by number; nothing else may look measured. */
export type Basis = 'measured' | 'estimate' | 'advice';

/** A part of a checked text, in reading order; pieces are joined without separators. */
export type Piece =
  | { readonly kind: 'prose'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  /** A number whose origin was found, or which is the model's own estimate. */
  | { readonly kind: 'figure'; readonly text: string; readonly quality: Quality; readonly runId?: string }
  | { readonly kind: 'place'; readonly text: string; readonly file: string; readonly line: number }
  /** What could not be borne out, with the reason: shown struck out. */
  | { readonly kind: 'struck'; readonly text: string; readonly reason: string };

export interface CheckedText {
  readonly pieces: readonly Piece[];
  /** What was found wrong, one sentence each; the texts of the struck pieces are among them. */
  readonly objections: readonly string[];
}

/** What can be looked up about the workspace. */
export interface Lookup {
  /** The file by its path, or by the end of its path where that is unique; its lines are counted. */
  file(path: string): Promise<{ readonly file: string; readonly lines: number } | undefined>;
  isRule(id: string): boolean;
  isRun(id: string): Promise<boolean>;
}

export interface Checking {
  readonly basis: Basis;
  /** What the claim cites. */
  readonly cited: readonly EvidenceItem[];
  readonly ledger: Ledger;
  readonly lookup: Lookup;
}

const LONGEST_TEXT = 4000;

/**
 * Holds one text to the evidence. Every number is found in what the claim cites, within rounding, and takes the
 * quality of what was found; another one is struck out where the claim says "measured", and an estimate elsewhere.
 * Files, lines, runs and rules have to exist.
 */
export async function checkText(text: string, checking: Checking): Promise<CheckedText> {
  const safe = clean(text, LONGEST_TEXT);
  const references = referencesIn(safe);
  const quantities = quantitiesIn(safe, references);
  const pieces: Piece[] = [];
  let at = 0;
  for (const part of [...references, ...quantities].sort((a, b) => a.start - b.start)) {
    if (part.start < at) continue;
    const piece = 'kind' in part ? await referencePiece(safe, part, references, checking) : quantityPiece(safe, part, checking);
    pieces.push({ kind: 'prose', text: safe.slice(at, part.start) }, piece);
    at = part.end;
  }
  pieces.push({ kind: 'prose', text: safe.slice(at) });
  return { pieces: joined(pieces), objections: pieces.flatMap((piece) => (piece.kind === 'struck' ? [objectionTo(piece)] : [])) };
}

function objectionTo({ text, reason }: Extract<Piece, { kind: 'struck' }>): string {
  return `"${text}": ${reason}`;
}

function quantityPiece(text: string, quantity: Quantity, { basis, cited, ledger }: Checking): Piece {
  const words = text.slice(quantity.start, quantity.end);
  const match = matchOf(text, quantity, cited, ledger.items);
  if (match.kind === 'found') return figure(words, match);
  if (match.kind === 'misattributed') return { kind: 'struck', text: words, reason: `${match.item.id} is about ${match.item.functionName}` };
  if (basis !== 'measured') return quantity.isPlain ? { kind: 'prose', text: words } : { kind: 'figure', text: words, quality: 'estimate' };
  return quantity.isPlain ? { kind: 'prose', text: words } : { kind: 'struck', text: words, reason: unfound(text, quantity, cited, ledger) };
}

function figure(text: string, { item, quality }: Extract<Match, { kind: 'found' }>): Piece {
  return { kind: 'figure', text, quality, ...(quality === 'measured' && { runId: item.runId }) };
}

function unfound(text: string, quantity: Quantity, cited: readonly EvidenceItem[], ledger: Ledger): string {
  const elsewhere = ledger.items.find((item) => !cited.includes(item) && matchOf(text, quantity, [item], ledger.items).kind === 'found');
  const hint = elsewhere === undefined ? '' : `; ${elsewhere.id} says it and is not cited`;
  return cited.length === 0 ? `no evidence is cited for it${hint}` : `not in ${cited.map(({ id }) => id).join(', ')}${hint}`;
}

async function referencePiece(text: string, reference: Reference, all: readonly Reference[], { ledger, lookup }: Checking): Promise<Piece> {
  const words = text.slice(reference.start, reference.end);
  const struck = (reason: string): Piece => ({ kind: 'struck', text: words, reason });
  switch (reference.kind) {
    case 'code':
      return { kind: 'code', text: reference.text };
    case 'name':
      return { kind: 'prose', text: words };
    case 'line': {
      const path = all.find((other) => other.kind === 'place')?.file;
      const found = path === undefined ? undefined : await lookup.file(path);
      const isThere = found === undefined || (reference.lastLine ?? reference.line) <= found.lines;
      return isThere ? { kind: 'prose', text: words } : struck(`${found.file} has ${found.lines} lines`);
    }
    case 'place': {
      const found = await lookup.file(reference.file);
      if (found === undefined) return struck('there is no such file in the workspace');
      const last = reference.lastLine ?? reference.line ?? 1;
      if (last > found.lines || reference.line === 0) return struck(`${found.file} has ${found.lines} lines`);
      return { kind: 'place', text: words.replace(/`/g, ''), file: found.file, line: (reference.line ?? 1) - 1 };
    }
    case 'run':
      return (await lookup.isRun(reference.id)) ? { kind: 'code', text: reference.id } : struck('there is no such run');
    case 'rule':
      return lookup.isRule(reference.id) ? { kind: 'code', text: reference.id } : struck('there is no such rule');
    case 'evidence': {
      const unknown = [...words.matchAll(/E\d+/g)].map(String).filter((id) => ledger.get(id) === undefined);
      return unknown.length === 0 ? { kind: 'prose', text: words } : struck(`there is no evidence ${unknown.join(', ')}`);
    }
  }
}

/** Neighbouring prose becomes one piece, and empty pieces go. */
function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (piece.text === '') continue;
    if (piece.kind === 'prose' && last?.kind === 'prose') result[result.length - 1] = { kind: 'prose', text: last.text + piece.text };
    else result.push(piece);
  }
  return result;
}
