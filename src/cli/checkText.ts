import type { Priority } from '../core/finding';
import type { Judged } from '../report/judgement';
import { clean } from '../report/statement';
import type { Colour, Style } from './output';
import type { CheckResult } from './result';
import { counted, summaryOf } from './summary';

const PRIORITY_COLOUR: Readonly<Record<Priority, Colour>> = { high: 'red', medium: 'yellow', low: 'cyan', deferred: 'gray' };

/** For people and for tools that read "file:line:column". Files stand in the order of their most urgent finding. */
export function renderCheckText(result: CheckResult, style: Style): string {
  const blocks = byFile(result.judged).map((judged) => judged.map((each) => findingLine(each, style)).join('\n'));
  const failures = result.failures.map(({ message }) => style('dim', `not checked: ${clean(message)}`));
  if (failures.length > 0) blocks.push(failures.join('\n'));
  const left = failures.length === 0 ? '' : ` ${counted(failures.length, 'problem')} while checking.`;
  return [...blocks, style('bold', summaryOf(result) + left)].join('\n\n') + '\n';
}

function byFile(judged: readonly Judged[]): Judged[][] {
  const files = new Map<string, Judged[]>();
  for (const each of judged) {
    const { file } = each.finding;
    files.set(file, [...(files.get(file) ?? []), each]);
  }
  return [...files.values()];
}

function findingLine({ finding, judgement }: Judged, style: Style): string {
  const { line, character } = finding.range.start;
  const place = style('bold', `${clean(finding.file)}:${line + 1}:${character + 1}`);
  const priority = style(PRIORITY_COLOUR[judgement.priority], judgement.priority);
  const cell = finding.cell ? ` (cell ${finding.cell.cell + 1}, line ${finding.cell.line + 1})` : '';
  return `${place}${cell} ${priority} ${finding.rule} ${clean(finding.message)} ${style('dim', `(${judgement.evidence})`)}`;
}
