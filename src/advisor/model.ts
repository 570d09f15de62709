/*
 * A language model as the advisor needs it. The Anthropic API and VS Code's own models are two implementations;
 * whatever differs between them ends here.
 */

export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of an object. */
  readonly inputSchema: JsonSchema;
}

/** The part of JSON Schema that models are held to. */
export interface JsonSchema {
  readonly type: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly items?: JsonSchema;
  readonly enum?: readonly string[];
}

export interface ToolUse {
  readonly type: 'tool-use';
  readonly id: string;
  readonly name: string;
  /** As the model gave it: unchecked. */
  readonly input: unknown;
}

export interface ToolResult {
  readonly type: 'tool-result';
  readonly id: string;
  readonly text: string;
  readonly isError: boolean;
}

export type Block =
  | { readonly type: 'text'; readonly text: string }
  | ToolUse
  | ToolResult
  /** A part that only the model which made it understands, such as signed thinking: handed back as it came. */
  | { readonly type: 'opaque'; readonly model: string; readonly raw: object };

export interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: readonly Block[];
}

export interface ModelRequest {
  readonly system: string;
  readonly tools: readonly ToolDefinition[];
  readonly messages: readonly Message[];
  readonly maxTokens: number;
  /** The answer has to be JSON of this schema. A model that cannot be held to one is told so in words. */
  readonly schema?: JsonSchema;
}

/** Tokens, as the provider counts and bills them. `input` is what was neither read from the cache nor written to it. */
export interface Usage {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

export const NO_USAGE: Usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

export function addUsage(a: Usage, b: Usage): Usage {
  return { input: a.input + b.input, output: a.output + b.output, cacheRead: a.cacheRead + b.cacheRead, cacheWrite: a.cacheWrite + b.cacheWrite };
}

export const inputOf = ({ input, cacheRead, cacheWrite }: Usage): number => input + cacheRead + cacheWrite;

/** Why a model has stopped. */
export type Stop = 'end' | 'tools' | 'max-tokens' | 'refusal' | 'context-full' | 'paused';

export interface ModelTurn {
  readonly content: readonly Block[];
  readonly stop: Stop;
  readonly usage: Usage;
}

export interface Listener {
  readonly signal: AbortSignal;
  /** The text of the turn so far, each time it has grown. */
  readonly onText?: (text: string) => void;
}

export interface ChatModel {
  /** "claude-opus-5-5". */
  readonly id: string;
  /** Who receives what is sent: "api.anthropic.com". */
  readonly recipient: string;
  /** The most tokens of one answer. */
  readonly mostOutput: number;
  /**
   * Tokens of a request before it is sent; undefined where the provider does not count.
   * @throws FailureError, or the signal's reason.
   */
  countTokens(request: ModelRequest, signal: AbortSignal): Promise<number | undefined>;
  /**
   * One turn of the model.
   * @throws FailureError with the next step, or the signal's reason.
   */
  respond(request: ModelRequest, listener: Listener): Promise<ModelTurn>;
}
