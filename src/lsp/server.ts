import type { Connection } from 'vscode-languageserver';
import { ServerContext } from './context';
import { registerEditorFeatures } from './editorFeatures';
import { registerLifecycle } from './lifecycle';
import { registerRequests } from './requests';
import { registerSyncing } from './watching';

/** Switches everything on and listens. */
export function startServer(connection: Connection): void {
  const context = new ServerContext(connection);
  registerLifecycle(context);
  registerSyncing(context);
  registerEditorFeatures(context);
  registerRequests(context);
  connection.listen();
}
