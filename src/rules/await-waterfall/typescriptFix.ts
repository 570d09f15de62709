import { ts } from 'ts-morph';
import type { Fix, Match } from '../../core/rule';
import { indentationAt } from '../../core/text';
import type { TypeScriptFile } from '../../syntax/typescript/file';
import { unwrap } from '../../syntax/typescript/nodes';
import type { Facts } from './rule';
import { runsOf, type Step } from './typescriptRuns';

/**
 * `const a = await f(); const b = await g();` becomes `const [a, b] = await Promise.all([f(), g()])`, for declarations
 * that stand directly one after another. Comments move along with what they are about.
 */
export function startTogether({ span }: Match<Facts>, block: ts.Block, file: TypeScriptFile): Fix | undefined {
  const run = runsOf(block, file).find((steps) => steps.some(({ awaited }) => awaited.end === span.end));
  const at = run?.findIndex(({ awaited }) => awaited.end === span.end) ?? -1;
  const group = run && neighbours(run, at, block);
  if (!group || group.length < 2) return undefined;
  const first = group[0]!;
  const indentation = indentationAt(file.text, first.statement.getStart(file.source));
  const step = indentation.includes('\t') ? '\t' : '  ';
  const lines = group.flatMap((each, index) => [
    ...(index === 0 ? [] : comments(ts.getLeadingCommentRanges(file.text, each.statement.getFullStart()), file)),
    elementOf(each, index < group.length - 1, step, file),
  ]);
  const names = group.map(({ declaration }) => declaration.name.getText()).join(', ');
  return {
    title: `Start ${group.length === 2 ? 'both' : `all ${group.length}`} together`,
    kind: 'suggestion',
    edits: [
      {
        start: first.statement.getStart(file.source),
        end: group[group.length - 1]!.statement.end,
        newText: [`const [${names}] = await Promise.all([`, ...lines.map((line) => indentation + step + line), `${indentation}]);`].join('\n'),
      },
    ],
    caveat: 'The calls run at the same time. When one fails the others go on, and the error that comes first is thrown.',
  };
}

/** The declarations around one that stand directly beside each other and need nothing of each other. */
function neighbours(run: readonly Step[], at: number, block: ts.Block): readonly Step[] {
  let from = at;
  let to = at;
  const joins = (position: number, group: readonly number[]): boolean => {
    const step = run[position];
    return step !== undefined && isPlain(step) && group.every((other) => !step.needs.includes(other) && !run[other]!.needs.includes(position));
  };
  const range = (): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);
  if (!isPlain(run[at]!)) return [];
  while (joins(from - 1, range()) && areBeside(run[from - 1]!, run[from]!, block)) from--;
  while (joins(to + 1, range()) && areBeside(run[to]!, run[to + 1]!, block)) to++;
  return run.slice(from, to + 1);
}

/** `const name = await call` and nothing else: an annotation or a read of the result would not survive the move. */
function isPlain({ statement, declaration, awaited }: Step): boolean {
  const { declarationList: list } = statement;
  if (list.declarations.length !== 1 || (list.flags & ts.NodeFlags.Const) === 0 || declaration.type || statement.modifiers?.length) return false;
  return declaration.initializer !== undefined && unwrap(declaration.initializer) === awaited && declaration.initializer === awaited;
}

function areBeside(first: Step, second: Step, block: ts.Block): boolean {
  return block.statements.indexOf(second.statement) === block.statements.indexOf(first.statement) + 1;
}

/** The call with its comma, and the comment that stood at the end of its line. */
function elementOf({ awaited, statement }: Step, isFollowed: boolean, step: string, file: TypeScriptFile): string {
  const call = awaited.expression.getText();
  // Lines of a template literal are text and keep their indentation.
  const text = call.includes('`') ? call : call.replace(/\n(?=.)/g, `\n${step}`);
  const behind = isFollowed ? comments(ts.getTrailingCommentRanges(file.text, statement.end), file) : [];
  return [`${text},`, ...behind].join(' ');
}

function comments(ranges: readonly ts.CommentRange[] | undefined, file: TypeScriptFile): string[] {
  return (ranges ?? []).map(({ pos, end }) => file.text.slice(pos, end));
}
