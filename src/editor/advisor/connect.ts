import { apiAddress } from '../../advisor/address';
import type { ChatModel } from '../../advisor/model';
import type { AdvisorSettings } from '../../advisor/session/ports';
import { FailureError, failures } from '../../core/failures';
import { loadAdvisor } from './loading';

/** Connects to the model that the settings name. What only one of them needs is loaded here and not before. */
export async function connect({ provider, baseUrl, model, effort }: AdvisorSettings, key: string, signal: AbortSignal): Promise<ChatModel> {
  switch (provider) {
    case 'off':
      throw new FailureError(failures.advisorOff());
    case 'anthropic': {
      if (apiAddress(baseUrl) === undefined) throw new FailureError(failures.addressNotAllowed(baseUrl));
      const { loadAnthropic } = await loadAdvisor();
      const { connectAnthropic } = await loadAnthropic();
      return connectAnthropic({ key, baseUrl, model, effort }, signal);
    }
    case 'vscode': {
      const { connectLanguageModel } = await import('./languageModel');
      return connectLanguageModel(model);
    }
  }
}
