import * as vscode from 'vscode';
import { type Failure, FailureError, failures } from '../../core/failures';
import { Method, type ReportResult } from '../../lsp/protocol';
import { type FromPanel, isFromPanel, type PanelState, type ToPanel } from '../../panel/protocol';
import type { Report } from '../../report/model';
import type { Chart } from '../../report/runs/model';
import { onAdvisorSettings } from '../advisor/settings';
import { setting } from '../settings';
import { failureOf } from '../tell';
import type { Services } from '../services';
import { REPORT_EDITOR, REPORT_VIEW } from '../names';
import { carryOut } from './actions';
import { Looks } from './looks';
import { Page, type Surface, type Unnumbered } from './page';
import { ShownRuns } from './shownRuns';

type FromReport = Exclude<FromPanel, { readonly type: 'ready' | 'ack' }>;

/** Changes come in bursts, and a report is worth one message for each burst. */
const PAUSE_MS = 300;

/** The report in the sidebar and in a tab of the editor. Whatever they show comes from the server; they keep nothing. */
export class ReportView implements vscode.WebviewViewProvider, vscode.WebviewPanelSerializer, vscode.Disposable {
  private readonly page: Page<ToPanel, FromPanel>;
  private readonly editor: Page<ToPanel, FromPanel, vscode.WebviewPanel>;
  private readonly looks: Looks;
  private readonly runs: ShownRuns;
  private timer?: NodeJS.Timeout;
  private result?: ReportResult;
  private readonly disposables: vscode.Disposable[];

  constructor(private readonly services: Services) {
    const { server, folders, measuring, proving } = services;
    const later = () => this.refreshSoon();
    this.looks = new Looks(services.context.workspaceState);
    this.runs = new ShownRuns(server);
    const options = {
      extension: services.context.extensionUri,
      view: 'report',
      isMessage: isFromPanel,
      onMessage: (message: FromReport) => this.receive(message),
      onDropped: () => services.log.warn('The report view sent a message that is not of its protocol; it was dropped.'),
    } as const;
    this.page = new Page({ ...options, onReady: () => this.ready(this.editor) });
    this.editor = new Page({ ...options, surface: 'editor', onReady: () => this.ready(this.page) });
    this.disposables = [
      vscode.window.registerWebviewViewProvider(REPORT_VIEW, this),
      vscode.window.registerWebviewPanelSerializer(REPORT_EDITOR, this),
      server.onChanged(later),
      server.onStatus(({ state }) => state === 'ready' && later()),
      folders.onChange(later),
      vscode.workspace.onDidGrantWorkspaceTrust(later),
      proving.onFound(() => this.postExplained()),
      onAdvisorSettings(later),
      measuring.onRunning((running) => this.post({ type: 'progress', running })),
    ];
  }

  /** What the view shows at the moment, with the folder its files are relative to. */
  get shown(): ReportResult | undefined {
    return this.result;
  }

  get badge(): vscode.ViewBadge | undefined {
    return this.page.view?.badge;
  }

  /** The number of the last message that the view says it has received. */
  get acknowledged(): number {
    return this.page.acknowledged;
  }

  get acknowledgedInEditor(): number {
    return this.editor.view === undefined ? 0 : this.editor.acknowledged;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.page.resolve(view);
  }

  async show(): Promise<void> {
    await vscode.commands.executeCommand(`${REPORT_VIEW}.focus`);
  }

  /** VS Code brings a tab back that was open before. Its state is that of its page, which looks at it itself. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.fill(panel);
  }

  /** Opens the tab, or goes to it where it is open. */
  openInEditor(): void {
    if (this.editor.view === undefined) this.fill(vscode.window.createWebviewPanel(REPORT_EDITOR, 'Performance Report', vscode.ViewColumn.Active));
    else this.editor.view.reveal();
  }

  private fill(panel: vscode.WebviewPanel): void {
    panel.iconPath = vscode.Uri.joinPath(this.services.context.extensionUri, 'media/performance.svg');
    this.editor.resolve(panel);
  }

