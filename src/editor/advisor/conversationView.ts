import * as vscode from 'vscode';
import type { SubjectPlace } from '../../advisor/session/subject';
import type { Session } from '../../advisor/session/session';
import type { ConversationView as View } from '../../advisor/view';
import { failures } from '../../core/failures';
import { type FromConversation, isFromConversation, type ToConversation } from '../../panel/conversation/protocol';
import { runCommand } from '../commands';
import { CONVERSATION_VIEW } from '../names';
import { Page } from '../panel/page';
import { reveal, uriInside } from '../report/places';
import type { Services } from '../services';
import { setting } from '../settings';
import { failureOf, tell } from '../tell';
import type { ApiKey } from './apiKey';
import { loadAdvisor } from './loading';
import { portsFor } from './ports';
import { onAdvisorSettings } from './settings';
import { TerminalRunner } from './terminalRunner';

/** An answer that is being written changes many times a second; the view is told that often and no oftener. */
const SHOW_EVERY_MS = 60;

type Action = Exclude<FromConversation, { readonly type: 'ready' | 'ack' }>;

const NO_FOLDER: View = {
  state: 'no-folder', answeredBy: '', subject: { kind: 'workspace', label: 'the whole workspace' }, draft: '', entries: [], estimate: '',
};

/** The conversation in the sidebar, about the folder that the report is about. */
export class ConversationView implements vscode.WebviewViewProvider, vscode.Disposable {
  private readonly page: Page<ToConversation, FromConversation>;
  private readonly disposables: vscode.Disposable[];
  private current?: { readonly folder: vscode.WorkspaceFolder; readonly session: Session; readonly runner: TerminalRunner };
  private opening: Promise<void> = Promise.resolve();
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly services: Services,
    private readonly key: ApiKey,
  ) {
    const refresh = () => void this.session?.refresh();
    this.page = new Page({
      extension: services.context.extensionUri,
      view: 'conversation',
      isMessage: isFromConversation,
      onReady: () => void this.open(),
      onMessage: (action) => this.carryOut(action),
      onDropped: () => services.log.warn('The conversation view sent a message that is not of its protocol; it was dropped.'),
    });
    this.disposables = [
      vscode.window.registerWebviewViewProvider(CONVERSATION_VIEW, this),
      services.folders.onChange(() => void this.open()),
      key.onChange(refresh),
      onAdvisorSettings(refresh),
      vscode.workspace.onDidGrantWorkspaceTrust(refresh),
    ];
  }

  /** What is shown at the moment; that of no folder where none is open. */
  get shown(): View {
    return this.session?.view ?? NO_FOLDER;
  }

  get acknowledged(): number {
    return this.page.acknowledged;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.page.resolve(view);
  }

  /** Shows the view with a question begun, for the user to send. Nothing is sent by it. */
  async begin(subject: SubjectPlace, draft = ''): Promise<void> {
    await vscode.commands.executeCommand(`${CONVERSATION_VIEW}.focus`);
    await this.open();
    this.session?.prepare(subject, draft);
    this.page.post({ type: 'focus' });
  }

  async review(): Promise<void> {
    await vscode.commands.executeCommand(`${CONVERSATION_VIEW}.focus`);
    await this.open();
    await this.session?.review();
  }

  startAnew(): Promise<void> | undefined {
    return this.session?.startAnew();
  }

  /** Does what the view asks for. This is the whole list: it names what it wants, and never a command. */
  carryOut(action: Action): void {
    this.act(action).catch((error: unknown) => {
      const failure = failureOf(error);
      if (failure !== undefined) tell(failure);
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.close();
    for (const each of this.disposables) each.dispose();
  }

  private get session(): Session | undefined {
    return this.current?.session;
  }

  /** Takes up the conversation of the current folder, one call after the other. One that is working is left at its work. */
  private open(): Promise<void> {
    this.opening = this.opening.then(() => this.openCurrent()).catch((error: unknown) => this.services.log.error(String(error)));
    return this.opening;
  }

  private async openCurrent(): Promise<void> {
    const folder = this.services.folders.currentFolder;
    const isOther = folder?.uri.toString() !== this.current?.folder.uri.toString();
    if (isOther && !this.session?.isWorking) {
      this.close();
      if (folder?.uri.scheme === 'file') await this.begun(folder);
    }
    this.show();
  }

  private async begun(folder: vscode.WorkspaceFolder): Promise<void> {
    const advisor = await loadAdvisor();
    const runner = new TerminalRunner(folder.uri.fsPath, () => setting('timeLimit') * 1000);
    const session = new advisor.Session(portsFor(advisor, folder, this.services, this.key, runner), () => this.showSoon());
    this.current = { folder, session, runner };
    await session.restore();
  }

  private close(): void {
    this.session?.dispose();
    this.current?.runner.dispose();
    this.current = undefined;
  }

  private showSoon(): void {
    this.timer ??= setTimeout(() => this.show(), SHOW_EVERY_MS);
  }

  private show(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.page.post({ type: 'view', view: this.shown });
  }

  private async act(action: Action): Promise<void> {
    const { session } = this;
    switch (action.type) {
      case 'ask':
        return session?.ask(action.text);
      case 'stop':
        return session?.stop();
      case 'retry':
        return session?.retry();
      case 'decide':
        return session?.decide(action.approval, action.decision);
      case 'agree':
        return session?.agree(action.exclude);
      case 'disagree':
        return session?.disagree();
      case 'review':
        return session?.review();
      case 'forgetAllowed':
        return session?.forgetAllowed();
      case 'startAnew':
        return session?.startAnew();
      case 'wholeWorkspace':
        return session?.prepare({ kind: 'workspace', label: 'the whole workspace' });
      case 'chooseProvider':
        await runCommand('performanceEngineer.chooseProvider');
        return;
      case 'setKey':
        await runCommand('performanceEngineer.setApiKey');
        return;
      case 'openFolder':
        await vscode.commands.executeCommand('workbench.action.files.openFolder');
        return;
      case 'openRun':
        await runCommand('performanceEngineer.openProfile', action.runId);
        return;
      case 'goTo':
        return this.goTo(action.file, action.line);
      case 'showFinding':
        return this.showFinding(action.findingId);
    }
  }

  private async goTo(file: string, line: number): Promise<void> {
    if (this.current === undefined) return;
    const start = { line, character: 0 };
    await reveal(uriInside(this.current.folder.uri, file), { start, end: start });
  }

  private async showFinding(id: string): Promise<void> {
    if (this.current === undefined) return;
    const [found] = (await this.current.session.facts.ask({ kind: 'findings', id })).findings;
    if (found === undefined) return tell(failures.unknownFinding(id));
    await this.goTo(found.file, found.range.start.line - 1);
  }
}
