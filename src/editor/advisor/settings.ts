import * as vscode from 'vscode';
import { apiAddress } from '../../advisor/address';
import type { AdvisorSettings } from '../../advisor/session/ports';
import { SECTION, type Settings } from '../contributions/settings';

/** Requests and calls of one question: enough to read a path through a workspace, and an end to a loop. */
const REQUESTS = 24;
const TOOL_CALLS = 60;

/** The user's own choice: whatever a workspace says about it does not count. */
export function advisorSettings(): AdvisorSettings {
  const provider = own('advisor.provider');
  return {
    provider,
    model: provider === 'vscode' ? own('advisor.languageModel') : own('advisor.model'),
    effort: own('advisor.effort'),
    baseUrl: own('advisor.baseUrl'),
    limits: { dollars: own('advisor.budget'), tokens: own('advisor.tokenBudget'), requests: REQUESTS, toolCalls: TOOL_CALLS },
    prices: own('advisor.prices'),
  };
}

/** Who would receive what is sent. */
export function recipientOf({ provider, model, baseUrl }: AdvisorSettings): { readonly model: string; readonly recipient: string } {
  if (provider === 'vscode') {
    const [vendor = '', ...id] = model.split('/');
    return model === '' ? { model: 'the first model', recipient: 'VS Code' } : { model: id.join('/'), recipient: `${vendor} in VS Code` };
  }
  return { model, recipient: apiAddress(baseUrl)?.host ?? 'an address that is not valid' };
}

/** Settings of scope "application" have no other value; this says so a second time. */
function own<Name extends keyof Settings>(name: Name): Settings[Name] {
  const { globalValue, defaultValue } = vscode.workspace.getConfiguration(SECTION).inspect<Settings[Name]>(name)!;
  return globalValue ?? defaultValue!;
}

export function onAdvisorSettings(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${SECTION}.advisor`)) listener();
  });
}
