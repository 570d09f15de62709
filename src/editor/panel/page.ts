import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { panelHtml, type PanelHtmlOptions } from '../../panel/html';

/** A message before it has its number. */
export type Unnumbered<Message> = Message extends { readonly seq: number } ? Omit<Message, 'seq'> : never;

interface Handshake {
  readonly type: 'ready' | 'ack';
}

export interface PageOptions<From extends { readonly type: string }> {
  readonly extension: vscode.Uri;
  readonly view: NonNullable<PanelHtmlOptions['view']>;
  readonly surface?: PanelHtmlOptions['surface'];
  /** Holds what the view sends to its protocol: it is outside input. */
  readonly isMessage: (value: unknown) => value is From;
  /** The view can receive, for the first time or again. */
  readonly onReady: () => void;
  readonly onMessage: (message: Exclude<From, Handshake>) => void;
  /** A message that is not of the protocol was dropped. */
  readonly onDropped: () => void;
}

/** What VS Code shows a page in: a view of the sidebar or a tab of the editor. */
export type Surface = vscode.WebviewView | vscode.WebviewPanel;

/** One of the panel's views: its page, its numbered messages, and what it has acknowledged. */
export class Page<To extends { readonly seq: number }, From extends { readonly type: string }, On extends Surface = vscode.WebviewView> {
  /** The number of the last message that the view says it has received. */
  acknowledged = 0;
  private current?: On;
  private isReady = false;
  private sent = 0;

  constructor(private readonly options: PageOptions<From>) {}

  /** undefined while nobody has opened it. */
  get view(): On | undefined {
    return this.current;
  }

  resolve(view: On): void {
    const dist = vscode.Uri.joinPath(this.options.extension, 'dist');
    this.current = view;
    this.isReady = false;
    this.sent = 0;
    this.acknowledged = 0;
    view.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    view.webview.onDidReceiveMessage((message: unknown) => this.receive(message));
    view.onDidDispose(() => {
      if (this.current === view) this.current = undefined;
    });
    view.webview.html = panelHtml({
      cspSource: view.webview.cspSource,
      nonce: randomBytes(18).toString('base64url'),
      scriptUri: view.webview.asWebviewUri(vscode.Uri.joinPath(dist, 'panel.js')).toString(),
      view: this.options.view,
      surface: this.options.surface,
    });
  }

  /** What is posted before the view is ready, or while it is hidden, is asked for again by its next `ready`. */
  post(message: Unnumbered<To>): void {
    if (!this.isReady || this.current === undefined) return;
    this.sent += 1;
    void this.current.webview.postMessage({ ...message, seq: this.sent });
  }

  private receive(message: unknown): void {
    const { isMessage, onReady, onMessage, onDropped } = this.options;
    if (!isMessage(message)) return onDropped();
    if (message.type === 'ready') {
      this.isReady = true;
      onReady();
    } else if (message.type === 'ack') {
      this.acknowledged = Math.max(this.acknowledged, (message as unknown as { readonly seq: number }).seq);
    } else {
      onMessage(message as Exclude<From, Handshake>);
    }
  }
}
