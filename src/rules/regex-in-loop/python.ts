import type { Match } from '../../core/rule';
import { argumentAt, calleeOf, shorten } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { dependsOn, isInvariant, loopsWithSame } from '../../syntax/python/invariance';
import { isErrorPath } from '../../syntax/python/iteration';
import type { Loop } from '../../syntax/python/loops';
import { sizeOf } from '../../syntax/python/perItem';
import { isConstantTable } from '../../syntax/python/rounds';
import { holdsLines } from '../growthPython';
import type { PythonMatcher } from '../matchers';
import { compileOnce } from './pythonFix';
import type { Facts } from './rule';

/** Fewer rounds cost nothing worth saying. */
const SMALL = 20;
const FUNCTIONS = ['compile', 'match', 'search', 'fullmatch', 'sub', 'subn', 'split', 'findall', 'finditer'];

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: FUNCTIONS,

  find(node, file): Match<Facts> | undefined {
    const pattern = file.imports('re', 'regex') && file.loopsAround(node).length > 0 ? patternOf(node, file) : undefined;
    if (pattern === undefined) return undefined;
    const same = loopsWithSame(pattern, node, file, 'keeps').filter((loop) => isManyRounds(loop, file));
    const loop = same[0] ?? loopAroundList(pattern, node, file);
    if (loop === undefined || isErrorPath(node, loop.node)) return undefined;
    const form = same.length === 0 ? 'list' : node.calledName === 'compile' ? 'compiled' : 'looked up';
    // A look-up in re's cache is worth a word where there are as many rounds as a file has lines.
    if (form === 'looked up' && !same.some(({ iterable }) => holdsLines(iterable, file))) return undefined;
    return {
      span: node,
      facts: { call: shorten(node.text, 50), loop: loop.label, form, depth: same.length },
      size: sizeOf(loop, file),
      confidence: form === 'looked up' ? 'possible' : 'likely',
    };
  },

  fix: (match, node, file) => (match.facts.form === 'list' ? undefined : compileOnce(node, file)),
};

/** The pattern of a call of re's functions. */
function patternOf(call: PythonNode, file: PythonFile): PythonNode | undefined {
  return /^(?:re|regex)\.\w+$/.test(file.names.qualified(calleeOf(call)) ?? '') ? argumentAt(call, 0, 'pattern') : undefined;
}

/** `any(re.search(word, text) for word in words)` in a loop over texts: a loop around that of the patterns. */
function loopAroundList(pattern: PythonNode, node: PythonNode, file: PythonFile): Loop | undefined {
  const [inner, ...outer] = file.loopsAround(node);
  const collection = inner?.iterable;
  // re keeps the patterns of a list that somebody wrote down.
  if (inner === undefined || collection === undefined || isConstantTable(collection.text.split('.').pop()!) || !dependsOn(pattern, inner)) return undefined;
  return outer.find((loop) => isManyRounds(loop, file) && isInvariant(collection, loop, file, 'keeps') && !dependsOn(pattern, loop));
}

/** A round that waits costs far more than making a pattern. */
function isManyRounds(loop: Loop, file: PythonFile): boolean {
  if (loop.kind === 'while' || (loop.size !== undefined && loop.size < SMALL)) return false;
  const round = loop.node.child('Body') ?? loop.node;
  return round.descendants('AwaitExpression').length === 0 && !round.descendants('CallExpression').some((call) => file.dataAccess(call) !== undefined);
}
