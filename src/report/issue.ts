import { codeSpan as code, escapeMarkdown as escape } from './escape';
import { renderPlace, renderStatement } from './markdown';
import { type Deferred, proposalText, type Recommendation, type Report } from './model';

/**
 * One item of the report as an issue for whoever tracks the work: what it costs with its evidence, what to do, and how
 * it is told that it is done. It stands without the report. Undefined where the report has no item of that id.
 */
export function renderIssue(report: Report, itemId: string): string | undefined {
  const { high, medium, low } = report.recommendations;
  const recommendation = [...high, ...medium, ...low].find(({ id }) => id === itemId);
  if (recommendation !== undefined) return issueOf(recommendation, report, actionSections(recommendation));
  const deferred = report.deferred.find(({ id }) => id === itemId);
  return deferred && issueOf(deferred, report, deferredSections(deferred));
}

type Sections = readonly (readonly [string, string])[];

function issueOf(item: Recommendation | Deferred, report: Report, sections: Sections): string {
  const { functionName, file } = item.places[0]!;
  const title = `# ${escape(item.title)} in ${functionName === '' ? code(file) : code(functionName)}`;
  const body: Sections = [
    ['Problem', renderStatement(item.places[0]!.message)],
    ['Where', item.places.map(place => `- ${renderPlace(place)}`).join('\n')],
    ...(item.proposal ? [['Proposal', escape(proposalText(item.proposal))] as const] : []),
    ...sections,
  ];
  const origin = `Rule ${code(item.rule)}, item ${code(item.id)} of the performance report of ${escape(report.workspace)}, generated ${report.generatedAt}. Each figure is marked *measured* (with its run), *estimate*, *declared* or *assumed*.`;
  return `${[title, ...body.map(([heading, text]) => `## ${heading}\n\n${text}`), origin].join('\n\n')}\n`;
}

function actionSections({ fields, priority, reason, arithmetic }: Recommendation): Sections {
  return [
    ['Cost', `- Current: ${renderStatement(fields.current)}\n- Optimized: ${renderStatement(fields.optimized)}\n- Complexity: ${renderStatement(fields.complexity)}`],
    ['What to do', `${renderStatement(fields.technique)}\n\n- Trade-offs: ${renderStatement(fields.tradeoffs)}\n- Effort: ${renderStatement(fields.effort)}`],
    ['Done when', `- [ ] ${renderStatement(fields.validation)}`],
    ['Priority', `${priority}. ${escape(reason)}\n\n${renderStatement(arithmetic)}`],
  ];
}

function deferredSections({ reason, arithmetic, change }: Deferred): Sections {
  return [
    ['Priority', `deferred. ${escape(reason)}\n\n${renderStatement(arithmetic)}`],
    ['What would change that', escape(change)],
  ];
}
