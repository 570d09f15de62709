/** A part of a text that is a name or an address although it holds digits. Offsets are UTF-16; `end` is exclusive. */
export type Reference =
  | { readonly kind: 'code'; readonly start: number; readonly end: number; readonly text: string }
  | { readonly kind: 'place'; readonly start: number; readonly end: number; readonly file: string; readonly line?: number; readonly lastLine?: number }
  | { readonly kind: 'line'; readonly start: number; readonly end: number; readonly line: number; readonly lastLine?: number }
  | { readonly kind: 'run' | 'evidence' | 'rule'; readonly start: number; readonly end: number; readonly id: string }
  /** A date, a version, a status code: neither a measurement nor anything that could be looked up. */
  | { readonly kind: 'name'; readonly start: number; readonly end: number };

const EXTENSION = '(?:[cm]?[jt]sx?|pyi?|sql|json|ya?ml|toml|md|txt|html|css|vue|svelte|go|rs|java|kt|rb|php|cs|sh|prisma|graphql|log)';
const PATH = String.raw`(?:[\w@.~()[\]-]+/)*[\w@.()[\]-]*[\w)\]-]\.${EXTENSION}`;

type Finder = readonly [RegExp, (match: RegExpMatchArray, start: number, end: number) => Reference];

/** In order of strength: what an earlier one has taken, a later one leaves alone. */
const FINDERS: readonly Finder[] = [
  [/\b\d{8}T\d{6}-[0-9a-f]{6}\b/g, ([id], start, end) => ({ kind: 'run', start, end, id: id! })],
  [new RegExp(String.raw`(?<![\w/.-])(${PATH})(?:(?::|#L)(\d+)(?:[-–]L?(\d+))?)?(?![\w/])`, 'g'), (match, start, end) => {
    const [, file, line, lastLine] = match;
    return { kind: 'place', start, end, file: file!, ...(line && { line: Number(line) }), ...(lastLine && { lastLine: Number(lastLine) }) };
  }],
  [/\blines?\s+(\d+)(?:\s*(?:[-–]|to|and)\s*(\d+))?(?![\d.,]*\s*(?:[mµn]?s\b|%|x\b))/gi, ([, line, lastLine], start, end) => ({
    kind: 'line', start, end, line: Number(line), ...(lastLine && { lastLine: Number(lastLine) }),
  })],
  [/\[?\bE\d+\b(?:\s*,\s*E\d+\b)*\]?/g, ([id], start, end) => ({ kind: 'evidence', start, end, id: id! })],
  [/(?<=\brule )`?([a-z][a-z0-9]*(?:-[a-z0-9]+)+)`?/gi, ([, id], start, end) => ({ kind: 'rule', start, end, id: id! })],
  [/\bhttps?:\/\/\S+/g, (_, start, end) => ({ kind: 'name', start, end })],
  [/\b\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+Z?)?\b/g, (_, start, end) => ({ kind: 'name', start, end })],
  [/\b(?:HTTP|status(?: code)?|error(?: code)?|exit code)\s+\d{1,3}\b(?!\s*(?:[mµn]?s\b|%))/gi, (_, start, end) => ({ kind: 'name', start, end })],
  [/\b(?:PostgreSQL|Postgres|MySQL|MariaDB|SQLite|Node(?:\.js)?|Python|Django|TypeScript|Chrome|version|HTTP\/)\s?v?\d+(?:\.\d+)*\b(?!\s*(?:[mµn]?s\b|%|x\b))/gi, (_, start, end) => ({ kind: 'name', start, end })],
  [/\b\d+\.\d+\.\d+\b/g, (_, start, end) => ({ kind: 'name', start, end })],
  [/\b[0-9a-f]*[a-f][0-9a-f]{7,}\b/g, (_, start, end) => ({ kind: 'name', start, end })],
];

/** A code span may not hide a measurement: "`480 ms`" is one. */
const HOLDS_QUANTITY = /^[~≈<>≤≥±+\s-]*\d[\d.,\s]*\s*(?:[a-zµμ%×/ ]{0,12})$|\d\s*(?:[mµμn]?s|%|×|x|times|seconds|percent)(?![\w(])/iu;

/** Finds names and addresses, from left to right and without overlap. Backticks belong to the span of a code reference. */
export function referencesIn(text: string): Reference[] {
  const found: Reference[] = [];
  const isFree = (start: number, end: number): boolean => found.every((other) => end <= other.start || start >= other.end);
  for (const match of text.matchAll(/`([^`\n]+)`/g)) found.push(...codeSpan(match[1]!, match.index, match.index + match[0].length));
  for (const [pattern, make] of FINDERS) {
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length;
      if (isFree(match.index, end)) found.push(make(match, match.index, end));
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** A span that is one place or run is that; one that holds a quantity is read like prose. */
function codeSpan(content: string, start: number, end: number): Reference[] {
  const trimmed = content.trim();
  if (HOLDS_QUANTITY.test(trimmed)) return [];
  for (const [pattern, make] of FINDERS.slice(0, 2)) {
    const match = [...trimmed.matchAll(pattern)][0];
    if (match && match[0] === trimmed) return [make(match, start, end)];
  }
  return [{ kind: 'code', start, end, text: content }];
}
