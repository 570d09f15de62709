import type { Fix, Match } from '../../core/rule';
import { indentationAt } from '../../core/text';
import { importModule } from '../../syntax/python/edits';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { simpleAssignment, statementsOf } from '../../syntax/python/statements';
import { runsOf, type Step } from './pythonRuns';
import type { Facts } from './rule';

/**
 * `a = await f()` and `b = await g()` become `a, b = await asyncio.gather(f(), g())`, for assignments that stand
 * directly one after another. Comments move along with what they are about.
 */
export function gatherNeighbours({ span }: Match<Facts>, body: PythonNode, file: PythonFile): Fix | undefined {
  const run = runsOf(body, file).find((steps) => steps.some(({ awaited }) => awaited.start === span.start));
  const at = run?.findIndex(({ awaited }) => awaited.start === span.start) ?? -1;
  const group = run && neighbours(run, at, body);
  const asyncio = importModule('asyncio', body, file);
  if (group === undefined || group.length < 2 || asyncio === undefined || (file.imports('trio', 'anyio') && !file.imports('asyncio'))) return undefined;
  const [first] = group;
  const last = group[group.length - 1]!;
  const indentation = indentationAt(file.text, first!.statement.start);
  const inner = indentation + (indentation.includes('\t') ? '\t' : '    ');
  const written: string[] = [];
  group.forEach(({ awaited, statement }, index) => {
    for (const comment of index === 0 ? [] : commentsBetween(group[index - 1]!.statement.end, statement.start, file)) {
      if (isOnLine(group[index - 1]!.statement, comment, file)) written[written.length - 1] += `  ${textOf(comment, file)}`;
      else written.push(inner + textOf(comment, file));
    }
    written.push(`${inner}${reindented(awaited.lastChild!.text)},`);
  });
  const names = group.map(({ statement }) => simpleAssignment(statement)!.target.text).join(', ');
  return {
    title: `Start ${group.length === 2 ? 'both' : `all ${group.length}`} together`,
    kind: 'suggestion',
    edits: [
      ...asyncio.edits,
      { start: first!.statement.start, end: last.statement.end, newText: [`${names} = await ${asyncio.name}.gather(`, ...written, `${indentation})`].join('\n') },
    ],
    caveat: 'The calls run at the same time. When one fails the others go on, and the error that comes first is raised.',
  };
}

function neighbours(run: readonly Step[], at: number, body: PythonNode): readonly Step[] {
  const statements = statementsOf(body);
  let from = at;
  let to = at;
  const joins = (position: number): boolean => {
    const step = run[position];
    if (step === undefined || !isPlain(step)) return false;
    for (let other = from; other <= to; other++) {
      if (step.needs.includes(other) || run[other]!.needs.includes(position)) return false;
    }
    const [near, far] = position < from ? [position, from] : [to, position];
    return statements.indexOf(run[far]!.statement) === statements.indexOf(run[near]!.statement) + 1;
  };
  if (!isPlain(run[at]!)) return [];
  while (joins(from - 1)) from--;
  while (joins(to + 1)) to++;
  return run.slice(from, to + 1);
}

/** `name = await call(…)` and nothing else. */
function isPlain({ statement, awaited }: Step): boolean {
  const assigned = simpleAssignment(statement);
  return assigned?.target.kind === 'VariableName' && assigned.value === awaited && statement.child('TypeDef') === undefined;
}

type Comment = PythonFile['tree']['comments'][number];

function commentsBetween(from: number, to: number, file: PythonFile): readonly Comment[] {
  return file.tree.comments.filter(({ start, end }) => start >= from && end <= to);
}

function isOnLine(statement: PythonNode, comment: Comment, file: PythonFile): boolean {
  return file.lines.positionAt(statement.end).line === file.lines.positionAt(comment.start).line;
}

const textOf = ({ start, end }: Comment, file: PythonFile): string => file.text.slice(start, end).trimEnd();

/** Lines of a string are text and keep their indentation. */
function reindented(text: string): string {
  return /"""|'''/.test(text) ? text : text.replace(/\n(?=.)/g, '\n    ');
}
