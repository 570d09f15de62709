import type { Usage } from './model';
import { inputOf } from './model';

/** US dollars for a million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
  readonly cacheWrite: number;
  readonly cacheRead: number;
}

/**
 * List prices as platform.claude.com gave them in November 2026. A price that has fallen since makes an estimate
 * too high, never too low; a model that is not here has no price until the user's settings give one.
 */
const LIST_PRICES: Readonly<Record<string, Price>> = {
  'claude-opus-5-5': { input: 4, output: 20, cacheWrite: 5, cacheRead: 0.2 },
  'claude-opus-5': { input: 5, output: 25, cacheWrite: 6.25, cacheRead: 0.5 },
  'claude-sonnet-5-5': { input: 2, output: 10, cacheWrite: 2.5, cacheRead: 0.2 },
  'claude-sonnet-5': { input: 2, output: 10, cacheWrite: 2.5, cacheRead: 0.2 },
  // Twice the price of short prompts, which an investigation soon outgrows.
  'claude-haiku-5-5': { input: 0.5, output: 2.5, cacheWrite: 0.625, cacheRead: 0.05 },
};

/** The price of a model: the user's own first, then the list's. One that is no price counts as none. */
export function priceOf(model: string, own: Readonly<Record<string, Price>> = {}): Price | undefined {
  const found = [own, LIST_PRICES].find((prices) => Object.hasOwn(prices, model))?.[model];
  const isPrice = found !== undefined && [found.input, found.output, found.cacheWrite, found.cacheRead].every((each) => Number.isFinite(each) && each >= 0);
  return isPrice ? found : undefined;
}

/** What tokens cost, in US dollars. */
export function costOf({ input, output, cacheRead, cacheWrite }: Usage, price: Price): number {
  return (input * price.input + output * price.output + cacheRead * price.cacheRead + cacheWrite * price.cacheWrite) / 1e6;
}

/** The most that a request can cost: everything that goes in is new to the cache, and all that may come out does. */
export function mostOf(input: number, output: number, price: Price): number {
  return costOf({ input: 0, cacheWrite: input, cacheRead: 0, output }, price);
}

export const tokensOf = (usage: Usage): number => inputOf(usage) + usage.output;

/** "$0.04"; under a cent it says so. */
export function formatDollars(dollars: number): string {
  return dollars > 0 && dollars < 0.01 ? 'under $0.01' : `$${dollars.toFixed(2)}`;
}
