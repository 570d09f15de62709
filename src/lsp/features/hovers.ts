import { MarkupKind, type Hover } from 'vscode-languageserver';
import type { Priority } from '../../core/finding';
import type { Language } from '../../core/language';
import type { RuleAdvice } from '../../core/rule';
import { contains, type Position } from '../../core/text';
import { loadAdvice } from '../../rules/advice';
import { shown, titleOf, type DocumentView, type Judged } from '../documentView';
import { codeBlock, commandLink, escapeMarkdown } from '../markdown';
import { costSentence, estimateNote, measurementLabel } from '../wording';

const FENCE: Readonly<Record<Language, string>> = { typescript: 'ts', python: 'python', sql: 'sql' };

const PRIORITY_NAMES: Readonly<Record<Priority, string>> = {
  high: 'High priority',
  medium: 'Medium priority',
  low: 'Low priority',
  deferred: 'Deferred',
};

/** What to know about the findings at a position; undefined where there is none. */
export async function hoverOf(view: DocumentView, position: Position, now: Date): Promise<Hover | undefined> {
  const here = shown(view).filter(({ finding }) => contains(finding.range, position));
  if (here.length === 0) return undefined;
  const advice = await loadAdvice();
  return {
    range: here[0]!.finding.range,
    contents: { kind: MarkupKind.Markdown, value: here.map((judged) => describe(view, judged, advice.get(judged.finding.rule), now)).join('\n\n---\n\n') },
  };
}

/** @param advice undefined for findings about suppressions, which are no rule's. */
function describe(view: DocumentView, { finding, priority, evidence, reason }: Judged, advice: RuleAdvice | undefined, now: Date): string {
  const rank = `${PRIORITY_NAMES[priority]}${reason ? ` (${evidence}): ${escapeMarkdown(reason)}` : ''}`;
  const heading = `**${escapeMarkdown(titleOf(view, finding))}** · ${rank}`;
  const rule = view.rule(finding.rule);
  if (rule === undefined || advice === undefined) return `${heading}\n\n${escapeMarkdown(finding.message)}`;
  const measurement = view.measurements.get(finding.functionName);
  const example = advice.examples[view.language];
  return [
    heading,
    escapeMarkdown(finding.message),
    labelled('Cost', `${escapeMarkdown(costSentence(finding.cost))} *(${escapeMarkdown(estimateNote(finding.cost))})*`),
    measurement && labelled('Measured', escapeMarkdown(`${finding.functionName}: ${measurementLabel(measurement, now)}`)),
    labelled('Complexity', escapeMarkdown(`${rule.complexity.now} → ${rule.complexity.after}`)),
    labelled('Why', escapeMarkdown(advice.why)),
    labelled('Instead', escapeMarkdown(advice.technique)),
    example && codeBlock(FENCE[view.language], example.better),
    labelled('Trade-offs', escapeMarkdown(advice.tradeoffs)),
    labelled('Leave it when', escapeMarkdown(advice.whenNot)),
    [
      commandLink('Open the rule page', 'performanceEngineer.openRule', [rule.id]),
      ...advice.links.map(({ title, url }) => `[${escapeMarkdown(title)}](${encodeURI(url)})`),
    ].join(' · '),
  ]
    .filter((part) => part !== undefined)
    .join('\n\n');
}

const labelled = (label: string, text: string): string => `**${label}**: ${text}`;
