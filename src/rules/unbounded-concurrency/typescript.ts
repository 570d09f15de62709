import { ts } from 'ts-morph';
import type { Match } from '../../core/rule';
import { isProjectCallee } from '../../syntax/typescript/callees';
import { callsPerItem, fanOutOf, isBounded, isLimited, sourceOf, type FanOut } from '../../syntax/typescript/fanOut';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { calleeText, unwrap } from '../../syntax/typescript/nodes';
import { isBrowserCode, isScript } from '../../syntax/typescript/surroundings';
import type { TypeScriptMatcher } from '../matchers';
import type { Facts } from './rule';
import { runInGroups } from './typescriptFix';

export const matcher: TypeScriptMatcher<Facts> = {
  kinds: [ts.SyntaxKind.CallExpression],
  names: ['all', 'allSettled', 'pMap'],

  find(node, file): Match<Facts> | undefined {
    const call = node as ts.CallExpression;
    const fanOut = fanOutOf(call, file);
    // A browser opens few connections to a host at a time, whatever is asked of it.
    if (!fanOut || isScript(file) || isBrowserCode(file) || isBounded(fanOut, file)) return undefined;
    const started = startedCall(fanOut, file);
    if (!started || isLimited(fanOut, file)) return undefined;
    const { starter, label } = fanOut;
    const source = sourceOf(fanOut, file);
    const access = source && file.dataAccess(source);
    if (started.library === 'fs' && access?.kind !== 'file') return undefined;
    return {
      span: file.span(call.expression),
      facts: { starter, collection: label, limiter: 'p-limit, or groups', source: source && !access ? file.callee(source) : undefined, ...started },
      size: { kind: 'collection', name: label, table: access?.table },
      // What comes from the database, a list of another service or a folder grows with the data.
      confidence: access ? 'likely' : 'possible',
    };
  },

  fix: (_match, node, file) => {
    const fanOut = fanOutOf(node as ts.CallExpression, file);
    return fanOut && runInGroups(node as ts.CallExpression, fanOut, file);
  },
};

/**
 * What leaves the process per item: a request or a file. Queries, writes and requests with a batch form are other
 * rules' business: they want one call for all items, not fewer at a time.
 */
function startedCall(fanOut: FanOut, file: TypeScriptFile): Pick<Facts, 'call' | 'library' | 'callee'> | undefined {
  const calls = callsPerItem(fanOut);
  const accesses = calls.map((call) => file.dataAccess(call));
  if (accesses.some((access) => access?.kind === 'query' || access?.kind === 'write' || (access?.kind === 'request' && access.bulk !== undefined))) return undefined;
  const direct = accesses.findIndex((access, index) => access?.kind === 'request' || (access?.kind === 'file' && !/Sync$/.test(calleeText(calls[index]!))));
  if (direct >= 0) return { call: calleeText(calls[direct]!), library: accesses[direct]!.library };
  for (const call of calls) {
    const callee = file.callee(call);
    if (callee && isProjectCallee(callee)) return { call: calleeText(call), callee };
  }
  return namedCallback(fanOut, file);
}

/** `Promise.all(ids.map(loadUser))` */
function namedCallback({ callback }: FanOut, file: TypeScriptFile): Pick<Facts, 'call' | 'callee'> | undefined {
  const name = unwrap(callback);
  if (!ts.isIdentifier(name)) return undefined;
  const imported = file.imports.get(name.text);
  const callee = imported ? ({ kind: 'import', ...imported } as const) : file.scopes.topLevel(name.text) ? ({ kind: 'local', name: name.text } as const) : undefined;
  return callee && isProjectCallee(callee) ? { call: name.text, callee } : undefined;
}
