import { html, nothing, type TemplateResult } from 'lit';
import { formatCount, formatDuration } from '../../core/format';
import type { BoundValue, CandidateProof, PlanMeasurement, Trial } from '../../core/proof';
import type { ReportProof, Statement } from '../../report/model';
import { callWords, costWords, ratioWords } from '../../report/proof';
import { clean, measured, prose } from '../../report/statement';
import type { Context } from './context';
import { disclosure, statement } from './parts';
import { planTree } from './plan';

/** Everything that was seen of a query: what ran, on which rows, each change with its plans. `key` tells its disclosures apart. */
export function proofView(context: Context, { runId, startedAt, machine, data, proof }: ReportProof, key: string): TemplateResult {
  return html`
    <div class="proof">
      <pre class="sql" tabindex="0"><code>${clean(proof.sql, LONGEST_SQL)}</code></pre>
      <p class="muted">${machine}, <time datetime=${startedAt}>${WHEN.format(new Date(startedAt))}</time></p>
      <p>${clean(data, 2_000)} <span class="mark assumed">assumed</span></p>
      ${proof.baseline.map(({ parameters, measurement }, i) => html`
        <p class="subtitle">The query ${callWords(parameters)}</p>
        ${bound(parameters.values)} ${figuresOf(context, measurement, runId)}
        ${disclosure(context, { key: `${key}:baseline:${i}`, title: html`<span>Plan</span>`, open: true, className: 'details' }, planTree(measurement.plan, undefined, 'new'))}`)}
      ${proof.candidates.map((candidate, i) => candidateView(context, candidate, runId, `${key}:${i}`))}
      ${proof.notes.length === 0 ? nothing : html`<p class="subtitle">Notes</p><ul class="notes">${proof.notes.map((note) => html`<li><p>${clean(note)}</p></li>`)}</ul>`}
    </div>`;
}

/** Characters of a statement that are worth the room. */
const LONGEST_SQL = 4_000;

const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

function candidateView(context: Context, candidate: CandidateProof, runId: string, key: string): TemplateResult {
  const { title, outcome, reason, statements, rewritten, semantics, cost, trials } = candidate;
  return html`<section class="candidate" aria-label=${title}>
    <p class="subtitle">${clean(title)} <span class="mark outcome ${outcome}">${outcome}</span></p>
    <p>${clean(reason)}</p>
    <pre class="sql" tabindex="0"><code>${statements.map((each) => `${clean(each, LONGEST_SQL)};`).join('\n')}</code></pre>
    ${rewritten === undefined ? nothing : html`<p class="muted">The query becomes</p><pre class="sql" tabindex="0"><code>${clean(rewritten, LONGEST_SQL)}</code></pre>`}
    ${semantics === undefined ? nothing : html`<p>${semantics}</p>`}
    ${cost === undefined ? nothing : html`<p>${statement(context, [prose('Cost: '), measured(costWords(cost), runId), prose('.')])}</p>`}
    ${trials.map((trial, i) => trialView(context, trial, runId, `${key}:${i}`, i === 0))}
  </section>`;
}

function trialView(context: Context, trial: Trial, runId: string, key: string, open: boolean): TemplateResult {
  const { parameters, before, after, matches } = trial;
  const line: Statement = [measured(ratioWords(trial), runId)];
  return html`
    <p><strong>The call ${callWords(parameters)}:</strong> ${statement(context, line)}</p>
    ${bound(parameters.values)}
    ${matches === undefined ? nothing : html`<p>${statement(context, [prose('Rows that match: '), measured(`${formatCount(matches.before)} before, ${formatCount(matches.after)} after`, runId), prose('.')])}</p>`}
    ${disclosure(
      context,
      { key, title: html`<span>Plans before and after</span>`, open, className: 'details' },
      html`<div class="plans">
        <div><p class="muted">Before</p>${figuresOf(context, before, runId)} ${planTree(before.plan, after.plan, 'gone')}</div>
        <div><p class="muted">After</p>${figuresOf(context, after, runId)} ${planTree(after.plan, before.plan, 'new')}</div>
      </div>`,
    )}`;
}

function bound(values: readonly BoundValue[]): TemplateResult | typeof nothing {
  if (values.length === 0) return nothing;
  return html`<ul class="values">${values.map(({ placeholder, of, value }) => html`<li><code>${placeholder}</code> = <code>${clean(value, 80)}</code> <span class="muted">${clean(of)}</span></li>`)}</ul>`;
}

function figuresOf(context: Context, { medianMs, samples, pages, rows, cost }: PlanMeasurement, runId: string): TemplateResult {
  const run = [
    ...(medianMs === undefined ? [] : [`median ${formatDuration(medianMs)} of ${samples.length} runs`]),
    ...(pages === undefined ? [] : [`${formatCount(pages)} pages`]),
    ...(rows === undefined ? [] : [`${formatCount(rows)} rows`]),
  ];
  return html`<p>${statement(context, [
    ...(run.length === 0 ? [] : [measured(run.join(', '), runId)]),
    ...(cost === undefined ? [] : [prose(run.length === 0 ? '' : ', '), { text: `cost ${formatCount(cost)} by the planner`, evidence: 'estimate' as const }]),
  ])}</p>`;
}
