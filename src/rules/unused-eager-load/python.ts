import type { ReadPath } from '../../core/models';
import type { Fix } from '../../core/rule';
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
    const unused = loaded.filter((path) => usedPart(path, reads) !== path);
    if (unused.length === 0) return undefined;
    const usedParts = unused.map((path) => usedPart(path, reads));
    const isWhole = unused.length === loaded.length && usedParts.every((part) => part === '') && (member.name !== 'options' || argumentsOf(call).length === 1);
    return {
      span: { start: member.object.end, end: call.end },
      facts: { loader: `${member.name}(${argumentsOf(call).map(({ value }) => value.text).join(', ')})`, unused, names: firstNames(reads), usedParts, rows: { model: rows.model, eager: [] }, isWhole },
    };
  },

  fix: (match, call) =>
    match.facts.isWhole
      ? { title: `Do not read ${match.facts.unused.join(', ')} along`, kind: 'suggestion', edits: [{ ...match.span, newText: '' }], caveat: 'Code that reads the relation after all asks for it row by row.' }
      : fewerNames(match.facts, call),
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

/** How far a path is read: "customer" of "customer.country" where some code reads `order.customer.name`. */
function usedPart(path: string, reads: readonly ReadPath[]): string {
  const names = path.split('.');
  return names.slice(0, Math.max(...reads.map((read) => usedLength(names, read)))).join('.');
}

function usedLength(names: readonly string[], read: ReadPath): number {
  const known = read.findIndex((name) => name.endsWith('()'));
  const path = known < 0 ? read : read.slice(0, known);
  const other = names.findIndex((name, i) => path[i] !== name);
  // What is done with a related row, or with each of many, behind the end of the read is not followed.
  return other < 0 || (other > 0 && other === path.length) ? names.length : other;
}

const firstNames = (reads: readonly ReadPath[]): readonly string[] => [...new Set(reads.map(([first]) => first!))];

/** Takes the names that nobody reads out of a list of texts, and shortens those that are read in part. */
function fewerNames({ unused, usedParts = [] }: Facts, call: PythonNode): Fix | undefined {
  const args = argumentsOf(call);
  if (args.some(({ value }) => value.kind !== 'String')) return undefined;
  const kept = args.flatMap(({ value }) => {
    const at = unused.indexOf(value.text.slice(1, -1).replaceAll('__', '.'));
    if (at < 0) return value.text;
    const part = usedParts[at]!.replaceAll('.', '__');
    return part === '' ? [] : `${value.text[0]}${part}${value.text.at(-1)}`;
  });
  const list = call.child('ArgList')!;
  return {
    title: `Do not read ${unused.join(', ')} along`,
    kind: 'suggestion',
    edits: [{ start: list.start, end: list.end, newText: `(${kept.join(', ')})` }],
    caveat: 'Code that reads the relation after all asks for it row by row.',
  };
}
