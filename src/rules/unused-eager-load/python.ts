import type { ReadPath } from '../../core/models';
import { argumentsOf, calleeOf, memberOf, outerParent } from '../../syntax/python/expressions';
import { loadedBy } from '../../syntax/python/data/loading';
import type { PythonNode } from '../../syntax/python/file';
import { manyRows } from '../../syntax/python/results/manyRows';
import { resultUses } from '../../syntax/python/results/resultUses';
import type { PythonMatcher } from '../matchers';
import type { Facts } from './rule';

/** Calls of a session that run the statement they are given. */
const RUNS = /^(?:scalars|execute|exec)$/;

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],
  names: ['select_related', 'prefetch_related', 'options'],

  find(call, file) {
    const member = memberOf(calleeOf(call));
    // What a Prefetch keeps under another name is read under that.
    if (!file.usesOrm || member === undefined || /\bto_attr\b|\bcontains_eager\b/.test(call.text)) return undefined;
    const loaded = loadedBy(member.name, call);
    if (loaded.length === 0 || loaded.some((path) => !/^[\w.]+$/.test(path))) return undefined;
    const query = wholeQuery(call);
    const rows = isLocking(query) ? undefined : manyRows(query, file);
    if (rows === undefined || rows.through !== undefined) return undefined;
    const { uses, escapes, partEscapes } = resultUses(query, file);
    const reads = uses.flatMap((use) => use.reads);
    if (escapes || partEscapes || reads.length === 0) return undefined;
    const unused = loaded.filter((path) => !reads.some((read) => readsAlong(read, path.split('.'))));
    if (unused.length === 0) return undefined;
    return {
      span: { start: member.object.end, end: call.end },
      facts: { loader: `${member.name}(${argumentsOf(call).map(({ value }) => value.text).join(', ')})`, unused, names: firstNames(reads), rows: { model: rows.model, eager: [] }, isWhole: unused.length === loaded.length },
    };
  },

  fix: (match, call) =>
    match.facts.isWhole
      ? { title: `Do not read ${match.facts.unused.join(', ')} along`, kind: 'suggestion', edits: [{ ...match.span, newText: '' }], caveat: 'Code that reads the relation after all asks for it row by row.' }
      : oneNameLess(match.facts.unused, call),
};

/** The outermost call of the chain, and of the session that runs it. */
function wholeQuery(call: PythonNode): PythonNode {
  let at = call;
  for (;;) {
    const parent = outerParent(at);
    const outer = parent?.parent;
    if (parent?.kind === 'MemberExpression' && outer?.kind === 'CallExpression' && calleeOf(outer) === parent) at = outer;
    else if (parent?.kind === 'ArgList' && outer?.kind === 'CallExpression' && RUNS.test(outer.calledName)) at = outer;
    else return at;
  }
}

/** `select_for_update(of=…)` locks the joined rows too. */
const isLocking = (query: PythonNode): boolean => /\b(?:select_for_update|with_for_update)\b/.test(query.text);

/** The read goes through the relation: `order.customer.name` through "customer". */
const readsAlong = (read: ReadPath, path: readonly string[]): boolean => {
  const names = read.filter((name) => !name.endsWith('()') || read[0] === name).map((name) => name.replace('()', ''));
  return path.every((name, i) => names[i] === name);
};

const firstNames = (reads: readonly ReadPath[]): readonly string[] => [...new Set(reads.map(([first]) => first!))];

/** Takes the names that nobody reads out of a list of texts. */
function oneNameLess(unused: readonly string[], call: PythonNode): ReturnType<NonNullable<PythonMatcher<Facts>['fix']>> {
  const args = argumentsOf(call);
  const kept = args.filter(({ value }) => !unused.includes(value.text.slice(1, -1).replaceAll('__', '.')));
  if (kept.length === args.length || args.some(({ value }) => value.kind !== 'String')) return undefined;
  const list = call.child('ArgList')!;
  return {
    title: `Do not read ${unused.join(', ')} along`,
    kind: 'suggestion',
    edits: [{ start: list.start, end: list.end, newText: `(${kept.map(({ value }) => value.text).join(', ')})` }],
    caveat: 'Code that reads the relation after all asks for it row by row.',
  };
}
