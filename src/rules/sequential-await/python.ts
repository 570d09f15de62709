import type { CalleeReference } from '../../core/facts';
import type { Match } from '../../core/rule';
import { calleeReference } from '../../syntax/python/callees';
import { takesTurns } from '../../syntax/python/exclusive';
import { calleeOf, callText, operatorOf, unwrap } from '../../syntax/python/expressions';
import type { DataAccess, PythonFile, PythonNode } from '../../syntax/python/file';
import { carriedNames, isErrorPath, isMemoised, iterationNames, leavesEarly, mentions, sleeps } from '../../syntax/python/iteration';
import type { Loop } from '../../syntax/python/loops';
import { isMutated } from '../../syntax/python/mutation';
import { STREAM, isRetry, sizeOf } from '../../syntax/python/perItem';
import { withItems } from '../../syntax/python/statements';
import type { PythonMatcher } from '../matchers';
import { gather } from './pythonFix';
import type { Facts } from './rule';

/** Two or three waits in a row are not worth a pool. */
const SMALLEST_LOOP = 4;
/** The loop paces itself or asks the user, or the other side allows one call at a time. */
const PACED = /rate_?limit|throttl|limiter|back_?off|\block\b|_lock\b|semaphore|transaction|retr(?:y|ies)|poll|cooldown|next_page|page_token|cursor|\b(?:prompt|confirm|input|ask)\(/i;
interface Wait {
  readonly call: PythonNode;
  readonly access?: DataAccess;
  readonly callee?: CalleeReference;
}

export const matcher: PythonMatcher<Facts> = {
  kinds: ['AwaitExpression', 'WithStatement'],

  find(node, file) {
    const [loop] = file.loopsAround(node);
    const wait = loop && waitOf(node, file);
    if (wait === undefined || !isPlainLoop(loop!) || !isFirstWait(node, loop!, file)) return undefined;
    if (!isIndependent(node, wait.call, loop!, file) || takesTurns(wait.call, file)) return undefined;
    return {
      span: wait.call,
      facts: { call: callText(wait.call), loop: loop!.label, library: wait.access?.library, callee: wait.callee },
      size: sizeOf(loop!, file),
      confidence: wait.access ? 'likely' : 'possible',
    };
  },

  fix: (match: Match<Facts>, node, file) => gather(match, node, file),
};

/** `await client.get(x)`, `async with client.get(x)`, and an await of a project function. */
function waitOf(node: PythonNode, file: PythonFile): Wait | undefined {
  const call = node.kind === 'AwaitExpression' ? unwrap(node.lastChild!) : asyncContext(node);
  if (call?.kind !== 'CallExpression') return undefined;
  const access = file.dataAccess(call);
  // A request with a batch form wants one call for all items, which another rule says.
  if (access !== undefined) return (access.kind === 'request' && access.bulk === undefined) || access.kind === 'file' ? { call, access } : undefined;
  const callee = node.kind === 'AwaitExpression' ? calleeReference(calleeOf(call)!, file) : undefined;
  return callee && { call, callee };
}

function asyncContext(statement: PythonNode): PythonNode | undefined {
  const [item] = statement.firstChild?.kind === 'async' ? withItems(statement) : [];
  return item?.context;
}

function isPlainLoop(loop: Loop): boolean {
  if ((loop.kind !== 'for' && loop.kind !== 'comprehension') || loop.isAsync || loop.isBatched) return false;
  return (loop.size === undefined || loop.size >= SMALLEST_LOOP) && !isRetry(loop) && !STREAM.test(loop.label);
}

/** One finding a loop is enough, and a loop that uses a database runs on one connection. */
function isFirstWait(node: PythonNode, loop: Loop, file: PythonFile): boolean {
  const waits = [...loop.node.descendants('AwaitExpression'), ...loop.node.descendants('WithStatement')].sort((a, b) => a.index - b.index);
  const calls = loop.node.descendants('CallExpression').map((call) => file.dataAccess(call)?.kind);
  if (calls.includes('query') || calls.includes('write')) return false;
  const known = waits.find((wait) => waitOf(wait, file)?.access !== undefined);
  return node === (known ?? waits.find((wait) => waitOf(wait, file) !== undefined));
}

function isIndependent(node: PythonNode, call: PythonNode, loop: Loop, file: PythonFile): boolean {
  if (!mentions(call, iterationNames(loop)) || leavesEarly(loop) || sleeps(loop)) return false;
  if (isErrorPath(node, loop.node) || isMemoised(node, loop.node) || PACED.test(loop.node.text)) return false;
  if (loop.node.descendants('YieldStatement').length > 0 || loop.node.descendants('YieldExpression').length > 0) return false;
  return carriedNames(loop, file).size === 0 && !answersOwnQuestion(loop);
}

/** The loop asks a collection that it also fills, so an iteration may see what an earlier one put there. */
function answersOwnQuestion(loop: Loop): boolean {
  return loop.node.descendants('BinaryExpression').some((test) => {
    return /^(?:not )?in$/.test(operatorOf(test)) && isMutated(unwrap(test.lastChild!).text, loop.node);
  });
}
