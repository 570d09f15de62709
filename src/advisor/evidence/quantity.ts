/** What a number counts. Values of one dimension share a base unit: ms, a share of 0 to 1, bytes, a factor, per second, pieces. */
export type Dimension = 'time' | 'share' | 'bytes' | 'ratio' | 'rate' | 'count';

/** A number in a text, with what it could count and how far rounding may have moved it. */
export interface Quantity {
  /** UTF-16 offsets of number and unit; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** In the base unit of its dimension; NaN where the digits cannot be read. */
  readonly value: number;
  /** Half of what the last written digit leaves open, in the base unit. */
  readonly tolerance: number;
  /** "5 times" is a factor or a count; all others have one. */
  readonly dimensions: readonly Dimension[];
  /** A plain small number of things, such as "two options": no measurement. */
  readonly isPlain: boolean;
}

interface Unit {
  readonly dimensions: readonly Dimension[];
  readonly factor: number;
}

const unit = (factor: number, ...dimensions: readonly Dimension[]): Unit => ({ factor, dimensions });

/** Longest spellings first, so that "ms" is not read as "m". The letter case of bytes and of one-letter units matters. */
const UNITS: readonly (readonly [RegExp, Unit])[] = [
  [/^(?:requests?|queries|ops|operations|calls|rows|req)?\s*(?:\/|per )\s*(?:s|sec|second)\b|^(?:rps|qps|req\/s)\b/i, unit(1, 'rate')],
  [/^(?:requests?|queries|ops|operations|calls|rows)?\s*(?:\/|per )\s*(?:min|minute)\b/i, unit(1 / 60, 'rate')],
  [/^(?:ns|nanoseconds?)\b/i, unit(1e-6, 'time')],
  [/^(?:[µμ]s|us|microseconds?)\b/i, unit(1e-3, 'time')],
  [/^(?:ms|msecs?|milliseconds?)\b/i, unit(1, 'time')],
  [/^(?:s|secs?|seconds?)\b/, unit(1000, 'time')],
  [/^(?:min|mins|minutes?)\b/i, unit(60_000, 'time')],
  [/^(?:h|hours?)\b/, unit(3_600_000, 'time')],
  [/^days?\b/i, unit(86_400_000, 'time')],
  [/^(?:%|percent\b|per cent\b|percentage points?\b)/i, unit(0.01, 'share')],
  [/^(?:kB|KB|kilobytes?)\b/, unit(1000, 'bytes')],
  [/^KiB\b/, unit(1024, 'bytes')],
  [/^(?:MB|megabytes?)\b/, unit(1e6, 'bytes')],
  [/^MiB\b/, unit(1024 ** 2, 'bytes')],
  [/^(?:GB|gigabytes?)\b/, unit(1e9, 'bytes')],
  [/^GiB\b/, unit(1024 ** 3, 'bytes')],
  [/^(?:B|bytes?)\b/, unit(1, 'bytes')],
  [/^(?:x\b|×|fold\b)/, unit(1, 'ratio')],
  [/^times\b/i, unit(1, 'ratio', 'count')],
];

/** Nouns that make even a small number a claim about cost. */
const COST_NOUN =
  /^(?:sequential |extra |more |fewer |individual |separate )?(?:quer(?:y|ies)|rows?|calls?|round[ -]?trips?|samples?|comparisons?|elements?|requests?|users?|items?|copies|scans?|reads?|writes?|iterations?|allocations?|connections?|statements?|orders?|records?|locks?|waits?|threads?|workers?|cores?|CPUs?|processors?|runs?)\b/i;

const LARGEST_PLAIN = 10;

const DIGITS = String.raw`(?:\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?`;
/** Not behind a letter, a dot or a sign that makes it part of a name: p95, n^2, UTF-8, N+1, #12. */
const NUMBER = new RegExp(String.raw`(?<![\w.^#$@&/])(?<![A-Za-z][-+])${DIGITS}(?:(?:k|K|M|bn)(?![A-Za-z]))?(?![\d_])`, 'gu');
const UNREADABLE_DIGITS = /(?:(?![0-9])\p{Nd})+/gu;
const RANGE = new RegExp(String.raw`^\s*(?:-|–|—|to|or|and)\s*(${DIGITS})[ \u00a0\u202f-]*`, 'u');

const MAGNITUDE: Readonly<Record<string, number>> = { k: 1e3, K: 1e3, M: 1e6, bn: 1e9 };

/** Every number of a text, in digits or in words, except those that are part of a name. Spans in `masked` are passed over. */
export function quantitiesIn(text: string, masked: readonly { readonly start: number; readonly end: number }[] = []): Quantity[] {
  const isMasked = (at: number): boolean => masked.some(({ start, end }) => at >= start && at < end);
  const digits = [...text.matchAll(NUMBER)].map((match) => inDigits(text, match.index, match[0]));
  const unreadable = [...text.matchAll(UNREADABLE_DIGITS)].map((match): Quantity => ({
    start: match.index, end: match.index + match[0].length, value: NaN, tolerance: 0, dimensions: [], isPlain: false,
  }));
  return [...digits, ...unreadable, ...inWords(text)].filter(({ start }) => !isMasked(start)).sort((a, b) => a.start - b.start);
}

