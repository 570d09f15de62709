import { formatCount } from '../../core/format';
import type { Budget } from '../budget';
import { inputOf } from '../model';
import { formatDollars, mostOf, type Price, priceOf } from '../prices';
import type { AdvisorSettings } from './ports';

/** What a question will use at the beginning, and where it ends at the latest: shown before it is sent. */
export function estimateText(firstTokens: number, settings: AdvisorSettings, model: string): string {
  const { limits } = settings;
  const price = priceFor(settings, model);
  const begins = `Begins with about ${formatCount(Math.round(firstTokens / 100) * 100)} tokens`;
  return price === undefined
    ? `${begins}; ends at ${formatCount(limits.tokens)} tokens. The price of this model is not known.`
    : `${begins} (${formatDollars(mostOf(firstTokens, 0, price))}); ends at ${formatDollars(limits.dollars)}.`;
}

/** What a question has used. The price is that of the list, so it is an estimate. */
export function spentText(budget: Budget): string {
  const { used, dollars, requests } = budget;
  const cached = used.cacheRead > 0 ? `, ${formatCount(used.cacheRead)} of them from the cache` : '';
  const cost = dollars === undefined ? '' : `; about ${formatDollars(dollars)} at list prices`;
  return `${formatCount(requests)} ${requests === 1 ? 'request' : 'requests'}, ${formatCount(inputOf(used))} tokens in${cached}, ${formatCount(used.output)} out${cost}.`;
}

/** Models of VS Code are paid for in other ways. */
export function priceFor({ provider, prices }: AdvisorSettings, model: string): Price | undefined {
  return provider === 'anthropic' ? priceOf(model, prices) : undefined;
}
