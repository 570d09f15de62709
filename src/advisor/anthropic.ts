/*
 * The only file that imports the Anthropic SDK. It is loaded with the first question that goes to that API,
 * and in the package it is a bundle of its own.
 */
import { BaseAnthropic } from '@anthropic-ai/sdk/client';
import { APIError } from '@anthropic-ai/sdk/error';
import { Messages, type ContentBlock, type ContentBlockParam, type MessageParam, type MessageStreamParams, type StopReason } from '@anthropic-ai/sdk/resources/messages/messages';
import { Models, type ModelInfo } from '@anthropic-ai/sdk/resources/models';
import { FailureError, failures } from '../core/failures';
import { failureOfApi } from './apiFailure';
import { type Block, type ChatModel, type Listener, type Message, type ModelRequest, type ModelTurn, type Stop } from './model';
import { Watchdog } from './watchdog';

export type Effort = 'low' | 'medium' | 'high' | 'xhigh' | 'max';

export interface AnthropicOptions {
  readonly key: string;
  readonly baseUrl: string;
  readonly model: string;
  readonly effort: Effort;
  /** How long a stream may send nothing at all, pings included. */
  readonly idleMs?: number;
  /** Waits between attempts are the SDK's; tests make them short. */
  readonly maxRetries?: number;
}

export interface AvailableModel {
  readonly id: string;
  readonly name: string;
}

const IDLE_MS = 60_000;
/** Until the answer begins. After that the watchdog counts, because this time does not cover a stream. */
const FIRST_BYTE_MS = 10 * 60_000;
const RETRIES = 2;
/** More than any answer of `mostOutput` tokens: a server that sends more is broken. */
const LARGEST_ANSWER_BYTES = 16 * 1024 * 1024;
/** A model whose limits are not known: every current one can do this. */
const USUAL_OUTPUT = 32_000;

/**
 * Connects to one model of the API. What the model can do is asked of the API where it says so; a gateway that
 * does not know the question is no failure.
 * @throws FailureError where the key is refused or nobody answers, or the signal's reason.
 */
export async function connectAnthropic(options: AnthropicOptions, signal: AbortSignal): Promise<ChatModel> {
  const watchdog = new Watchdog(options.idleMs ?? IDLE_MS, LARGEST_ANSWER_BYTES);
  const client = clientOf(options, watchdog);
  return new AnthropicModel(client, watchdog, options, await infoOf(client, options, signal));
}

/** The models that the key may use, newest first. @throws FailureError */
export async function listAnthropicModels(options: Pick<AnthropicOptions, 'key' | 'baseUrl'>, signal: AbortSignal): Promise<AvailableModel[]> {
  const client = clientOf(options, new Watchdog(IDLE_MS, LARGEST_ANSWER_BYTES));
  try {
    const models: AvailableModel[] = [];
    for await (const { id, display_name, lifecycle } of new Models(client).list({ limit: 100 }, { signal })) {
      if (lifecycle !== 'retired') models.push({ id, name: display_name });
    }
    return models;
  } catch (error) {
    if (isUnknownQuestion(error)) throw new FailureError(failures.modelsNotListed(new URL(options.baseUrl).host));
    throw thrown(error, signal, options);
  }
}

/** Everything is given, so that neither the environment nor a profile on the disk decides who receives what. */
function clientOf({ key, baseUrl, maxRetries = RETRIES }: Pick<AnthropicOptions, 'key' | 'baseUrl' | 'maxRetries'>, watchdog: Watchdog): BaseAnthropic {
  return new BaseAnthropic({
    apiKey: key,
    authToken: null,
    webhookKey: null,
    baseURL: baseUrl,
    maxRetries,
    timeout: FIRST_BYTE_MS,
    fetch: (url, init) => watchdog.fetch(url, init),
    openTelemetry: false,
    // Its log would hold what is sent.
    logLevel: 'off',
  });
}

async function infoOf(client: BaseAnthropic, options: AnthropicOptions, signal: AbortSignal): Promise<ModelInfo | undefined> {
  try {
    return await new Models(client).retrieve(options.model, undefined, { signal });
  } catch (error) {
    // Whether the model is missing or the question unknown shows with the first message.
    if (isUnknownQuestion(error)) return undefined;
    throw thrown(error, signal, options);
  }
}

class AnthropicModel implements ChatModel {
  readonly id: string;
  readonly recipient: string;
  readonly mostOutput: number;
  private readonly messages: Messages;

  constructor(
    client: BaseAnthropic,
    private readonly watchdog: Watchdog,
    private readonly options: AnthropicOptions,
    private readonly info: ModelInfo | undefined,
  ) {
    this.messages = new Messages(client);
    this.id = options.model;
    this.recipient = new URL(options.baseUrl).host;
    this.mostOutput = Math.min(info?.max_tokens ?? USUAL_OUTPUT, USUAL_OUTPUT);
  }

