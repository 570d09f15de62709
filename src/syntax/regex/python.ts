import type { RegexSource } from './analysis';

/** What JavaScript has no counterpart of: atomic groups, possessive repetitions, conditions, inline flags in the middle. */
const WITHOUT_COUNTERPART = /\(\?>|\(\?\(|[*+?}]\+|\\N\{|.\(\?[aiLmsux]+\)|\(\?[aiLmsux-]+:/s;

const FLAGS: Readonly<Record<string, string>> = { i: 'i', s: 's', m: 'm' };

/** A pattern of Python's re as JavaScript writes it; undefined where it has no counterpart. `flags` are those of re, lower case: "i", "x"... */
export function fromPython(pattern: string, flags: string): RegexSource | undefined {
  const inline = /^\(\?([aiLmsux]+)\)/.exec(pattern);
  const all = flags + (inline?.[1] ?? '').toLowerCase();
  let source = inline ? pattern.slice(inline[0].length) : pattern;
  if (WITHOUT_COUNTERPART.test(source)) return undefined;
  if (all.includes('x')) source = withoutLayout(source);
  source = source
    .replace(/\(\?P</g, '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replace(/\(\?#[^)]*\)/g, '')
    .replace(/\{,(\d+)\}/g, '{0,$1}')
    .replace(/(\\\\)|\\A/g, (_all, escaped: string | undefined) => escaped ?? '^')
    .replace(/(\\\\)|\\[Zz]/g, (_all, escaped: string | undefined) => escaped ?? '$');
  return { source, flags: [...new Set([...all].flatMap((flag) => FLAGS[flag] ?? []))].join('') };
}

/** White space and comments of a verbose pattern mean nothing outside of character classes. */
function withoutLayout(source: string): string {
  return source.replace(/\\[^]|\[(?:\\[^]|[^\]\\])*\]|#[^\n]*|\s+/g, (part) => (/^[\\[]/.test(part) ? part : ''));
}
