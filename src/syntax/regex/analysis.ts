import type { Report, SelfReport } from 'scslre';

type Quantifier = SelfReport['quant'];
/** A part of an alternative: a character, a group, a repetition, an assertion. */
type Element = Extract<Quantifier['parent'], { type: 'Alternative' }>['elements'][number];

/** A regular expression as JavaScript writes it. */
export interface RegexSource {
  readonly source: string;
  readonly flags: string;
}

/** Why matching may take more steps than the text has characters. */
export interface SuperLinear {
  /** `exponential`: each further character doubles the steps. `polynomial`: they grow with the square or more. */
  readonly growth: 'exponential' | 'polynomial';
  /** A character that, repeated, is matched in many ways. */
  readonly character: string;
  /** The part that may match the same text in several ways, as the pattern has it. */
  readonly part: string;
  /** A pattern that matches exactly the same and does not have this weakness. */
  readonly fixed?: RegexSource;
}

/** Enough for the patterns of a large file while it is edited. */
const CACHED_PATTERNS = 500;
/** Longer patterns are lists of alternatives made by a program; analysing one takes longer than a keystroke may. */
const LONGEST_PATTERN = 1_000;

const cache = new Map<string, SuperLinear | null>();

/**
 * Finds the worst ambiguity of a pattern: one that a backtracking engine (V8, Python's re) tries out in full where the
 * match fails in the end. Undefined where there is none, or where the pattern is none of JavaScript's.
 */
export function superLinear(regex: RegexSource): SuperLinear | undefined {
  if (!mayBacktrack(regex.source)) return undefined;
  const key = `${regex.flags}/${regex.source}`;
  let found = cache.get(key);
  if (found === undefined) {
    found = analyse(regex) ?? null;
    if (cache.size >= CACHED_PATTERNS) cache.clear();
    cache.set(key, found);
  }
  return found ?? undefined;
}

/** It takes two repetitions without an upper limit, one beside or inside the other. */
function mayBacktrack(source: string): boolean {
  const repetitions = source.match(/[^\\][*+]|\{\d*,\}/g);
  return repetitions !== null && repetitions.length > 1 && source.length <= LONGEST_PATTERN;
}

function analyse(regex: RegexSource): SuperLinear | undefined {
  // Loaded with the first pattern that needs it: most files have none.
  const library = require('scslre') as typeof import('scslre');
  let reports: readonly Report[];
  try {
    ({ reports } = library.analyse(regex, { reportTypes: { Move: false }, maxReports: 5 }));
  } catch {
    // A pattern of another dialect, or one that is still being typed.
    return undefined;
  }
  const real = reports.filter((report) => mayFailAfter(lastQuantifier(report), regex.flags));
  const worst = real.find(({ exponential }) => exponential) ?? real[0];
  if (worst === undefined) return undefined;
  return {
    growth: worst.exponential ? 'exponential' : 'polynomial',
    character: worst.character.pick,
    part: (worst.type === 'Trade' ? worst.startQuant : worst.quant).raw,
    fixed: reports.length === 1 ? worst.fix() : undefined,
  };
}

function lastQuantifier(report: Report): Quantifier {
  if (report.type === 'Self') return report.parentQuant;
  if (report.type === 'Move') return report.quant;
  return report.startQuant.end > report.endQuant.end ? report.startQuant : report.endQuant;
}

/** Ways are tried out only where something behind the repetitions can fail: what is optional, or is there on every line, cannot. */
function mayFailAfter(quantifier: Quantifier, flags: string): boolean {
  let previous: Element = quantifier;
  for (let at: Element | undefined = quantifier; at !== undefined; at = groupAround(at)) {
    const rest = at.parent.type === 'Alternative' ? at.parent.elements.slice(at.parent.elements.indexOf(at) + 1) : [];
    for (const element of rest) {
      if (!(element.type === 'Quantifier' && element.min === 0) && !isEndOfLine(previous, element, flags)) return true;
      previous = element;
    }
  }
  return false;
}

/** The repetition or group that an element stands in. */
function groupAround({ parent }: Element): Element | undefined {
  const holder = parent.type === 'Alternative' ? parent.parent : parent;
  return holder.type === 'Pattern' ? undefined : (holder as Element);
}

/** `.*$` with the flag m: a dot goes on to the end of the line, and there `$` matches. */
function isEndOfLine(previous: Element, element: Element, flags: string): boolean {
  const isEnd = element.type === 'Assertion' && element.kind === 'end' && flags.includes('m');
  return isEnd && !flags.includes('s') && previous.type === 'Quantifier' && previous.greedy && previous.element.raw === '.';
}
