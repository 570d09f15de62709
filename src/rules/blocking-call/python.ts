import type { Fix, Match } from '../../core/rule';
import { calleeReference } from '../../syntax/python/callees';
import { blockingCall, isAwaited } from '../../syntax/python/data/blocking';
import { importModule } from '../../syntax/python/edits';
import { argumentsOf, calleeOf, callText, memberOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { isConditional, isErrorPath, isMemoised } from '../../syntax/python/iteration';
import { isAsyncFunction } from '../../syntax/python/statements';
import type { PythonMatcher } from '../matchers';
import type { Facts } from './rule';

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression'],

  find(call, file): Match<Facts> | undefined {
    const owner = coroutineAround(call);
    if (owner === undefined || isAwaited(call) || isErrorPath(call, owner) || isMemoised(call, owner)) return undefined;
    const access = file.dataAccess(call);
    const blocking = blockingCall(call, access, file);
    if (blocking !== undefined) {
      return { span: call, facts: { call: callText(call), kind: blocking.kind, instead: blocking.instead, isCoroutine: true } };
    }
    // A call under a condition may be the rare one, and one that was recognised does not block.
    if (access !== undefined || isConditional(call, owner)) return undefined;
    const callee = calleeReference(calleeOf(call)!, file);
    if (callee === undefined) return undefined;
    return { span: call, facts: { call: callText(call), kind: 'network', instead: 'asyncio.to_thread() for it, or an asynchronous form of it', isCoroutine: true, callee } };
  },

  // A session or cursor belongs to the thread that made it.
  fix: ({ facts }, call, file) => (facts.kind === 'database' ? undefined : inThread(call, file)),
};

/** The coroutine whose thread the call runs on; what a lambda holds may be handed to another thread. */
function coroutineAround(call: PythonNode): PythonNode | undefined {
  const owner = call.closest('FunctionDefinition', 'LambdaExpression');
  return owner?.kind === 'FunctionDefinition' && isAsyncFunction(owner) ? owner : undefined;
}

/** `time.sleep(1)` becomes `await asyncio.sleep(1)`, any other function runs in a thread: `await asyncio.to_thread(f, …)`. */
function inThread(call: PythonNode, file: PythonFile): Fix | undefined {
  const callee = calleeOf(call)!;
  // In a generator expression or a default an await would change what is evaluated when.
  if (call.closest('ComprehensionExpression', 'ParamList', 'Decorator', 'FunctionDefinition')?.kind !== 'FunctionDefinition') return undefined;
  const asyncio = importModule('asyncio', call, file);
  if (asyncio === undefined || usesTrio(file)) return undefined;
  const args = argumentsOf(call);
  const isSleep = file.names.qualified(callee) === 'time.sleep';
  const list = call.child('ArgList')!;
  const isInside = memberOf(call.parent)?.object === call;
  const head = isSleep ? `await ${asyncio.name}.sleep(` : `await ${asyncio.name}.to_thread(${callee.text}${args.length > 0 ? ', ' : ''}`;
  return {
    title: isSleep ? 'Await asyncio.sleep()' : 'Run it in a thread',
    kind: 'suggestion',
    edits: [
      ...asyncio.edits,
      { start: call.start, end: list.start + 1, newText: `${isInside ? '(' : ''}${head}` },
      ...(isInside ? [{ start: call.end, end: call.end, newText: ')' }] : []),
    ],
    caveat: isSleep
      ? 'Other code may run meanwhile: what was read before may have changed after it.'
      : 'Other code may run meanwhile, and what the function uses must be safe to use from another thread.',
  };
}

function usesTrio(file: PythonFile): boolean {
  return file.imports('trio') && !file.imports('asyncio');
}
