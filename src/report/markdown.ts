import { escapeMarkdown as escape, codeSpan as code } from './escape';
import {
  ANALYSIS_LABELS, FIELD_LABELS, METRICS_LABELS, PRIORITY_LABELS, SCALABILITY_LABELS,
  conflictText, proposalText, type Answer, type Conflict, type Deferred, type Figure, type Item, type Place, type Recommendation, type Report,
  type Statement,
} from './model';
import { counted } from './words';

/** The whole report, in the one order of sections that every form of it has. */
export function renderMarkdown(report: Report): string {
  const sections = [
    `# Performance report: ${escape(report.workspace)}`,
    `Generated ${report.generatedAt}. Each figure is marked *measured* (with its run), *estimate* (by a cost model), *declared* (in performance.json) or *assumed* (nobody has said).`,
    '## Analysis',
    ANALYSIS_LABELS.map(([key, label]) => renderAnswer(label, report.analysis[key])).join('\n'),
    '## Recommendations',
    ...PRIORITY_LABELS.flatMap(([priority, label]) => [
      `### ${label}`,
      listOr('Nothing.', report.recommendations[priority].map(renderRecommendation)),
    ]),
    '## Deferred',
    listOr('Nothing.', report.deferred.map(renderDeferred)),
    '## Risks / Trade-offs',
    listOr('None.', report.risks.map(risk => `- **${escape(risk.title)}** (${counted(risk.places, 'place')}): ${escape(risk.text)}`)),
    '## Conflicts Noted',
    listOr('None.', report.conflicts.map(renderConflict)),
    ...renderScalability(report),
    ...renderMetrics(report),
    ...renderTrend(report),
    ...(report.failures.length === 0
      ? []
      : ['## Left Out', report.failures.map(failure => `- ${code(failure.code)}: ${escape(failure.message)}`).join('\n')]),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** One item by its id, as it stands in the report; undefined where the report has none of that id. */
export function renderItem(report: Report, itemId: string): string | undefined {
  const { high, medium, low } = report.recommendations;
  const recommendation = [...high, ...medium, ...low].find(({ id }) => id === itemId);
  if (recommendation !== undefined) return `${renderRecommendation(recommendation)}\n`;
  const deferred = report.deferred.find(({ id }) => id === itemId);
  return deferred && `${renderDeferred(deferred)}\n`;
}

function renderScalability({ scalability }: Report): readonly string[] {
  if (scalability === undefined) return [];
  return ['## Scalability', SCALABILITY_LABELS.map(([key, label]) => renderAnswer(label, scalability[key])).join('\n')];
}

function renderMetrics({ metrics }: Report): readonly string[] {
  if (metrics === undefined) return [];
  const { title, note, language, code: text } = metrics.snippet;
  return [
    '## Metrics',
    METRICS_LABELS.map(([key, label]) => renderAnswer(label, metrics[key])).join('\n'),
    `${escape(title)}: ${escape(note)}`,
    `\`\`\`${language}\n${text}\`\`\``,
  ];
}

function renderTrend({ trend }: Report): readonly string[] {
  if (trend === undefined) return [];
  const points = trend.points.map(({ statement }) => `- ${renderStatement(statement)}`);
  return ['## Targets over Time', [renderAnswer('Trend', trend.summary), ...points].join('\n')];
}

function renderAnswer(label: string, answer: Answer): string {
  const open = answer.open && [
    `  - Unanswered: ${escape(answer.open.why)}${answer.open.action ? ` Next step: ${escape(answer.open.action.label)}.` : ''}`,
  ];
  return [`- **${label}**`, ...answer.statements.map(statement => `  - ${renderStatement(statement)}`), ...(open ?? [])].join('\n');
}

function renderRecommendation(item: Recommendation): string {
  return [
    `- **${escape(item.title)}**: ${renderStatement(item.places[0]!.message)}`,
    ...renderPlaces(item),
    ...renderProposal(item),
    ...FIELD_LABELS.map(([key, label]) => `  - ${label}: ${renderStatement(item.fields[key])}`),
    `  - Why this priority: ${escape(item.reason)}`,
    `  - Arithmetic: ${renderStatement(item.arithmetic)}`,
  ].join('\n');
}

function renderDeferred(item: Deferred): string {
  return [
    `- **${escape(item.title)}**: ${renderStatement(item.places[0]!.message)}`,
    ...renderPlaces(item),
    ...renderProposal(item),
    `  - Why deferred: ${escape(item.reason)}`,
    `  - Arithmetic: ${renderStatement(item.arithmetic)}`,
    `  - What would change that: ${escape(item.change)}`,
  ].join('\n');
}

function renderPlaces({ places }: Item): readonly string[] {
  return places.length === 1
    ? [`  - Where: ${renderPlace(places[0]!)}`]
    : [`  - Where: ${counted(places.length, 'place')}`, ...places.map(place => `    - ${renderPlace(place)}`)];
}

export function renderPlace({ file, range, functionName }: Place): string {
  const position = code(`${file}:${range.start.line + 1}`);
  return functionName === '' ? position : `${position} in ${code(functionName)}`;
}

function renderProposal({ proposal }: Item): readonly string[] {
  return proposal === undefined ? [] : [`  - Proposal: ${escape(proposalText(proposal))}`];
}

function renderConflict(conflict: Conflict): string {
  return `- **${escape(conflict.title)}** ${escape(conflictText(conflict))}: ${escape(conflict.text)}`;
}

export function renderStatement(statement: Statement): string {
  return statement.map(piece => ('evidence' in piece ? renderFigure(piece) : escape(piece.text))).join('');
}

function renderFigure(figure: Figure): string {
  const origin = figure.evidence === 'measured' ? `measured, run ${code(figure.runId)}` : figure.evidence;
  return `${escape(figure.text)} (*${origin}*)`;
}

function listOr(nothing: string, items: readonly string[]): string {
  return items.length === 0 ? nothing : items.join('\n');
}
