import type { Fix } from '../../core/rule';
import { indentationAt } from '../../core/text';
import { importModule } from '../../syntax/python/edits';
import { isComprehension } from '../../syntax/python/expressions';
import { fanOutOf } from '../../syntax/python/fanOut';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { LIMIT } from './rule';

/** `gather(*(f(x) for x in xs))` runs f under a semaphore; the order of the results stays. */
export function limitCalls(call: PythonNode, file: PythonFile): Fix | undefined {
  const fanOut = fanOutOf(call, file);
  if (fanOut?.starter !== 'asyncio.gather' || !isComprehension(fanOut.loop.node) || !call.contains(fanOut.loop.node)) return undefined;
  const { loop, started } = fanOut;
  const [target, ...others] = loop.targets;
  const statement = statementAround(call);
  const asyncio = importModule('asyncio', call, file);
  if (target?.kind !== 'VariableName' || others.length > 0 || started.kind !== 'CallExpression' || statement === undefined || asyncio === undefined) return undefined;
  if (file.loopsAround(started).length !== 1 || ['limit', 'run_limited'].some((name) => file.scopes.resolve(name, call) !== undefined)) return undefined;
  const indentation = indentationAt(file.text, statement.start);
  const step = indentation.includes('\t') ? '\t' : '    ';
  const lines = [
    `limit = ${asyncio.name}.Semaphore(${LIMIT})`,
    '',
    `async def run_limited(${target.text}):`,
    `${step}async with limit:`,
    `${step}${step}return await ${started.text}`,
    '',
    '',
  ];
  return {
    title: `Run ${LIMIT} at a time`,
    kind: 'suggestion',
    edits: [
      ...asyncio.edits,
      { start: statement.start, end: statement.start, newText: lines.map((line, index) => (index === 0 || line === '' ? line : indentation + line)).join('\n') + indentation },
      { start: started.start, end: started.end, newText: `run_limited(${target.text})` },
    ],
    caveat: `Only ${LIMIT} calls run at a time, so the whole takes longer where the other side could have served more at once.`,
  };
}

/** The statement that stands in a block of its own. */
function statementAround(call: PythonNode): PythonNode | undefined {
  let at: PythonNode | undefined = call;
  while (at !== undefined && at.parent?.kind !== 'Body') at = at.parent;
  return at;
}
