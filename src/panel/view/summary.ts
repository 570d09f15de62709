import { html, type TemplateResult } from 'lit';
import { PRIORITY_LABELS, type Report } from '../../report/model';
import type { Context } from './context';
import { link } from './parts';

/** In the user's own language and time zone. */
const MADE_AT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** The first line: how much there is, and how to take it along. */
export function summary(context: Context, report: Report): TemplateResult {
  const { recommendations, deferred } = report;
  return html`
    <header>
      <ul class="counts" aria-label="Findings by priority">
        ${PRIORITY_LABELS.map(([priority]) =>
          count(context, priority, recommendations[priority].length, `[data-priority="${priority}"] h3`))}
        ${count(context, 'deferred', deferred.length, '[data-section="deferred"] summary')}
      </ul>
      <p class="made">
        <time datetime=${report.generatedAt}>${MADE_AT.format(new Date(report.generatedAt))}</time>
        ${link(context, 'Copy as Markdown', { type: 'copyMarkdown' })}
      </p>
    </header>`;
}

function count(context: Context, name: string, howMany: number, target: string): TemplateResult {
  const text = html`<span class="dot ${name}" aria-hidden="true"></span><span><strong>${howMany}</strong> ${name}</span>`;
  return howMany === 0
    ? html`<li class="count none">${text}</li>`
    : html`<li><button class="count" @click=${() => context.reveal(target)}>${text}</button></li>`;
}
