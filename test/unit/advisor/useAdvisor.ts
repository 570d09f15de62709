import { readOut } from './answers';
import { TestAdvisor, type TestOptions } from './testAdvisor';

export interface HeldAdvisor {
  /** The one that was started last. */
  readonly advisor: TestAdvisor;
  start(options?: TestOptions): Promise<TestAdvisor>;
  /** The claims of the last answer, as they are shown. */
  answer(): string[];
  /** The first message that was asked of the model, as JSON. */
  firstMessage(): string;
}

/** An advisor for each test of a `describe`, stopped behind it. */
export function useAdvisor(): HeldAdvisor {
  let current: TestAdvisor;
  afterEach(() => current.stop());
  return {
    get advisor() {
      return current;
    },
    start: async (options) => (current = await TestAdvisor.start(options)),
    answer: () => current.of('answer').at(-1)!.claims.map(readOut),
    firstMessage: () => JSON.stringify(current.api.asked[0]!.messages[0]),
  };
}
