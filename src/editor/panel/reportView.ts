import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Failure } from '../../core/failures';
import { Method, type ReportResult } from '../../lsp/protocol';
import { panelHtml } from '../../panel/html';
import { isFromPanel, type PanelState, type ToPanel } from '../../panel/protocol';
import type { Report } from '../../report/model';
import { failureOf } from '../tell';
import type { Services } from '../services';
import { REPORT_VIEW } from '../names';
import { carryOut } from './actions';

/** Changes come in bursts, and a report is worth one message for each burst. */
const PAUSE_MS = 300;

type Unnumbered<Message> = Message extends ToPanel ? Omit<Message, 'seq'> : never;

/** The report in the sidebar. Whatever it shows comes from the server; the view itself keeps nothing. */
export class ReportView implements vscode.WebviewViewProvider, vscode.Disposable {
  private view?: vscode.WebviewView;
  private isReady = false;
  private sent = 0;
  private timer?: NodeJS.Timeout;
  private result?: ReportResult;
  private readonly disposables: vscode.Disposable[];
  /** The number of the last message that the view says it has received. */
  acknowledged = 0;

  constructor(private readonly services: Services) {
    const { server, folders, measuring, proving } = services;
    const later = () => this.refreshSoon();
    this.disposables = [
      vscode.window.registerWebviewViewProvider(REPORT_VIEW, this),
      server.onChanged(later),
      server.onStatus(({ state }) => state === 'ready' && later()),
      folders.onChange(later),
      vscode.workspace.onDidGrantWorkspaceTrust(later),
      proving.onFound(() => this.postExplained()),
      measuring.onRunning((label) => this.post({ type: 'progress', label })),
    ];
  }

  /** What the view shows at the moment, with the folder its files are relative to. */
  get shown(): ReportResult | undefined {
    return this.result;
  }

  get badge(): vscode.ViewBadge | undefined {
    return this.view?.badge;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const dist = vscode.Uri.joinPath(this.services.context.extensionUri, 'dist');
    this.view = view;
    this.isReady = false;
    this.sent = 0;
    this.acknowledged = 0;
    view.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    view.webview.onDidReceiveMessage((message: unknown) => this.receive(message));
    view.onDidDispose(() => {
      if (this.view === view) this.view = undefined;
    });
    view.webview.html = panelHtml({
      cspSource: view.webview.cspSource,
      nonce: randomBytes(18).toString('base64url'),
      scriptUri: view.webview.asWebviewUri(vscode.Uri.joinPath(dist, 'panel.js')).toString(),
    });
  }

  async show(): Promise<void> {
    await vscode.commands.executeCommand(`${REPORT_VIEW}.focus`);
  }

  /** Asks for the report and shows it. A view that nobody has opened costs nothing. */
  async refresh(): Promise<void> {
    clearTimeout(this.timer);
    if (this.view === undefined) return;
    try {
      this.result = (await this.current()) ?? this.result;
    } catch (error) {
      this.postError(error);
    }
    this.showResult();
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
    if (this.view) {
      this.view.badge = badgeOf(report);
      this.view.description = (vscode.workspace.workspaceFolders?.length ?? 0) > 1 ? folders.currentFolder?.name : undefined;
    }
    const state: PanelState = { hasWorkspace: folders.current !== undefined, trusted: vscode.workspace.isTrusted };
    this.post({ type: 'report', report, state });
  }

  private receive(message: unknown): void {
    const { log, measuring } = this.services;
    if (!isFromPanel(message)) {
      log.warn('The report view sent a message that is not of its protocol; it was dropped.');
      return;
    }
    if (message.type === 'ready') {
      this.isReady = true;
      this.post({ type: 'progress', label: measuring.label });
      this.showResult();
      this.postExplained();
      void this.refresh();
    } else if (message.type === 'ack') {
      this.acknowledged = Math.max(this.acknowledged, message.seq);
    } else if (message.type === 'closeExplained') {
      this.services.proving.forget();
      this.postExplained();
    } else {
      carryOut(message, this.services, this.result).catch((error: unknown) => this.postError(error));
    }
  }

  /** A proof of a finding's advice stands on its card; only what was asked of a query stands on top. */
  private postExplained(): void {
    this.post({ type: 'explained', proof: this.services.proving.result?.proof ?? null });
  }

  private postError(error: unknown): void {
    const failure: Failure | undefined = failureOf(error);
    if (failure === undefined) return;
    this.services.log.error(`Report: ${failure.message}`);
    this.post({ type: 'error', code: failure.code, message: failure.message });
  }

  /** What is posted before the view is ready, or while it is hidden, is asked for again by its next `ready`. */
  private post(message: Unnumbered<ToPanel>): void {
    if (!this.isReady || this.view === undefined) return;
    this.sent += 1;
    void this.view.webview.postMessage({ ...message, seq: this.sent });
  }
}

function badgeOf(report: Report | null): vscode.ViewBadge | undefined {
  const value = report?.recommendations.high.reduce((sum, { places }) => sum + places.length, 0) ?? 0;
  return value === 0 ? undefined : { value, tooltip: `${value} high-priority ${value === 1 ? 'finding' : 'findings'}` };
}
