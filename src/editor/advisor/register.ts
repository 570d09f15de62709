import * as vscode from 'vscode';
import { WORKSPACE } from '../../advisor/session/subject';
import { FailureError, failures } from '../../core/failures';
import { Method } from '../../lsp/protocol';
import { PRIORITY_LABELS, type Item } from '../../report/model';
import { registerCommand, text } from '../commands';
import type { Services } from '../services';
import { ApiKey } from './apiKey';
import { chooseModel, chooseProvider } from './choosing';
import { ConversationView } from './conversationView';
import { advisorSettings } from './settings';
import { subjectAtCursor } from './subject';

const PLAN =
  'Plan the next measurement: which one would change what should be done first, how exactly it is made with what this workspace has, what each outcome would mean, and what it cannot tell.';

/** "Ask the Performance Engineer" and what belongs to it. */
export function registerAdvisor(services: Services): ConversationView {
  const { context, log, server, folders } = services;
  const key = new ApiKey(context.secrets);
  const view = new ConversationView(services, key);

  /** The first step is to choose who answers; where that is left open nothing more happens. */
  const whenOn = async (work: (folder: vscode.WorkspaceFolder) => Promise<void>): Promise<void> => {
    const folder = folders.currentFolder;
    if (folder === undefined) throw new FailureError(failures.noFolder());
    if (advisorSettings().provider === 'off' && ((await chooseProvider(key)) ?? 'off') === 'off') return;
    await work(folder);
  };

  context.subscriptions.push(
    view,
    registerCommand('performanceEngineer.ask', log, (question) =>
      whenOn(async (folder) => {
        const document = vscode.window.activeTextEditor?.document.uri;
        if (document) folders.choose(document);
        await view.begin(await subjectAtCursor(server, folders.currentFolder ?? folder), text(question));
      }),
    ),
    registerCommand('performanceEngineer.explainRecommendation', log, (item) =>
      whenOn(async (folder) => {
        const chosen = await itemOf(services, folder, text(item));
        if (chosen === undefined) return;
        const label = `the recommendation "${chosen.title}"`;
        await view.begin({ kind: 'recommendation', label, itemId: chosen.id }, 'Explain this recommendation: why it stands where it stands, what it rests on, and what would change it.');
      }),
    ),
    registerCommand('performanceEngineer.planMeasurement', log, () => whenOn(() => view.begin(WORKSPACE, PLAN))),
    registerCommand('performanceEngineer.reviewConsent', log, () => whenOn(() => view.review())),
    registerCommand('performanceEngineer.newConversation', log, () => view.startAnew()),
    registerCommand('performanceEngineer.chooseProvider', log, async () => void (await chooseProvider(key))),
    registerCommand('performanceEngineer.chooseModel', log, () => chooseModel(key)),
    registerCommand('performanceEngineer.setApiKey', log, async () => void (await key.ask())),
  );
  return view;
}

/** A recommendation by its id, else the one that is chosen of the report. */
async function itemOf({ server }: Services, folder: vscode.WorkspaceFolder, id: string | undefined): Promise<Item | undefined> {
  await server.ready();
  const { report } = await server.request(Method.report, { folder: folder.uri.toString() });
  const items = PRIORITY_LABELS.flatMap(([priority, label]) => report.recommendations[priority].map((item) => ({ label: item.title, description: label, detail: item.places[0]!.file, item })));
  const deferred = report.deferred.map((item) => ({ label: item.title, description: 'Deferred', detail: item.places[0]!.file, item }));
  const all = [...items, ...deferred];
  if (id !== undefined) {
    const found = all.find(({ item }) => item.id === id || item.places.some(({ findingId }) => findingId === id));
    if (found === undefined) throw new FailureError(failures.unknownFinding(id));
    return found.item;
  }
  return (await vscode.window.showQuickPick(all, { title: 'Which recommendation?', matchOnDetail: true }))?.item;
}
