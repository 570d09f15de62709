import type { Connection } from 'vscode-languageserver';
import { registerBenchmarkRequests } from './benchmarkRequests';
import { registerChoiceRequests } from './choiceRequests';
import { ServerContext } from './context';
import { registerEditorFeatures } from './editorFeatures';
import { registerFactRequests } from './factRequests';
import { registerLifecycle } from './lifecycle';
import { registerExperimentRequests } from './experimentRequests';
import { registerMeasureRequests } from './measureRequests';
import { registerProofRequests } from './proofRequests';
import { registerReportRequests } from './reportRequests';
import { registerSyncing } from './watching';

/** Switches everything on and listens. */
export function startServer(connection: Connection): void {
  const context = new ServerContext(connection);
  registerLifecycle(context);
  registerSyncing(context);
  registerEditorFeatures(context);
  registerReportRequests(context);
  registerMeasureRequests(context);
  registerExperimentRequests(context);
  registerBenchmarkRequests(context);
  registerChoiceRequests(context);
  registerFactRequests(context);
  registerProofRequests(context);
  connection.listen();
}
