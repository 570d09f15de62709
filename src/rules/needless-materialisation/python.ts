import type { Match } from '../../core/rule';
import { isFewByNature } from '../../syntax/cardinality';
import { itemsOf, shorten } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { comesFromOneText } from '../../syntax/python/handfuls';
import { isConstantTable, isShort } from '../../syntax/python/rounds';
import type { PythonMatcher } from '../matchers';
import { needlessComprehension, needlessCopy, type Needless } from './pythonForms';
import type { Facts } from './rule';

const DISPLAYS = /^(?:Array|Tuple|Set)Expression$/;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression', 'ArrayComprehensionExpression'],
  names: ['list'],

  find(list, file): Match<Facts> | undefined {
    const needless = needlessOf(list, file);
    if (needless === undefined) return undefined;
    const { source, then, instead, saves } = needless;
    const label = shorten(source.text.replace(/\.(?:keys|values|items|all)\(\)$/, ''), 40);
    const value = file.valueOf(source);
    const size = value?.length ?? (DISPLAYS.test(source.kind) ? itemsOf(source)?.length : undefined);
    if (isShort(size) || isFewByNature(label) || isConstantTable(label) || comesFromOneText(source, file) || /\.r?split\(/.test(source.text)) return undefined;
    return {
      span: list,
      facts: { list: shorten(list.text, 60), then, instead, saves, isInLoop: file.loopsAround(list).length > 0 },
      size: size === undefined ? { kind: 'collection', name: label, table: value?.table ?? value?.element?.table } : { kind: 'literal', value: size },
    };
  },

  fix(_match, list, file) {
    const rewrite = needlessOf(list, file)?.rewrite;
    if (rewrite === undefined) return undefined;
    const { node, text, caveat } = rewrite;
    return { title: 'Ask without making the list', kind: caveat === undefined ? 'safe' : 'suggestion', caveat, edits: [{ start: node.start, end: node.end, newText: text }] };
  },
};

function needlessOf(list: PythonNode, file: PythonFile): Needless | undefined {
  return list.kind === 'CallExpression' ? needlessCopy(list, file) : needlessComprehension(list, file);
}
