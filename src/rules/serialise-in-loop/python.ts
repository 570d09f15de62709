import type { Fix, Match } from '../../core/rule';
import { argumentAt, calleeOf, dottedName, shorten } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { hoistExpression } from '../../syntax/python/hoistExpression';
import { loopsWithSame } from '../../syntax/python/invariance';
import { sizeOf } from '../../syntax/python/perItem';
import { isManyRounds, isOnlyRead, runsEachRound } from '../../syntax/python/rounds';
import { literalText } from '../../syntax/python/strings';
import type { PythonMatcher } from '../matchers';
import type { Facts } from './rule';

const DOES: Readonly<Record<string, Facts['does']>> = {
  'json.dumps': 'serialises', 'pickle.dumps': 'serialises', 'yaml.dump': 'serialises', 'yaml.safe_dump': 'serialises',
  'json.loads': 'parses', 'pickle.loads': 'parses', 'yaml.safe_load': 'parses', 'yaml.load': 'parses',
  'copy.deepcopy': 'copies',
};

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: ['dumps', 'loads', 'deepcopy', 'safe_load', 'load', 'dump', 'safe_dump'],

  find(call, file): Match<Facts> | undefined {
    const does = file.loopsAround(call).length > 0 ? whatItDoes(call, file) : undefined;
    const value = argumentAt(call, 0);
    if (does === undefined || value === undefined || literalText(value) !== undefined || isSmallDisplay(value)) return undefined;
    const loop = loopsWithSame(call, call, file).find((each) => isManyRounds(each, file));
    if (loop === undefined || !runsEachRound(call, loop, file) || (does !== 'serialises' && !isOnlyRead(call, file))) return undefined;
    return { span: call, facts: { call: shorten(call.text, 40), loop: loop.label, does }, size: sizeOf(loop, file) };
  },

  fix: (_match, call, file) => suggested(hoistExpression(call, file, nameFor)),
};

/** `json.dumps({"id": str(order_id)})`: a few values take no time to write. */
function isSmallDisplay(value: PythonNode): boolean {
  return /^(?:Dictionary|Array|Tuple)Expression$/.test(value.kind) && value.text.length < 200 && value.children.every(({ kind }) => !/Comprehension|^\*/.test(kind));
}

function whatItDoes(call: PythonNode, file: PythonFile): Facts['does'] | undefined {
  const name = file.names.qualified(calleeOf(call));
  return name !== undefined && Object.hasOwn(DOES, name) ? DOES[name] : undefined;
}

const SUFFIX: Readonly<Record<string, string>> = { dumps: 'json', dump: 'text', safe_dump: 'text', deepcopy: 'copy' };

function nameFor(call: PythonNode): string {
  const value = argumentAt(call, 0);
  const base = (value && dottedName(value)?.split('.').at(-1)) ?? 'value';
  const suffix = SUFFIX[call.calledName];
  return suffix === undefined ? `parsed_${base}` : `${base}_${suffix}`;
}

/** A property may have done something in each round. */
function suggested(fix: Fix | undefined): Fix | undefined {
  return fix && { ...fix, kind: 'suggestion', caveat: 'All rounds share one result, which is made even if the loop has no round.' };
}
