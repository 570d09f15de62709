import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ANALYSIS_LABELS, type Answer, type Conflict, PRIORITY_LABELS, type Report } from '../../report/model';
import { clean } from '../../report/statement';
import type { Context } from './context';
import { deferredCard, recommendationCard } from './item';
import { answering, disclosure, link, statement } from './parts';

/** Every section of the report, in the order that Markdown has too. */
export function reportSections(context: Context, report: Report): TemplateResult {
  const { high, medium, low } = report.recommendations;
  return html`
    ${section(context, 'analysis', 'Analysis', true, undefined, analysis(context, report))}
    ${section(context, 'recommendations', 'Recommendations', true, high.length + medium.length + low.length, recommendations(context, report))}
    ${section(context, 'deferred', 'Deferred', false, report.deferred.length, html`
      ${report.deferred.length === 0 ? nothingHere('Nothing is deferred.') : nothing}
      ${repeat(report.deferred, item => item.id, item => deferredCard(context, item))}`)}
    ${section(context, 'risks', 'Risks / Trade-offs', false, report.risks.length, risks(context, report))}
    ${section(context, 'conflicts', 'Conflicts Noted', false, report.conflicts.length, conflicts(context, report))}
    ${report.failures.length === 0 ? nothing : section(context, 'failures', 'Left Out', true, report.failures.length, failures(report))}`;
}

function section(
  context: Context,
  key: string,
  title: string,
  open: boolean,
  count: number | undefined,
  content: TemplateResult,
): TemplateResult {
  return html`<section aria-label=${title} data-section=${key}>
    ${disclosure(
      context,
      { key, title: html`<h2>${title}</h2>`, open, count, className: 'section' },
      html`<div class="section-body">${content}</div>`,
    )}
  </section>`;
}

const nothingHere = (text: string): TemplateResult => html`<p class="nothing">${text}</p>`;

function analysis(context: Context, report: Report): TemplateResult {
  return html`<dl class="analysis">
    ${ANALYSIS_LABELS.map(([key, label]) => html`
      <div class="question"><dt>${label}</dt><dd>${answer(context, report.analysis[key])}</dd></div>`)}
  </dl>`;
}

function answer(context: Context, { statements, open }: Answer): TemplateResult {
  const action = open?.action;
  const message = action && answering(context, action);
  return html`
    ${statements.map(line => html`<p>${statement(context, line)}</p>`)}
    ${open === undefined ? nothing : html`<p class="open"><span class="mark unanswered">unanswered</span> ${open.why}</p>`}
    ${message === undefined ? nothing : link(context, action!.label, message)}`;
}

function recommendations(context: Context, report: Report): TemplateResult {
  return html`${PRIORITY_LABELS.map(([priority, label]) => {
    const items = report.recommendations[priority];
    return html`
      <div class="priority" data-priority=${priority}>
        <h3 tabindex="-1"><span class="dot ${priority}" aria-hidden="true"></span>${label}</h3>
        ${items.length === 0 ? nothingHere('Nothing.') : nothing}
        ${repeat(items, item => item.id, item => recommendationCard(context, item))}
      </div>`;
  })}`;
}

function risks(context: Context, report: Report): TemplateResult {
  if (report.risks.length === 0) return nothingHere('None.');
  return html`<ul class="notes">
    ${report.risks.map(risk => html`<li>
      ${isProposal(risk.rule) ? html`<span>${risk.title}</span>` : link(context, risk.title, { type: 'openRule', rule: risk.rule }, 'About this rule')}
      <span class="muted">${risk.places === 1 ? '1 place' : `${risk.places} places`}</span>
      <p>${risk.text}</p>
    </li>`)}
  </ul>`;
}

/** A proposal of the advisor has no rule page. */
const isProposal = (rule: string): boolean => rule.startsWith('proposal-');

function conflicts(context: Context, report: Report): TemplateResult {
  if (report.conflicts.length === 0) return nothingHere('None.');
  return html`<ul class="notes">
    ${report.conflicts.map(conflict => html`<li>
      ${link(context, conflict.title, { type: 'openRule', rule: conflict.adviceOf }, 'About this rule')}
      <span class="muted">against ${opponent(conflict)}</span>
      <p>${conflict.text}</p>
    </li>`)}
  </ul>`;
}

function opponent({ view, tool, rule }: Conflict): string {
  return view === 'linter' ? [tool, rule].filter(Boolean).join(' ') || 'another linter' : view;
}

function failures(report: Report): TemplateResult {
  return html`<ul class="notes">
    ${report.failures.map(({ code, message }) => html`<li><code>${code}</code><p>${clean(message)}</p></li>`)}
  </ul>`;
}
