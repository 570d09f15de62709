import type { Fix } from '../../core/rule';
import { argumentsOf, calleeOf, memberOf, type Argument } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { freeName, insertBefore, isKnownBefore, moveAssignment, statementAround } from '../../syntax/python/hoisting';
import { loopsWithSame } from '../../syntax/python/invariance';

const TITLE = 'Compile the pattern once before the loop';
const CAVEAT = 'A pattern that is no regular expression now fails even where the loop has no round.';

/** Compiles the pattern in front of the outermost loop that always asks for the same one. */
export function compileOnce(call: PythonNode, file: PythonFile): Fix | undefined {
  const args = argumentsOf(call);
  const [pattern] = args;
  const flags = args.find(({ name }) => name === 'flags');
  if (pattern === undefined || pattern.name !== undefined || args.some(({ unpacks }) => unpacks !== undefined)) return undefined;
  const isCompile = call.calledName === 'compile';
  const shared = isCompile ? call : pattern.value;
  const loop = loopsWithSame(shared, call, file).at(-1);
  const statement = loop && statementAround(loop.node);
  if (statement === undefined || !isKnownBefore(shared, statement, file) || (flags !== undefined && !isKnownBefore(flags.value, statement, file))) return undefined;
  const isLiteral = pattern.value.kind === 'String';
  if (!isLiteral && isTried(call, statement)) return undefined;
  const kind = isLiteral ? ({ kind: 'safe' } as const) : ({ kind: 'suggestion', caveat: CAVEAT } as const);
  const moved = isCompile ? moveAssignment(call, statement, file) : undefined;
  if (moved) return { title: TITLE, ...kind, edits: moved.edits };
  const name = freeName('pattern', call);
  const replaced = isCompile ? name : methodCall(call, name, args.slice(1));
  if (replaced === undefined) return undefined;
  const module = memberOf(calleeOf(call))?.object.text;
  const compiled = isCompile ? call.text : `${module}.compile(${pattern.value.text}${flags === undefined ? '' : `, ${flags.value.text}`})`;
  if (!isCompile && module === undefined) return undefined;
  return { title: TITLE, ...kind, edits: [insertBefore(statement, [`${name} = ${compiled}`]), { start: call.start, end: call.end, newText: replaced }] };
}

/** What catches a bad pattern must go on catching it. */
function isTried(call: PythonNode, statement: PythonNode): boolean {
  const tried = call.closest('TryStatement');
  return tried !== undefined && (statement === tried || statement.contains(tried));
}

/** Where the positional flags of re's functions would stand; a pattern's methods take none. */
const FLAGS_AT: Readonly<Record<string, number>> = { sub: 3, subn: 3, split: 2 };

/** `pattern.sub(repl, text)` for `re.sub(x, repl, text)`. */
function methodCall(call: PythonNode, name: string, args: readonly Argument[]): string | undefined {
  const positional = args.filter((each) => each.name === undefined).length;
  if (positional > (FLAGS_AT[call.calledName] ?? 1)) return undefined;
  const kept = args.filter((each) => each.name !== 'flags').map((each) => (each.name === undefined ? each.value.text : `${each.name}=${each.value.text}`));
  return `${name}.${call.calledName}(${kept.join(', ')})`;
}
