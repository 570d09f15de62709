import * as vscode from 'vscode';
import type { AdvisorSettings } from '../../advisor/session/ports';
import { FailureError, failures } from '../../core/failures';
import { SECTION, type Settings } from '../contributions/settings';
import type { ApiKey } from './apiKey';
import { loadAdvisor } from './loading';
import { advisorSettings } from './settings';

/** Lets the user choose who answers, and settles what that needs. @returns the choice; undefined where none was made */
export async function chooseProvider(key: ApiKey): Promise<AdvisorSettings['provider'] | undefined> {
  const items: (vscode.QuickPickItem & { readonly provider: AdvisorSettings['provider'] })[] = [
    { label: '$(key) The Anthropic API', description: 'with your own key', provider: 'anthropic' },
    { label: '$(vm) A language model in VS Code', description: 'that another extension brings', provider: 'vscode' },
    { label: '$(circle-slash) Nobody', description: 'nothing is ever sent', provider: 'off' },
  ];
  const title = 'Who answers when you ask the performance engineer?';
  const placeHolder = 'Before anything is sent you see what it is, once for each workspace.';
  const chosen = (await vscode.window.showQuickPick(items, { title, placeHolder }))?.provider;
  if (chosen === undefined) return undefined;
  await set('advisor.provider', chosen);
  if (chosen === 'anthropic' && (await key.get()) === undefined) await key.ask();
  if (chosen === 'vscode') await chooseModel(key);
  return chosen;
}

/** Lists the models that can be had from who answers, and takes the one that is chosen. @throws FailureError */
export async function chooseModel(key: ApiKey): Promise<void> {
  const settings = advisorSettings();
  const chosen = await vscode.window.showQuickPick(modelsOf(settings, key), { title: 'Which model?', matchOnDescription: true });
  if (chosen === undefined) return;
  await set(settings.provider === 'vscode' ? 'advisor.languageModel' : 'advisor.model', chosen.id);
}

type ModelItem = vscode.QuickPickItem & { readonly id: string };

async function modelsOf(settings: AdvisorSettings, key: ApiKey): Promise<ModelItem[]> {
  switch (settings.provider) {
    case 'off':
      throw new FailureError(failures.advisorOff());
    case 'anthropic': {
      const secret = await key.get();
      if (secret === undefined) throw new FailureError(failures.keyMissing());
      const { loadAnthropic } = await loadAdvisor();
      const { listAnthropicModels } = await loadAnthropic();
      const models = await listAnthropicModels({ key: secret, baseUrl: settings.baseUrl }, new AbortController().signal);
      return models.map(({ id, name }) => ({ label: name, description: id, id }));
    }
    case 'vscode': {
      const models = await vscode.lm.selectChatModels();
      if (models.length === 0) throw new FailureError(failures.noLanguageModel());
      return models.map(({ name, vendor, id }) => ({ label: name, description: vendor, id: `${vendor}/${id}` }));
    }
  }
}

/** Into the user's settings: nothing that decides who receives code belongs to a workspace. */
function set<Name extends keyof Settings>(name: Name, value: Settings[Name]): Thenable<void> {
  return vscode.workspace.getConfiguration(SECTION).update(name, value, vscode.ConfigurationTarget.Global);
}
