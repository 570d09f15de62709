import type { Fix, Match } from '../../core/rule';
import { superLinear, type RegexSource } from '../../syntax/regex/analysis';
import { fromPython } from '../../syntax/regex/python';
import { argumentAt, calleeOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { literalText } from '../../syntax/python/strings';
import type { PythonMatcher } from '../matchers';
import { factsOf } from './facts';
import type { Facts } from './rule';

/** re's functions with the position of their flags. */
const FLAGS_AT: Readonly<Record<string, number>> = { compile: 1, match: 2, search: 2, fullmatch: 2, findall: 2, finditer: 2, split: 3, sub: 4, subn: 4 };
const LONG_NAMES: Readonly<Record<string, string>> = { IGNORECASE: 'i', DOTALL: 's', MULTILINE: 'm', VERBOSE: 'x' };

interface Pattern {
  readonly node: PythonNode;
  readonly text: string;
  readonly regex: RegexSource;
}

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: Object.keys(FLAGS_AT),

  find(node, file): Match<Facts> | undefined {
    const pattern = patternOf(node, file);
    const found = pattern && superLinear(pattern.regex);
    if (pattern === undefined || found === undefined) return undefined;
    return {
      span: pattern.node,
      facts: factsOf(pattern.text, found),
      confidence: found.growth === 'exponential' ? 'likely' : 'possible',
    };
  },

  fix(_match, node, file): Fix | undefined {
    const pattern = patternOf(node, file);
    const fixed = pattern && superLinear(pattern.regex)?.fixed;
    // Only what both languages write alike can be put back.
    if (pattern === undefined || fixed === undefined || pattern.regex.source !== pattern.text || !/^r"[^"]*"$/.test(pattern.node.text) || /["\\][up]|"/.test(fixed.source)) return undefined;
    return {
      title: 'Match each character in one way only',
      kind: 'safe',
      edits: [{ start: pattern.node.start, end: pattern.node.end, newText: `r"${fixed.source}"` }],
    };
  },
};

function patternOf(call: PythonNode, file: PythonFile): Pattern | undefined {
  if (!file.imports('re') || file.names.qualified(calleeOf(call)) !== `re.${call.calledName}`) return undefined;
  const node = argumentAt(call, 0, 'pattern');
  const text = literalText(node);
  const flags = flagsOf(argumentAt(call, FLAGS_AT[call.calledName]!, 'flags'));
  const regex = text === undefined || flags === undefined ? undefined : fromPython(text, flags);
  return regex && { node: node!, text: text!, regex };
}

/** "im" of `re.I | re.MULTILINE`; undefined for what is not written out. */
function flagsOf(expression: PythonNode | undefined): string | undefined {
  if (expression === undefined) return '';
  const names = expression.text.split('|').map((part) => /^\s*re\.([A-Z]+)\s*$/.exec(part)?.[1]);
  return names.every((name) => name !== undefined) ? names.map((name) => LONG_NAMES[name] ?? name[0]!.toLowerCase()).join('') : undefined;
}