function inDigits(text: string, start: number, matched: string): Quantity {
  const suffix = /(?:k|K|M|bn)$/.exec(matched)?.[0] ?? '';
  const written = matched.slice(0, matched.length - suffix.length).replace(/[,\u00a0\u202f]/g, '');
  const scale = MAGNITUDE[suffix] ?? 1;
  return withUnit(text, start, start + matched.length, Number(written) * scale, tolerance(written) * scale);
}

function withUnit(text: string, start: number, end: number, value: number, slack: number): Quantity {
  const found = unitAt(text, end) ?? borrowedUnit(text, end);
  if (found !== undefined) {
    const { factor, dimensions } = found.unit;
    return { start, end: found.end, value: value * factor, tolerance: slack * factor, dimensions, isPlain: false };
  }
  const noun = text.slice(end).replace(/^[ \u00a0\u202f-]+/, '');
  const isPlain = Number.isInteger(value) && value <= LARGEST_PLAIN && !COST_NOUN.test(noun);
  return { start, end, value, tolerance: slack, dimensions: ['count'], isPlain };
}

function unitAt(text: string, at: number): { readonly unit: Unit; readonly end: number } | undefined {
  const gap = /^[ \u00a0\u202f-]?/.exec(text.slice(at))![0].length;
  const rest = text.slice(at + gap);
  for (const [pattern, found] of UNITS) {
    const match = pattern.exec(rest);
    if (match) return { unit: found, end: at + gap + match[0].length };
  }
  return undefined;
}

/** In "10 to 20 ms" the first number is milliseconds too; its span stays its own. */
function borrowedUnit(text: string, at: number): { readonly unit: Unit; readonly end: number } | undefined {
  const range = RANGE.exec(text.slice(at));
  const found = range && unitAt(text, at + range[0].trimEnd().length);
  return found ? { unit: found.unit, end: at } : undefined;
}

/** Half of the last digit that was meant: of "1,200" two digits at least are taken to be exact. */
function tolerance(written: string): number {
  const [mantissa = '', exponent = '0'] = written.split('e');
  const [whole = '', fraction] = mantissa.split('.');
  const scale = 10 ** Number(exponent);
  if (fraction !== undefined) return 0.5 * 10 ** -fraction.length * scale;
  const zeros = /0*$/.exec(whole)![0].length;
  const open = Math.min(zeros, Math.max(whole.length - 2, 0));
  return 0.5 * 10 ** open * scale;
}

const WORD_VALUES: Readonly<Record<string, number>> = {
  half: 0.5, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12,
  fifteen: 15, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90, dozen: 12,
  hundred: 100, thousand: 1000, million: 1e6, billion: 1e9,
};
const WORDS = new RegExp(String.raw`\b(${Object.keys(WORD_VALUES).join('|')})\b`, 'gi');

const MULTIPLIERS: readonly (readonly [RegExp, number, number, readonly Dimension[]])[] = [
  [/\b(?:twice|doubl(?:e|es|ed|ing))\b/gi, 2, 0, ['ratio']],
  [/\b(?:thrice|tripl(?:e|es|ed|ing))\b/gi, 3, 0, ['ratio']],
  [/\bhalv(?:e|es|ed|ing)\b/gi, 0.5, 0, ['ratio', 'share']],
  [/\btenfold\b/gi, 10, 0, ['ratio']],
  [/\bhundredfold\b/gi, 100, 0, ['ratio']],
  [/\b(?:an )?orders? of magnitude\b/gi, 10, 5, ['ratio']],
  [/\bhalf (?=(?:of )?(?:the|its|that|their)\b)/gi, 0.5, 0.005, ['share', 'ratio']],
];

/** A number in words counts where a unit, a share or a cost follows; "two options" is prose. */
function inWords(text: string): Quantity[] {
  const multipliers = MULTIPLIERS.flatMap(([pattern, value, slack, dimensions]) =>
    [...text.matchAll(pattern)].map((match): Quantity => ({
      start: match.index, end: match.index + match[0].trimEnd().length, value, tolerance: slack, dimensions, isPlain: false,
    })),
  );
  const words = [...text.matchAll(WORDS)].flatMap((match): Quantity[] => {
    const end = match.index + match[0].length;
    const quantity = withUnit(text, match.index, end, WORD_VALUES[match[1]!.toLowerCase()]!, 0);
    // "One query for all" is an instruction and counts nothing.
    const isMeasure = quantity.end > end || (match[1]!.toLowerCase() !== 'one' && COST_NOUN.test(text.slice(end).replace(/^[ -]+/, '')));
    return isMeasure ? [{ ...quantity, isPlain: false }] : [];
  });
  return [...multipliers, ...words];
}
