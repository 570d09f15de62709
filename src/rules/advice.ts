import type { RuleAdvice } from '../core/rule';

/** What each rule tells people, by id. A program loads these texts when somebody looks at a finding. */
export async function loadAdvice(): Promise<ReadonlyMap<string, RuleAdvice>> {
  return (await import('./generated/advice')).advice;
}
