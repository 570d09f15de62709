import { addUsage, inputOf, NO_USAGE, type Usage } from './model';
import { costOf, mostOf, type Price, tokensOf } from './prices';

/** What one question may cost. */
export interface Limits {
  /** US dollars; counts only where the price of the model is known. */
  readonly dollars: number;
  /** Tokens in and out, whatever they cost. */
  readonly tokens: number;
  /** Requests to the model. */
  readonly requests: number;
  readonly toolCalls: number;
}

/** An answer shorter than this is cut off in the middle. */
const FEWEST_OUTPUT = 2000;
/** What the final answer needs, so that an investigation never ends without one. */
const ANSWER_OUTPUT = 8000;
/** Characters for a token, low enough to guess too many tokens rather than too few. */
const CHARACTERS_PER_TOKEN = 3;

export const guessTokens = (text: string): number => Math.ceil(text.length / CHARACTERS_PER_TOKEN);

/** Keeps one question within its limits: each request gets no more output than the rest can pay for. */
export class Budget {
  used: Usage = NO_USAGE;
  requests = 0;
  private toolCalls = 0;
  /** Tokens of the last request with its answer: what the next one begins with. */
  private size: number;

  /** @param firstInput tokens of the first request, counted or guessed. */
  constructor(
    private readonly limits: Limits,
    private readonly price: Price | undefined,
    firstInput: number,
  ) {
    this.size = firstInput;
  }

  get dollars(): number | undefined {
    return this.price && costOf(this.used, this.price);
  }

  /** The most output that a request for looking on may have; undefined where only the answer can still be paid for. */
  outputForInvestigating(most: number): number | undefined {
    if (this.requests >= this.limits.requests - 1) return undefined;
    return this.affordable(most, this.size + ANSWER_OUTPUT, ANSWER_OUTPUT);
  }

  /** The most output that the answer may have; undefined where not even that can be paid for. */
  outputForAnswering(most: number): number | undefined {
    return this.affordable(most, 0, 0);
  }

  /** Counts a request by what it has used. `added` is what will be sent beside its answer next time. */
  spend(usage: Usage, added = 0): void {
    this.used = addUsage(this.used, usage);
    this.requests++;
    this.size = inputOf(usage) + usage.output + added;
  }

  /** What tools have answered goes into the next request. */
  grow(text: string): void {
    this.size += guessTokens(text);
  }

  /** Whether one more tool may be called; counts it. */
  takeToolCall(): boolean {
    return ++this.toolCalls <= this.limits.toolCalls;
  }

  private affordable(most: number, reservedInput: number, reservedOutput: number): number | undefined {
    const tokens = this.limits.tokens - tokensOf(this.used) - this.size - reservedInput - reservedOutput;
    const output = Math.min(most, tokens, this.price === undefined ? Infinity : this.payable(this.price, reservedInput, reservedOutput));
    return output >= FEWEST_OUTPUT ? Math.floor(output) : undefined;
  }

  private payable(price: Price, reservedInput: number, reservedOutput: number): number {
    const left = this.limits.dollars - costOf(this.used, price) - mostOf(this.size, 0, price) - mostOf(reservedInput, reservedOutput, price);
    return (left * 1e6) / price.output;
  }
}
