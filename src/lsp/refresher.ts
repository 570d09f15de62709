import { CONFIG_FILE } from '../core/config';
import type { ServerContext } from './context';
import type { DocumentView } from './documentView';
import { diagnosticsOf } from './features/diagnostics';
import { Method } from './protocol';
import type { Session } from './session';

/** A pause in typing after which a document is analysed without being asked, unless that is quick. */
const TYPING_PAUSE_MS = 250;
/** An analysis that takes no longer than this follows each keystroke: nobody feels it, and nobody waits for it. */
const QUICK_MS = 40;
/** After a change, the rest of its folder follows a little later, once for many changes. */
const FOLDER_PAUSE_MS = 400;

/** Brings what the client shows up to date after something has changed. */
export class Refresher {
  private readonly timers = new Map<unknown, NodeJS.Timeout>();
  private readonly lensesToo = new Set<Session>();

  constructor(private readonly context: ServerContext) {}

  /** @param delay milliseconds; 0 for a document that was just opened. */
  document(session: Session, file: string, delay = session.open.costOf(file) <= QUICK_MS ? 0 : TYPING_PAUSE_MS): void {
    this.later(session.uriOf(file), delay, async () => {
      if (file === CONFIG_FILE) return this.configuration(session);
      await this.publish(session, file);
      this.context.types.document(session, file);
      this.folder(session);
    });
  }

  /** A type checker has spoken about the findings of a file. */
  answered(session: Session, file: string): void {
    if (session.open.has(file)) this.context.background('refresh', this.publish(session, file));
    this.folder(session);
  }

  /** Everything that is on screen of a folder: other documents may depend on the one that has changed. */
  folder(session: Session, options: { lenses: boolean } = { lenses: false }): void {
    if (options.lenses) this.lensesToo.add(session);
    this.later(session, FOLDER_PAUSE_MS, async () => {
      const published = await Promise.all(session.open.files.map((file) => this.publish(session, file)));
      if (this.lensesToo.delete(session) || published.includes(true)) this.askForLensesAgain();
      this.context.notify(Method.changed, { folder: session.names.root?.uri ?? '' });
    });
  }

  async configuration(session: Session): Promise<void> {
    await session.readConfiguration();
    this.context.publisher.publish(session.uriOf(CONFIG_FILE), session.configuration.diagnostics());
    this.folder(session, { lenses: true });
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  private async publish(session: Session, file: string): Promise<boolean> {
    const view = await session.view(file);
    if (view === undefined) return this.context.publisher.publish(session.uriOf(file), []);
    const views = (await this.context.notebooks.cellsOf(view)) ?? [view];
    return views.map((each) => this.publishView(each)).includes(true);
  }

  private publishView(view: DocumentView): boolean {
    const diagnostics = diagnosticsOf(view, (rule) => this.context.pageOf(rule), new Date());
    return this.context.publisher.publish(view.uri, diagnostics, view.text.version);
  }

  private askForLensesAgain(): void {
    const { client, connection } = this.context;
    if (client.refreshCodeLenses) this.context.background('refresh lenses', connection.sendRequest('workspace/codeLens/refresh'));
    if (client.refreshInlayHints) this.context.background('refresh inlay hints', connection.languages.inlayHint.refresh());
  }

  private later(key: unknown, delay: number, work: () => Promise<void>): void {
    clearTimeout(this.timers.get(key));
    const timer = setTimeout(() => {
      this.timers.delete(key);
      this.context.background('refresh', work());
    }, delay);
    this.timers.set(key, timer);
  }
}
