import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Changes } from '../report/changes';
import type { Report, ReportProof } from '../report/model';
import type { Chart, RunList } from '../report/runs/model';
import { clean } from '../report/statement';
import { Arrangement } from './arrangement';
import { loadCharts } from './chartScript';
import { type Filter, isActive, NO_FILTER, NOTHING_SELECTED, placeIn, select, type Selection } from './filter';
import { FocusKeeper } from './focusKeeper';
import { connect, type Host } from './host';
import { ListGrower } from './listGrower';
import { type FromPanel, isToPanel, type PanelState, type Running, type ToPanel } from './protocol';
import { sheets } from './styles';
import type { Context } from './view/context';
import { changesSection } from './view/changes';
import { chartSection } from './view/chart';
import { explainedQuery } from './view/explained';
import { filterBar, matchingText } from './view/filterBar';
import { loading, noFindings, notMeasured, noWorkspace, restricted } from './view/guidance';
import { progress } from './view/running';
import { runsSection } from './view/runs';
import { summary } from './view/summary';
import { cardList, reportSections } from './view/sections';

/** Long enough that a screen reader is not told of each key. */
const ANNOUNCE_AFTER_MS = 400;

/**
 * The panel. It shows the last report it was given and posts what the user asks for;
 * it decides nothing and keeps nothing but how the user has arranged it.
 */
export class PerformanceReport extends LitElement implements Context {
  static override styles = sheets;
  static override properties = {
    report: { state: true },
    changes: { state: true },
    explained: { state: true },
    runs: { state: true },
    chart: { state: true },
    chartProblem: { state: true },
    state: { state: true },
    running: { state: true },
    elapsed: { state: true },
    problem: { state: true },
    dismissing: { state: true },
    reasonMissing: { state: true },
    announcement: { state: true },
  };

  declare state: PanelState;
  declare dismissing: string | undefined;
  declare reasonMissing: boolean;
  /** null: there is none yet. */
  private declare report: Report | null;
  /** null: there was no earlier look at it. */
  private declare changes: Changes | null;
  /** null: nothing was explained, or it was closed. */
  private declare explained: ReportProof | null;
  declare running: Running | null;
  /** Whole seconds that it has taken. */
  declare elapsed: number;
  declare runs: RunList | null;
  /** null: none was asked for, or it was closed. */
  private declare chart: Chart | null;
  private declare chartProblem: string | undefined;
  private declare problem: { readonly code: string; readonly message: string } | null;
  /** Read out by screen readers when it changes. */
  private declare announcement: string;

