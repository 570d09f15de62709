import type { Fix } from '../../core/rule';
import { argumentAt, argumentsOf, outerParent, subscriptOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';

/**
 * `sorted(xs, key=f)[0]` becomes `min(xs, key=f)`. Both give the first of equal items, as `max` does with
 * `sorted(xs, reverse=True)[0]`; the last one of equals, which `[-1]` takes, max does not give.
 */
export function fixExtreme(call: PythonNode, file: PythonFile): Fix | undefined {
  const taken = outerParent(call);
  const index = subscriptOf(taken)?.index?.text.replace(/\s/g, '');
  const reverse = argumentAt(call, Number.MAX_SAFE_INTEGER, 'reverse');
  if (taken === undefined || (index !== '0' && index !== '-1') || (reverse !== undefined && !/^(?:True|False)$/.test(reverse.text))) return undefined;
  const isFirst = index === '0';
  const builtin = isFirst === (reverse?.text === 'True') ? 'max' : 'min';
  if (file.scopes.resolve(builtin, call) !== undefined) return undefined;
  const args = argumentsOf(call);
  const list = args[0]!.value;
  const kept = args.filter(({ name }) => name !== 'reverse').map(({ name, unpacks, value }) => (name === undefined ? (unpacks ?? '') + value.text : `${name}=${value.text}`));
  // A bare generator brings its own brackets along.
  const inner = list.kind === 'ArgList' ? list.text : `(${kept.join(', ')})`;
  const isTried = call.closest('TryStatement') !== undefined;
  const isExact = isFirst && !isTried;
  return {
    title: `Use ${builtin}()`,
    kind: isExact ? 'safe' : 'suggestion',
    edits: [{ start: taken.start, end: taken.end, newText: `${builtin}${inner}` }],
    caveat: isExact ? undefined : isTried ? `With nothing in it, ${builtin}() raises ValueError, where the index raised IndexError.` : `Of several equal items ${builtin}() gives the first, [-1] the last.`,
  };
}
