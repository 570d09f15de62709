import type * as vscode from 'vscode';
import type { Folders } from './folders';
import type { Measuring } from './measure/measuring';
import type { Proving } from './prove/proving';
import type { Server } from './server/server';

/** What the parts of the extension share. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly server: Server;
  readonly folders: Folders;
  readonly measuring: Measuring;
  readonly proving: Proving;
}