  /** Asks for the report and shows it. A view that nobody has opened costs nothing. */
  async refresh(): Promise<void> {
    clearTimeout(this.timer);
    if (this.page.view === undefined && this.editor.view === undefined) return;
    try {
      this.result = (await this.current()) ?? this.result;
      if (this.result?.folder !== undefined && (await this.runs.refresh(this.result.folder))) this.postChart();
    } catch (error) {
      this.postError(error);
    }
    this.showResult();
  }

  /** Draws a run of the current folder at the top of the report. Throws FailureError where there is nothing to draw. */
  async openChart(kind: Chart['kind'], run: string): Promise<void> {
    const folder = this.services.folders.current;
    if (folder === undefined) throw new FailureError(failures.noFolder());
    await this.runs.open(folder, kind, run);
    this.postChart();
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const each of this.disposables) each.dispose();
  }

  private refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), PAUSE_MS);
  }

  /** undefined until the detector has been through once: half a report would rank what it has not seen. */
  private async current(): Promise<ReportResult | undefined> {
    const { server, folders } = this.services;
    if (folders.current === undefined || server.status.state !== 'ready') return undefined;
    return server.request(Method.report, { folder: folders.current });
  }

  private showResult(): void {
    const { folders } = this.services;
    const belongs = this.result !== undefined && this.result.folder === folders.current;
    const report = belongs ? this.result!.report : null;
    if (this.page.view) {
      this.page.view.badge = badgeOf(report);
      this.page.view.description = (vscode.workspace.workspaceFolders?.length ?? 0) > 1 ? folders.currentFolder?.name : undefined;
    }
    const state: PanelState = { hasWorkspace: folders.current !== undefined, trusted: vscode.workspace.isTrusted, hasAdvisor: setting('advisor.provider') !== 'off' };
    // What arrives while nobody can see it was not looked at.
    const isLookedAt = this.page.view?.visible === true || this.editor.view?.visible === true;
    const changes = report !== null && isLookedAt ? this.looks.changes(this.result!.folder!, report) : null;
    this.post({ type: 'report', report, changes, state });
    this.post({ type: 'runs', runs: this.runs.list });
  }

  /** A page that comes up while the other is not to be seen begins a new look at the report. */
  private ready(other: { readonly view: Surface | undefined }): void {
    if (!other.view?.visible) this.looks.begin();
    this.post({ type: 'progress', running: this.services.measuring.running });
    this.showResult();
    this.postExplained();
    this.postChart();
    void this.refresh();
  }

  private receive(message: FromReport): void {
    if (message.type === 'closeExplained') {
      this.services.proving.forget();
      this.postExplained();
    } else if (message.type === 'openChart') {
      this.openChart(message.kind, message.runId).catch((error: unknown) => this.postError(error));
    } else if (message.type === 'closeChart') {
      this.runs.chart = null;
      this.postChart();
    } else if (message.type === 'seen') {
      if (this.result?.folder !== undefined) this.looks.markSeen(this.result.folder);
      this.showResult();
    } else {
      carryOut(message, this.services, this.result).catch((error: unknown) => this.postError(error));
    }
  }

  /** Only when it is another one: a chart is large, and reports come with each pause in typing. */
  private postChart(): void {
    this.post({ type: 'chart', chart: this.runs.chart });
  }

  /** A proof of a finding's advice stands on its card; only what was asked of a query stands on top. */
  private postExplained(): void {
    this.post({ type: 'explained', proof: this.services.proving.result?.proof ?? null });
  }

  private post(message: Unnumbered<ToPanel>): void {
    this.page.post(message);
    this.editor.post(message);
  }

  private postError(error: unknown): void {
    const failure: Failure | undefined = failureOf(error);
    if (failure === undefined) return;
    this.services.log.error(`Report: ${failure.message}`);
    this.post({ type: 'error', code: failure.code, message: failure.message });
  }
}

function badgeOf(report: Report | null): vscode.ViewBadge | undefined {
  const value = report?.recommendations.high.reduce((sum, { places }) => sum + places.length, 0) ?? 0;
  return value === 0 ? undefined : { value, tooltip: `${value} high-priority ${value === 1 ? 'finding' : 'findings'}` };
}
