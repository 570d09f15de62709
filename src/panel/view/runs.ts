import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { formatCount, formatDuration } from '../../core/format';
import type { Item, Recommendation } from '../../report/model';
import type { History, RunEntry, RunList } from '../../report/runs/model';
import { clean } from '../../report/statement';
import type { Context } from './context';
import { machineChanges } from './histories';
import { more, page } from './paged';
import { button, disclosure, link } from './parts';

const RUN_LIST = { key: 'runs', size: 20 };
const HISTORY_LIST = { key: 'histories', size: 10 };

export const RUN_AT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

const KINDS: Readonly<Record<RunEntry['kind'], string>> = {
  'cpu-profile': 'CPU profile', benchmark: 'benchmark', comparison: 'comparison', growth: 'growth', trace: 'trace', counts: 'counts', memory: 'memory', load: 'load', proof: 'proof',
};

/** What was measured, the newest first, and how benchmarks went; nothing where nothing was measured. */
export function runsSection(context: Context, list: RunList | null): TemplateResult | typeof nothing {
  if (list === null || list.runs.length + list.failures.length === 0) return nothing;
  return html`<section aria-label="Runs" data-section="runs">
    ${disclosure(context, { key: 'runs', title: html`<h2>Runs</h2>`, open: false, count: list.runs.length + list.earlier, className: 'section' }, html`
      <div class="section-body notes">
        ${list.histories.length === 0 ? nothing : histories(context, list.histories)}
        <ul class="runs" aria-label="Runs, the newest first">${repeat(page(context, RUN_LIST, list.runs), ({ id }) => id, (run) => runView(context, run))}</ul>
        ${more(context, RUN_LIST, list.runs)}
        ${list.earlier === 0 ? nothing : html`<p class="muted">${formatCount(list.earlier)} earlier runs are in .performance/runs.</p>`}
        ${list.failures.map(({ message }) => html`<p>${clean(message)}</p>`)}
      </div>`)}
  </section>`;
}

function histories(context: Context, all: readonly History[]): TemplateResult {
  return html`<h3>Benchmarks over their runs</h3>
    <ul class="histories" aria-label="Benchmarks over their runs">${page(context, HISTORY_LIST, all).map((history) => html`<li>
      <p><bdi class="function">${history.name}</bdi> <span class="muted">${history.driver}</span></p>
      <performance-sparkline .history=${history}></performance-sparkline>
      <p class="muted">${historyText(history)}</p>
    </li>`)}</ul>
    ${more(context, HISTORY_LIST, all)}`;
}

/** The same as the line says. */
function historyText({ points, earlier }: History): string {
  const [first, last] = [points[0]!, points.at(-1)!];
  const changes = machineChanges(points).length;
  return [
    `p50 ${formatDuration(last.p50)} (half of the samples from ${formatDuration(last.low)} to ${formatDuration(last.high)})`,
    `${formatDuration(first.p50)} on ${RUN_AT.format(new Date(first.startedAt))}`,
    `${formatCount(points.length + earlier)} runs`,
    ...(changes === 0 ? [] : [`the machine changed ${changes === 1 ? 'once' : `${formatCount(changes)} times`}: figures of one say nothing of another`]),
  ].join('; ');
}

function runView(context: Context, run: RunEntry): TemplateResult {
  const { id, kind, subject, startedAt, tool, machine, isThisMachine, sampleCount, status, message, caveats, freshness, driver } = run;
  const what = [tool, ...(driver === subject ? [] : [driver]), ...(sampleCount === undefined ? [] : [`${formatCount(sampleCount)} samples`]), isThisMachine ? machine : `another machine: ${machine}`];
  return html`<li class="run" data-run=${id} tabindex="-1">
    <p class="run-title"><bdi class="function">${subject}</bdi> <span class="mark">${KINDS[kind]}</span>
      ${status === 'completed' ? nothing : html`<span class="mark outcome failed">${status}</span>`}
      ${freshness === 'stale' ? html`<span class="mark outcome failed" title="The function has changed since">stale</span>` : nothing}</p>
    <p class="muted"><time datetime=${startedAt}>${RUN_AT.format(new Date(startedAt))}</time> · ${what.map((each) => clean(each)).join(' · ')}</p>
    <p>${message}</p>
    ${caveats.length === 0 ? nothing : html`<p class="muted">${caveats.join('; ')}.</p>`}
    <div class="actions">${runActions(context, run)}</div>
  </li>`;
}

function runActions(context: Context, run: RunEntry): TemplateResult {
  const { id, file, line, hasCallStacks, exports } = run;
  const start = { line: line ?? 0, character: 0 };
  return html`
    ${file === undefined ? nothing : button(context, 'Go to code', { type: 'goTo', file, range: { start, end: start } })}
    ${charts(context, run)}
    ${button(context, hasCallStacks ? 'Open profile' : 'Open', { type: 'openRun', runId: id }, { title: hasCallStacks ? 'Open the profile in the viewer of VS Code' : 'Open what was stored' })}
    ${exports.length === 0 ? nothing : button(context, 'Export…', { type: 'exportRun', runId: id })}`;
}

function charts(context: Context, { id, hasCallStacks, hasSamples, isComparison }: RunEntry): TemplateResult {
  return html`
    ${hasCallStacks ? button(context, 'Flame chart', { type: 'openChart', kind: 'flame', runId: id }) : nothing}
    ${hasSamples ? button(context, isComparison ? 'Before and after' : 'Histogram', { type: 'openChart', kind: 'distribution', runId: id }) : nothing}`;
}

/** Charts of the runs that a card quotes. */
export function chartsOfItem(context: Context, item: Item): TemplateResult | typeof nothing {
  if (context.runs === null || !('fields' in item)) return nothing;
  const { current, optimized, validation } = (item as Recommendation).fields;
  const quoted = new Set([...current, ...optimized, ...validation].flatMap((piece) => ('runId' in piece ? [piece.runId] : [])));
  const runs = context.runs.runs.filter(({ id }) => quoted.has(id));
  const [profiled, compared] = [runs.find(({ hasCallStacks }) => hasCallStacks), runs.find(({ isComparison, hasSamples }) => isComparison && hasSamples)];
  return html`
    ${profiled ? link(context, 'Flame chart', { type: 'openChart', kind: 'flame', runId: profiled.id }, 'Where the time went, by call stack') : nothing}
    ${compared ? link(context, 'Before and after', { type: 'openChart', kind: 'distribution', runId: compared.id }, 'How the times were distributed before and after the change') : nothing}`;
}
