import type * as vscode from 'vscode';
import type { ReportResult, ServerStatus } from '../lsp/protocol';
import type { ConversationView as View } from '../advisor/view';
import type { ConversationView } from './advisor/conversationView';
import type { BenchmarkExplorer } from './benchmarks/explorer';
import type { Heat } from './heat/heat';
import type { LineHeat } from './heat/lines';
import type { ReportView } from './panel/reportView';
import type { Server } from './server/server';

/** What the extension is doing, as other extensions and the tests can read it: the value of `exports`. */
export interface Facts {
  readonly status: ServerStatus;
  readonly serverProcessId?: number;
  readonly report: {
    readonly shown?: ReportResult;
    readonly badge?: vscode.ViewBadge;
    /** The number of the last message that the view says it has received; 0 before the first. */
    readonly acknowledged: number;
    /** The same of the report in a tab of the editor; 0 where there is none. */
    readonly acknowledgedInEditor: number;
  };
  heatOf(uri: vscode.Uri): readonly LineHeat[];
  /** The files in the Test Explorer, with their benchmarks as children. */
  readonly benchmarks: readonly vscode.TestItem[];
  readonly conversation: {
    readonly shown: View;
    readonly acknowledged: number;
    /** Does what the view of the conversation would ask for. */
    act: ConversationView['carryOut'];
  };
}

export function factsOf(server: Server, report: ReportView, heat: Heat, conversation: ConversationView, explorer: BenchmarkExplorer): Facts {
  return {
    get status() {
      return server.status;
    },
    get serverProcessId() {
      return server.processId;
    },
    get report() {
      const { shown, badge, acknowledged, acknowledgedInEditor } = report;
      return { shown, badge, acknowledged, acknowledgedInEditor };
    },
    heatOf: (uri) => heat.linesOf(uri),
    get benchmarks() {
      return explorer.items;
    },
    get conversation() {
      const { shown, acknowledged } = conversation;
      return { shown, acknowledged, act: (action: Parameters<ConversationView['carryOut']>[0]) => conversation.carryOut(action) };
    },
  };
}
