import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TextDocuments, type Connection } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readClient, type Client } from './client';
import type { Notifications } from './protocol';
import { OpenNotebooks } from './notebooks';
import { Publisher } from './publisher';
import { Refresher } from './refresher';
import { Scans } from './scans';
import type { Session } from './session';
import { Sessions } from './sessions';
import { TypeConfirmation } from './typeConfirmation';

/** The parts of one running server. */
export class ServerContext {
  readonly documents = new TextDocuments(TextDocument);
  readonly sessions = new Sessions();
  readonly publisher: Publisher;
  readonly refresher: Refresher;
  readonly scans: Scans;
  readonly types: TypeConfirmation;
  readonly notebooks: OpenNotebooks;
  /** Known from `initialize` on. */
  client: Client = readClient({});
  /** Where analyses are kept from one start to the next; known from `initialize` on, and only where the client gives it. */
  cacheFolder?: string;

  constructor(readonly connection: Connection) {
    this.publisher = new Publisher((params) => this.background('publish', connection.sendDiagnostics(params)));
    this.refresher = new Refresher(this);
    this.scans = new Scans(this);
    this.notebooks = new OpenNotebooks(this);
    this.types = new TypeConfirmation(
      typeProgram(),
      (message) => connection.console.warn(message),
      (session, file) => this.refresher.answered(session, file),
    );
  }

  notify<Name extends keyof Notifications>(method: Name, params: Notifications[Name]): void {
    this.background('notify', this.connection.sendNotification(method, params));
  }

  /** Work nobody waits for: when it fails, the log says so and everything else goes on. */
  background(what: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.connection.console.error(`${what}: ${error instanceof Error ? error.stack : String(error)}`);
    });
  }

  /** Writes down what is known of a folder for the next start. What cannot be kept is found again then. */
  async keepAnalyses(session: Session): Promise<void> {
    await session.cache?.save().catch((error: Error) => this.connection.console.warn(`keep analyses: ${error.message}`));
  }

  /** The URI of a rule's offline page. The pages lie beside the folder of the program, in the package and in the checkout. */
  pageOf(rule: string): string {
    return pathToFileURL(resolve(PROGRAM, '../media/rules', `${rule}.md`)).href;
  }
}

/** The TypeScript compiler that the package carries, for workspaces that have none; absent in the checkout. */
export function carriedCompiler(): string | undefined {
  const path = join(PROGRAM, 'vendor', 'ts-morph.js');
  return existsSync(path) ? path : undefined;
}

/** The program that answers type questions, beside the server in the package and in the checkout. */
function typeProgram(): string {
  const built = join(PROGRAM, 'program', 'types.mjs');
  return existsSync(built) ? built : join(PROGRAM, 'types.ts');
}

/** Node and our own command line, argv to which its arguments are added. A checkout has it once it is built. */
export function commandLineProgram(): readonly string[] {
  return [process.execPath, '--liftoff-only', resolve(PROGRAM, '../dist/cli.js')];
}

/** `dist` of the built program, or `src` when it runs from its sources. */
const PROGRAM = /[\\/]lsp$/.test(__dirname) ? resolve(__dirname, '..') : __dirname;

