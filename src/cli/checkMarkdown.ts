import { PRIORITIES, type Priority } from '../core/finding';
import { codeSpan, escapeMarkdown } from '../report/escape';
import type { Judged } from '../report/judgement';
import type { CheckResult } from './result';
import { summaryOf } from './summary';

const TITLE: Readonly<Record<Priority, string>> = {
  high: 'High priority',
  medium: 'Medium priority',
  low: 'Low priority',
  deferred: 'Deferred',
};

/** A list for a pull request or a chat; the report with its reasons is another command. */
export function renderCheckMarkdown(result: CheckResult): string {
  const sections = PRIORITIES.flatMap((priority) => {
    const items = result.judged.filter(({ judgement }) => judgement.priority === priority);
    return items.length === 0 ? [] : [`## ${TITLE[priority]}`, items.map(item).join('\n')];
  });
  const failures = result.failures.map(({ code, message }) => `- ${codeSpan(code)}: ${escapeMarkdown(message)}`);
  if (failures.length > 0) sections.push('## Not checked', failures.join('\n'));
  return `${['# Performance check', escapeMarkdown(summaryOf(result)), ...sections].join('\n\n')}\n`;
}

function item({ finding, judgement }: Judged): string {
  const place = codeSpan(`${finding.file}:${finding.range.start.line + 1}`);
  return `- ${place} ${codeSpan(finding.rule)}: ${escapeMarkdown(finding.message)} (*${judgement.evidence}*)`;
}
