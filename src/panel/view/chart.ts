import { html, nothing, type TemplateResult } from 'lit';
import { formatCount, formatDuration, formatShare } from '../../core/format';
import type { FlameLeftOut } from '../../core/flame';
import type { Chart, Distribution, DistributionChart, FlameChart, FunctionShare } from '../../report/runs/model';
import type { Context } from './context';
import { button, disclosure, link } from './parts';
import { RUN_AT } from './runs';

/** Where a chart asks to go: its own script knows no messages. */
interface GoTo {
  readonly file: string;
  readonly line: number;
}

/** The chart that was asked for last, above the report until it is closed. What it draws stands beside it in a table. */
export function chartSection(context: Context, chart: Chart, problem: string | undefined): TemplateResult {
  const { of } = chart;
  const title = chart.kind === 'flame' ? 'Flame chart' : chart.distributions.some(({ before }) => before) ? 'Before and after' : 'Histogram';
  return html`<section class="explained chart" aria-label=${title} data-section="chart" @go-to=${({ detail }: CustomEvent<GoTo>) => goTo(context, detail)}>
    <h2 tabindex="-1">${title} of ${of.subject}</h2>
    <p class="muted"><time datetime=${of.startedAt}>${RUN_AT.format(new Date(of.startedAt))}</time> · ${of.machine} · run ${of.runId}</p>
    <div class="actions">
      ${context.surface === 'editor' ? nothing : button(context, 'Open in editor', { type: 'openInEditor' }, { title: 'Show the report and this chart in a tab of the editor' })}
      ${button(context, 'Export…', { type: 'exportRun', runId: of.runId })}
      ${button(context, 'Close', { type: 'closeChart' })}
    </div>
    ${problem === undefined ? nothing : html`<p role="alert">${problem}</p>`}
    ${chart.kind === 'flame' ? flame(context, chart) : distributions(chart)}
    ${of.caveats.length === 0 ? nothing : html`<p class="muted">${of.caveats.join('; ')}.</p>`}
  </section>`;
}

function goTo(context: Context, { file, line }: GoTo): void {
  const start = { line, character: 0 };
  context.post({ type: 'goTo', file, range: { start, end: start } });
}

function flame(context: Context, chart: FlameChart): TemplateResult {
  const left = leftOutText(chart.graph.leftOut);
  return html`
    <performance-flame-chart .chart=${chart}></performance-flame-chart>
    <p class="muted">Callers stand above what they call; equal stacks are one. Click a frame of the workspace to see its code. Keys: arrows move, Enter goes to the code, space zooms in, Escape zooms out.${left === '' ? '' : ` Left out: ${left}.`}</p>
    ${disclosure(context, { key: 'chart:functions', title: html`<span>The same as a table</span>`, open: false, className: 'details' }, functionTable(context, chart.functions))}`;
}

function leftOutText({ waitingShare, loadingShare, frames, share }: FlameLeftOut): string {
  return [
    ...(waitingShare > 0 ? [`waiting, ${formatShare(waitingShare)} of the samples`] : []),
    ...(loadingShare > 0 ? [`loading modules, ${formatShare(loadingShare)} of the samples`] : []),
    ...(frames > 0 ? [`${formatCount(frames)} frames too small to see, ${formatShare(share)} of the time`] : []),
  ].join('; ');
}

function functionTable(context: Context, functions: readonly FunctionShare[]): TemplateResult {
  const hasCalls = functions.some(({ calls }) => calls !== undefined);
  return html`<div class="table" tabindex="0" role="region" aria-label="Functions by their share of the time"><table>
    <thead><tr><th scope="col">Function</th><th scope="col">Total</th><th scope="col">Self</th>${hasCalls ? html`<th scope="col">Calls</th>` : nothing}</tr></thead>
    <tbody>${functions.map(({ name, file, line, selfShare, totalShare, calls }) => html`<tr>
      <th scope="row">${name === '' ? nothing : html`<bdi class="function">${name}</bdi> `}${line === undefined
        ? html`<bdi class="path muted">${file}</bdi>`
        : link(context, html`<bdi class="path">${file}:${line + 1}</bdi>`, { type: 'goTo', file, range: { start: { line, character: 0 }, end: { line, character: 0 } } })}</th>
      <td>${formatShare(totalShare)}</td><td>${formatShare(selfShare)}</td>${hasCalls ? html`<td>${calls === undefined ? '' : formatCount(calls)}</td>` : nothing}
    </tr>`)}</tbody>
  </table></div>`;
}

function distributions({ distributions: all }: DistributionChart): TemplateResult {
  return html`${all.map((distribution) => html`
    <div class="distribution">
      <h3>${distribution.name}</h3>
      ${distribution.verdict === undefined ? nothing : html`<p>${distribution.verdict}</p>`}
      <performance-histogram .distribution=${distribution}></performance-histogram>
      ${figureTable(distribution)}
    </div>`)}
    <p class="muted">Times of one call. Bars: how many of the samples took that long${all.some(({ before }) => before) ? '; dashed: before' : ''}. Lines: p50, p95 and p99.</p>`;
}

/** A column for each side, so that it fits a side bar. */
function figureTable({ name, before, now }: Distribution): TemplateResult {
  const sides = [...(before ? [before] : []), now];
  const row = (label: string, of: (side: Distribution['now']) => string): TemplateResult => html`<tr><th scope="row">${label}</th>${sides.map((side) => html`<td>${of(side)}</td>`)}</tr>`;
  return html`<div class="table" tabindex="0" role="region" aria-label="Figures of ${name}"><table>
    <thead><tr><td></td>${sides.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead>
    <tbody>
      ${(['p50', 'p95', 'p99', 'max'] as const).map((each) => row(each, (side) => formatDuration(side[each])))}
      ${row('samples', ({ sampleCount }) => formatCount(sampleCount))}
    </tbody>
  </table></div>`;
}
