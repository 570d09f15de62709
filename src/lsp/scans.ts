import type { Failure } from '../core/failures';
import { AnalysisCache } from '../detect/analysisCache';
import { BUILD_ID } from '../detect/buildId';
import type { ServerContext } from './context';
import { Method, type ServerStatus } from './protocol';
import { Scanner } from './scanner';
import type { Session } from './session';
import { StatusReporter } from './statusReporter';

/** The scanners of all folders, and what the client is told about them. */
export class Scans {
  private readonly scanners = new Map<Session, Scanner>();
  private readonly status: StatusReporter;

  constructor(private readonly context: ServerContext) {
    this.status = new StatusReporter(
      (status) => context.notify(Method.status, status),
      () => this.summary(),
    );
  }

  /** Looks at a folder in the background. `changed` files are read anew, others only if they are new. */
  request(session: Session, changed: readonly string[] = []): void {
    const isFirst = !this.scanners.has(session);
    const scanner = this.scannerOf(session);
    if (scanner === undefined) return;
    const scan = session.start().then(() => this.openCache(session)).then(() => scanner.request(changed));
    scan.then(
      () => {
        if (this.scanners.get(session) !== scanner) return;
        this.context.refresher.folder(session, { lenses: true });
        this.context.types.folder(session);
        if (isFirst) this.context.background('keep analyses', this.context.keepAnalyses(session));
        if (!scanner.isRunning) this.status.ended(session);
      },
      (error: Error) => {
        this.context.connection.console.error(`scan of ${session.names.name}: ${error.stack}`);
        this.status.failed(session, `${session.names.name} could not be scanned (${error.message}).`);
      },
    );
  }

  /** Why files of a folder are missing. */
  failures(session: Session): readonly Failure[] {
    return [...(this.scanners.get(session)?.failures.values() ?? [])];
  }

  /** When there is no folder, nothing has to be waited for. */
  announce(): void {
    this.status.ended(undefined);
  }

  dispose(session: Session): void {
    this.scanners.get(session)?.dispose();
    this.scanners.delete(session);
    this.status.ended(session);
  }

  /** At the end of the server: nothing is said any more. */
  disposeAll(): void {
    for (const scanner of this.scanners.values()) scanner.dispose();
    this.scanners.clear();
  }

  private async openCache(session: Session): Promise<void> {
    const { cacheFolder } = this.context;
    if (session.cache || cacheFolder === undefined || BUILD_ID === undefined) return;
    session.cache = await AnalysisCache.open(cacheFolder, session.names.root!.path, BUILD_ID);
  }

  private scannerOf(session: Session): Scanner | undefined {
    const { root } = session.names;
    if (root === undefined) return undefined;
    let scanner = this.scanners.get(session);
    if (scanner === undefined) {
      scanner = new Scanner({
        root: root.path,
        exclude: () => this.context.sessions.settings.exclude,
        isOpen: (file) => session.open.has(file) && session.covers(file),
        known: () => session.detector.facts().map(({ file }) => file),
        read: (file) => session.readFromDisk(file),
        updateOpen: (file) => session.open.bringUpToDate(file),
        remove: (file) => session.remove(file),
        progress: (done, total) => this.status.progress(session, { done, total }),
      });
      this.scanners.set(session, scanner);
    }
    return scanner;
  }

  private summary(): ServerStatus {
    const { all } = this.context.sessions;
    const checks = all.map((session) => session.detector.check());
    return {
      state: 'ready',
      files: all.reduce((sum, { detector }) => sum + detector.facts().length, 0),
      findings: checks.reduce((sum, { findings }) => sum + findings.length, 0),
      failures: checks.reduce((sum, { failures }) => sum + failures.length, 0) + all.flatMap((session) => this.failures(session)).length,
    };
  }
}
