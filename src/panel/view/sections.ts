import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ANALYSIS_LABELS, type Answer, conflictText, type Metrics, METRICS_LABELS, PRIORITY_LABELS, type Report, SCALABILITY_LABELS, type Trend } from '../../report/model';
import { clean } from '../../report/statement';
import type { Context } from './context';
import { deferredCard, recommendationCard } from './item';
import { nothingMatches } from './filterBar';
import { more, page, type PagedList } from './paged';
import { answering, disclosure, link, statement } from './parts';

/** Cards are the heaviest part of the page; thirty fill several screens. */
export const cardList = (key: string): PagedList => ({ key, size: 30, grows: true });

/** Every section of the report, in the order that Markdown has too. Who filters looks for cards: the analysis makes room for them. */
export function reportSections(context: Context, report: Report): TemplateResult {
  const { recommendations: { high, medium, low }, deferred, isFiltered } = context.selection;
  const recommended = high.length + medium.length + low.length;
  return html`
    ${section(context, 'analysis', 'Analysis', !isFiltered, undefined, answers(context, ANALYSIS_LABELS, report.analysis))}
    ${section(context, 'recommendations', 'Recommendations', true, recommended, recommendations(context))}
    ${section(context, 'deferred', 'Deferred', isFiltered && recommended === 0 && deferred.length > 0, deferred.length, deferredItems(context))}
    ${section(context, 'risks', 'Risks / Trade-offs', false, report.risks.length, risks(context, report))}
    ${section(context, 'conflicts', 'Conflicts Noted', false, report.conflicts.length, conflicts(context, report))}
    ${report.scalability === undefined ? nothing : section(context, 'scalability', 'Scalability', false, undefined, answers(context, SCALABILITY_LABELS, report.scalability))}
    ${report.metrics === undefined ? nothing : section(context, 'metrics', 'Metrics', false, undefined, metrics(context, report.metrics))}
    ${report.trend === undefined ? nothing : section(context, 'trend', 'Targets over Time', false, undefined, trend(context, report.trend))}
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

function answers<Key extends string>(context: Context, labels: readonly (readonly [Key, string])[], of: Readonly<Record<Key, Answer>>): TemplateResult {
  return html`<dl class="analysis">
    ${labels.map(([key, label]) => html`
      <div class="question"><dt>${label}</dt><dd>${answer(context, of[key])}</dd></div>`)}
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

function metrics(context: Context, of: Metrics): TemplateResult {
  const { title, note, code } = of.snippet;
  return html`
    ${answers(context, METRICS_LABELS, of)}
    <p>${title}: ${note}</p>
    <pre class="snippet" tabindex="0" role="region" aria-label="Code: ${title}">${code}</pre>`;
}

/** Each run with a bar as long as the share of targets that were met; the words beside it say the same. */
function trend(context: Context, { summary, points }: Trend): TemplateResult {
  return html`
    ${answer(context, summary)}
    <ol class="trend">${points.map(({ statement: text, met, of }) => html`<li>
      <svg class="met" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="missed" width="100" height="8" /><rect width=${(met / of) * 100} height="8" /></svg>
      <span>${statement(context, text)}</span>
    </li>`)}</ol>`;
}

function recommendations(context: Context): TemplateResult {
  const { selection } = context;
  if (selection.isFiltered && selection.matching === 0) return nothingMatches(context);
  return html`${PRIORITY_LABELS.map(([priority, label]) => {
    const items = selection.recommendations[priority];
    const list = cardList(priority);
    return html`
      <div class="priority" data-priority=${priority}>
        <h3 tabindex="-1"><span class="dot ${priority}" aria-hidden="true"></span>${label}</h3>
        ${items.length === 0 ? nothingHere(selection.isFiltered ? 'Nothing that matches.' : 'Nothing.') : nothing}
        <div class="cards">${repeat(page(context, list, items), item => item.id, item => recommendationCard(context, item))}</div>
        ${more(context, list, items)}
      </div>`;
  })}`;
}

function deferredItems(context: Context): TemplateResult {
  const { deferred, isFiltered } = context.selection;
  const list = cardList('deferred');
  return html`
    ${deferred.length === 0 ? nothingHere(isFiltered ? 'Nothing that matches.' : 'Nothing is deferred.') : nothing}
    <div class="cards">${repeat(page(context, list, deferred), item => item.id, item => deferredCard(context, item))}</div>
    ${more(context, list, deferred)}`;
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
      <span class="muted">${conflictText(conflict)}</span>
      <p>${conflict.text}</p>
    </li>`)}
  </ul>`;
}

function failures(report: Report): TemplateResult {
  return html`<ul class="notes">
    ${report.failures.map(({ code, message }) => html`<li><code>${code}</code><p>${clean(message)}</p></li>`)}
  </ul>`;
}