  /** The next chart is one that was asked for here. */
  private awaitsChart = false;
  readonly arrangement: Arrangement;
  private readonly host: Host<FromPanel>;
  private readonly focusKeeper = new FocusKeeper(this);
  private readonly grower = new ListGrower(key => void this.arrangement.showMore(cardList(key)));
  private selected: { readonly report: Report | null; readonly filter: Filter; readonly selection: Selection } = {
    report: null, filter: NO_FILTER, selection: NOTHING_SELECTED,
  };
  private clock: ReturnType<typeof setInterval> | undefined;
  private announceTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.state = { hasWorkspace: true, trusted: true, hasAdvisor: false };
    this.report = null;
    this.changes = null;
    this.explained = null;
    this.running = null;
    this.elapsed = 0;
    this.runs = null;
    this.chart = null;
    this.problem = null;
    this.reasonMissing = false;
    this.announcement = '';
    this.host = connect<ToPanel, FromPanel>(isToPanel, message => this.receive(message));
    this.arrangement = new Arrangement(this, this.host);
    window.addEventListener('keydown', event => this.onKey(event));
  }

  /** As in VS Code's own lists: a webview of the sidebar has no search of the browser's. */
  private onKey(event: KeyboardEvent): void {
    if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    this.focusSearch();
  }

  post(message: FromPanel): void {
    if (message.type === 'openChart') this.awaitsChart = true;
    this.host.post(message);
  }

  reveal(selector: string): void {
    const heading = this.renderRoot.querySelector<HTMLElement>(selector);
    const section = heading?.closest('details');
    if (heading == null || section == null) return;
    section.open = true;
    heading.focus();
    heading.scrollIntoView({ block: 'start' });
  }

  revealItem(itemId: string): void {
    if (placeIn(this.selection, itemId) === undefined) this.arrangement.setFilter(NO_FILTER);
    const found = this.report && placeIn(this.report, itemId);
    if (found) this.arrangement.showAtLeast(cardList(found.list), found.index + 1);
    void this.updateComplete.then(() => this.reveal(`[data-item="${CSS.escape(itemId)}"]`));
  }

  get selection(): Selection {
    return this.selected.selection;
  }

  focusSearch(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.search')?.focus());
  }

  startDismissing(findingId: string): void {
    this.dismissing = findingId;
    this.reasonMissing = false;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.dismiss vscode-textfield')?.focus());
  }

  stopDismissing(): void {
    const findingId = this.dismissing;
    this.dismissing = undefined;
    void this.updateComplete.then(() => this.focusKeeper.focusDismissButton(findingId));
  }

  dismiss(findingId: string, reason: string): void {
    this.reasonMissing = reason === '';
    if (this.reasonMissing) return;
    this.post({ type: 'dismiss', findingId, reason });
    this.stopDismissing();
  }

  get surface(): Context['surface'] {
    return this.getAttribute('surface') === 'editor' ? 'editor' : 'sidebar';
  }

  /** A chart that has just been asked for is what the user looks at next. */
  private showChart(chart: Chart | null): void {
    // The same again would undo how the user has zoomed.
    if (chart?.of.runId === this.chart?.of.runId && chart?.kind === this.chart?.kind) return;
    const [wasAsked, wasOpen] = [this.awaitsChart, this.chart !== null];
    this.chart = chart;
    this.awaitsChart = false;
    if (chart !== null) this.drawCharts();
    void this.updateComplete.then(() => {
      const heading = this.renderRoot.querySelector<HTMLElement>('.chart h2');
      heading?.scrollIntoView({ block: 'start' });
      if (wasAsked) heading?.focus();
      if (chart === null && wasOpen) this.renderRoot.querySelector('summary')?.focus();
    });
  }

  private drawCharts(): void {
    this.chartProblem = undefined;
    loadCharts().catch((error: Error) => (this.chartProblem = error.message));
  }

  private receive(message: ToPanel): void {
    switch (message.type) {
      case 'report':
        this.state = message.state;
        this.report = message.report;
        this.changes = message.changes;
        if (message.report !== null) this.announcement = announcementOf(message.report);
        break;
      case 'explained':
        this.explained = message.proof;
        if (message.proof !== null) this.announcement = 'The plan of the query is at the top of the report.';
        break;
      case 'runs':
        this.runs = message.runs;
        if (message.runs !== null && message.runs.histories.length > 0) this.drawCharts();
        break;
      case 'chart':
        this.showChart(message.chart);
        break;
      case 'progress':
        this.setRunning(message.running);
        if (message.running !== null) this.problem = null;
        break;
      case 'error':
        this.problem = { code: message.code, message: clean(message.message) };
        break;
    }
  }

  private setRunning(running: Running | null): void {
    clearInterval(this.clock);
    this.running = running;
    if (running === null) return;
    const tick = () => (this.elapsed = Math.max(0, Math.round((Date.now() - running.startedAt) / 1000)));
    tick();
    this.clock = setInterval(tick, 1000);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('report')) this.focusKeeper.remember();
    this.applyFilter();
  }

  private applyFilter(): void {
    const { report } = this;
    const { filter } = this.arrangement;
    const before = this.selected;
    if (report === null || (before.report === report && before.filter === filter)) return;
    this.selected = { report, filter, selection: select(report, filter) };
    if (before.filter !== filter && before.report !== null) this.announceMatches();
  }

  private announceMatches(): void {
    clearTimeout(this.announceTimer);
    this.announceTimer = setTimeout(() => {
      this.announcement = isActive(this.arrangement.filter) ? matchingText(this) : 'Every finding is shown.';
    }, ANNOUNCE_AFTER_MS);
  }

  protected override updated(changed: PropertyValues): void {
    this.grower.observe(this.renderRoot);
    if (!changed.has('report') || this.report === null) return;
    this.focusKeeper.restore();
    this.arrangement.restoreScroll();
  }

  protected override render(): TemplateResult {
    return html`
      <main>
        <h1 class="visually-hidden">Performance report${this.report === null ? '' : ` of ${this.report.workspace}`}</h1>
        <div role="status" class="visually-hidden">${this.running === null ? this.announcement : clean(this.running.label)}</div>
        ${progress(this)} ${this.complaint()} ${this.explained === null ? nothing : explainedQuery(this, this.explained)}
        ${this.chart === null ? nothing : chartSection(this, this.chart, this.chartProblem)} ${this.content()}
      </main>`;
  }

  private complaint(): TemplateResult | typeof nothing {
    if (this.problem === null) return nothing;
    const { code, message } = this.problem;
    return html`<div class="problem" role="alert" data-code=${code}>
      <p>${message}</p>
      <vscode-button secondary @click=${() => this.closeProblem()}>Close</vscode-button>
    </div>`;
  }

  private closeProblem(): void {
    this.problem = null;
    void this.updateComplete.then(() => this.renderRoot.querySelector('summary')?.focus());
  }

  private content(): TemplateResult {
    const { report } = this;
    if (!this.state.hasWorkspace) return noWorkspace(this);
    const notice = this.state.trusted ? nothing : restricted(this);
    if (report === null) return html`${notice}${loading}`;
    return html`
      ${notice}
      ${summary(this, report)}
      ${this.selection.total === 0 ? noFindings(this) : html`${notMeasured(this, report)} ${filterBar(this)}`}
      ${changesSection(this, this.changes)}
      ${reportSections(this, report)}
      ${runsSection(this, this.runs)}`;
  }
}

function announcementOf({ recommendations: { high, medium, low }, deferred }: Report): string {
  return `Report updated: ${high.length} high, ${medium.length} medium, ${low.length} low, ${deferred.length} deferred.`;
}