  async countTokens(request: ModelRequest, signal: AbortSignal): Promise<number | undefined> {
    const { model, system, tools, messages } = this.params(request);
    try {
      return (await this.messages.countTokens({ model, system, tools, messages }, { signal })).input_tokens;
    } catch (error) {
      if (isUnknownQuestion(error)) return undefined;
      throw thrown(error, signal, this.options);
    }
  }

  async respond(request: ModelRequest, { signal, onText }: Listener): Promise<ModelTurn> {
    signal.throwIfAborted();
    const stream = this.messages.stream(this.params(request), { signal });
    if (onText) stream.on('text', (_, text) => onText(text));
    this.watchdog.onBite = () => stream.abort();
    try {
      const { content, stop_reason, usage } = await stream.finalMessage();
      return {
        content: content.map((block) => blockOf(block, this.id)),
        stop: stopOf(stop_reason),
        usage: {
          input: usage.input_tokens,
          output: usage.output_tokens,
          cacheRead: usage.cache_read_input_tokens ?? 0,
          cacheWrite: usage.cache_creation_input_tokens ?? 0,
        },
      };
    } catch (error) {
      throw thrown(error, signal, this.options, this.watchdog);
    } finally {
      this.watchdog.rest();
    }
  }

  /** Tools and instructions come first and never change within a conversation, so the cache holds them. */
  private params({ system, tools, messages, maxTokens, schema }: ModelRequest): MessageStreamParams {
    return {
      model: this.id,
      max_tokens: maxTokens,
      system: [{ type: 'text', text: system, cache_control: { type: 'ephemeral' } }],
      tools: tools.map(({ name, description, inputSchema: { properties, required } }) => ({
        name,
        description,
        input_schema: { type: 'object', properties, required: [...(required ?? [])], additionalProperties: false },
      })),
      messages: messages.map((message) => paramOf(message, this.id)),
      cache_control: { type: 'ephemeral' },
      ...this.thinking(),
      ...this.output(schema),
    };
  }

  /** What a model thinks is not shown, because nothing of it is held to the evidence; its signature is handed back. */
  private thinking(): Pick<MessageStreamParams, 'thinking'> {
    return this.info?.capabilities?.thinking.types.adaptive.supported ? { thinking: { type: 'adaptive', display: 'omitted' } } : {};
  }

  private output(schema: ModelRequest['schema']): Pick<MessageStreamParams, 'output_config'> {
    const { effort, structured_outputs } = this.info?.capabilities ?? {};
    const wanted = effort?.[this.options.effort]?.supported ? { effort: this.options.effort } : {};
    const format = schema && structured_outputs?.supported !== false ? { format: { type: 'json_schema' as const, schema: { ...schema } } } : {};
    return { output_config: { ...wanted, ...format } };
  }
}

function blockOf(block: ContentBlock, model: string): Block {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: block.text };
    case 'tool_use':
      return { type: 'tool-use', id: block.id, name: block.name, input: block.input };
    default:
      return { type: 'opaque', model, raw: block };
  }
}

/** What another model has thought is of no use to this one, and is refused. */
function paramOf({ role, content }: Message, model: string): MessageParam {
  return { role, content: content.flatMap((block) => (block.type === 'opaque' && block.model !== model ? [] : [blockParamOf(block)])) };
}

function blockParamOf(block: Block): ContentBlockParam {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: block.text };
    case 'tool-use':
      return { type: 'tool_use', id: block.id, name: block.name, input: block.input };
    case 'tool-result':
      return { type: 'tool_result', tool_use_id: block.id, content: block.text, is_error: block.isError };
    case 'opaque':
      return block.raw as ContentBlockParam;
  }
}

function stopOf(reason: StopReason | null): Stop {
  switch (reason) {
    case 'tool_use':
      return 'tools';
    case 'max_tokens':
      return 'max-tokens';
    case 'refusal':
      return 'refusal';
    case 'model_context_window_exceeded':
      return 'context-full';
    case 'pause_turn':
      return 'paused';
    case 'end_turn':
    case 'stop_sequence':
    case null:
      return 'end';
  }
}

/** A gateway answers so where it speaks only a part of the API. */
function isUnknownQuestion(error: unknown): boolean {
  return error instanceof APIError && (error.status === 404 || error.status === 405 || error.status === 501);
}

/** A cancellation stays one; everything else becomes a failure that says what to do. */
function thrown(error: unknown, signal: AbortSignal, { key, baseUrl, model }: Partial<AnthropicOptions>, watchdog?: Watchdog): unknown {
  if (signal.aborted) return signal.reason;
  return new FailureError(failureOfApi(error, { key: key ?? '', host: new URL(baseUrl!).host, model: model ?? '', bite: watchdog?.bite, hasAnswer: watchdog?.hasAnswer }));
}
