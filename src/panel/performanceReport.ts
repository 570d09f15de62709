import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Report, ReportProof } from '../report/model';
import { clean } from '../report/statement';
import { FocusKeeper } from './focusKeeper';
import { connect, type Host } from './host';
import { type FromPanel, isToPanel, type PanelState, type ToPanel } from './protocol';
import { sheets } from './styles';
import { restoreViewState, type ViewState } from './viewState';
import type { Context } from './view/context';
import { explainedQuery } from './view/explained';
import { loading, noFindings, notMeasured, noWorkspace, restricted } from './view/guidance';
import { summary } from './view/summary';
import { reportSections } from './view/sections';

const SAVE_SCROLL_AFTER_MS = 150;

/**
 * The panel. It shows the last report it was given and posts what the user asks for;
 * it decides nothing and keeps nothing but what is open and how far it is scrolled.
 */
export class PerformanceReport extends LitElement implements Context {
  static override styles = sheets;
  static override properties = {
    report: { state: true },
    explained: { state: true },
    state: { state: true },
    progress: { state: true },
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
  /** null: nothing was explained, or it was closed. */
  private declare explained: ReportProof | null;
  private declare progress: string | null;
  private declare problem: { readonly code: string; readonly message: string } | null;
  /** Read out by screen readers when it changes. */
  private declare announcement: string;

  private readonly host: Host<FromPanel>;
  private readonly focusKeeper = new FocusKeeper(this);
  private view: ViewState;
  private isScrollRestored = false;
  private saveTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.state = { hasWorkspace: true, trusted: true, hasAdvisor: false };
    this.report = null;
    this.explained = null;
    this.progress = null;
    this.problem = null;
    this.reasonMissing = false;
    this.announcement = '';
    this.host = connect<ToPanel, FromPanel>(isToPanel, message => this.receive(message));
    this.view = restoreViewState(this.host.savedState());
    window.addEventListener('scroll', () => this.scrolled(), { passive: true });
  }

  post(message: FromPanel): void {
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

  isOpen(key: string, byDefault: boolean): boolean {
    return this.view.open[key] ?? byDefault;
  }

  /** The browser has opened or closed it already: only remember it. */
  setOpen(key: string, open: boolean): void {
    this.save({ ...this.view, open: { ...this.view.open, [key]: open } });
  }

  startDismissing(findingId: string): void {
    this.dismissing = findingId;
    this.reasonMissing = false;
    void this.updateComplete.then(() => this.renderRoot.querySelector('vscode-textfield')?.focus());
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

  private receive(message: ToPanel): void {
    switch (message.type) {
      case 'report':
        this.state = message.state;
        this.report = message.report;
        if (message.report !== null) this.announcement = announcementOf(message.report);
        break;
      case 'explained':
        this.explained = message.proof;
        if (message.proof !== null) this.announcement = 'The plan of the query is at the top of the report.';
        break;
      case 'progress':
        this.progress = message.label;
        if (message.label !== null) this.problem = null;
        break;
      case 'error':
        this.problem = { code: message.code, message: clean(message.message) };
        break;
    }
  }

  private scrolled(): void {
    clearTimeout(this.saveTimer);
    this.saveTimer = setTimeout(
      () => this.save({ ...this.view, scroll: Math.max(0, Math.round(window.scrollY)) }),
      SAVE_SCROLL_AFTER_MS,
    );
  }

  private save(view: ViewState): void {
    this.view = view;
    this.host.saveState(view);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('report')) this.focusKeeper.remember();
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('report') || this.report === null) return;
    this.focusKeeper.restore();
    if (!this.isScrollRestored) {
      this.isScrollRestored = true;
      window.scrollTo(0, this.view.scroll);
    }
  }

  protected override render(): TemplateResult {
    return html`
      <main>
        <h1 class="visually-hidden">Performance report${this.report === null ? '' : ` of ${this.report.workspace}`}</h1>
        <div role="status" class="visually-hidden">${this.progress ?? this.announcement}</div>
        ${this.running()} ${this.complaint()} ${this.explained === null ? nothing : explainedQuery(this, this.explained)} ${this.content()}
      </main>`;
  }

  private running(): TemplateResult | typeof nothing {
    if (this.progress === null) return nothing;
    const label = clean(this.progress);
    return html`<div class="progress">
      <vscode-progress-bar indeterminate aria-label=${label}></vscode-progress-bar>
      <span aria-hidden="true">${label}</span>
    </div>`;
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
    const { high, medium, low } = report.recommendations;
    const found = high.length + medium.length + low.length + report.deferred.length;
    return html`
      ${notice}
      ${summary(this, report)}
      ${found === 0 ? noFindings(this) : notMeasured(this, report)}
      ${reportSections(this, report)}`;
  }
}

function announcementOf({ recommendations: { high, medium, low }, deferred }: Report): string {
  return `Report updated: ${high.length} high, ${medium.length} medium, ${low.length} low, ${deferred.length} deferred.`;
}
