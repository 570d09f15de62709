import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The body of a request for a message, as far as the tests look at it. */
export interface SentMessage {
  readonly role: string;
  readonly content: string | readonly { readonly type: string; readonly text?: string; readonly content?: unknown; readonly [key: string]: unknown }[];
}

export interface SentBody {
  readonly model: string;
  readonly max_tokens: number;
  readonly system: readonly { readonly text: string; readonly cache_control?: unknown }[];
  readonly tools: readonly { readonly name: string; readonly input_schema: unknown }[];
  readonly messages: readonly SentMessage[];
  readonly output_config?: { readonly effort?: string; readonly format?: { readonly type: string; readonly schema: Schema } };
  readonly cache_control?: unknown;
  readonly thinking?: unknown;
}

export interface Schema {
  readonly properties: { readonly claims: { readonly items: { readonly properties: { readonly evidence: { readonly items: { readonly enum: readonly string[] } } } } } };
}

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: SentBody;
}

/** Answers one request for a message. */
export type Reply = (response: ServerResponse, sent: Sent) => void | Promise<void>;

export type ReplyBlock =
  | { readonly text: string }
  | { readonly tool: string; readonly input: unknown; readonly id?: string }
  | { readonly thinking: string };

/** A server on the loopback interface that speaks the Messages API with event streams. */
export class MessagesApi {
  readonly sent: Sent[] = [];
  private readonly replies: Reply[] = [];
  /** The answer to `GET /v1/models/<id>`; undefined where the server does not know the question. */
  modelInfo: object | undefined = CAPABLE;
  /** Whether `GET /v1/models/<id>` is left without an answer. */
  holdsModelInfo = false;
  /** The answer to `GET /v1/models`; undefined where the server does not know the question. */
  models: readonly object[] | undefined = [];
  tokens: number | undefined = 1000;
  private constructor(private readonly server: Server) {}

  static async start(): Promise<MessagesApi> {
    const server = createServer();
    const api = new MessagesApi(server);
    server.on('request', (request, response: ServerResponse) => {
      let text = '';
      request.setEncoding('utf8').on('data', (part: string) => (text += part));
      request.on('end', () => {
        const sent: Sent = { method: request.method!, path: request.url!, headers: request.headers, text, body: text === '' ? {} : JSON.parse(text) };
        api.sent.push(sent);
        void api.answer(sent, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Only the requests for a message. */
  get asked(): readonly SentBody[] {
    return this.sent.filter(({ method, path }) => method === 'POST' && path === '/v1/messages').map(({ body }) => body);
  }

  /** The next answers, in order. A request beyond them is answered with status 500. */
  reply(...replies: readonly Reply[]): void {
    this.replies.push(...replies);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(sent: Sent, response: ServerResponse): Promise<void> {
    if (sent.path.startsWith('/v1/models/') && this.holdsModelInfo) return;
    if (sent.path.startsWith('/v1/models/')) return json(response, this.modelInfo === undefined ? 404 : 200, this.modelInfo ?? error('not_found_error', 'not found'));
    if (sent.path.startsWith('/v1/models')) {
      if (this.models === undefined) return json(response, 404, error('not_found_error', 'not found'));
      return json(response, 200, { data: this.models, has_more: false, first_id: null, last_id: null });
    }
    if (sent.path === '/v1/messages/count_tokens') {
      return json(response, this.tokens === undefined ? 404 : 200, this.tokens === undefined ? error('not_found_error', 'not found') : { input_tokens: this.tokens });
    }
    const reply = this.replies.shift();
    if (reply === undefined) return json(response, 500, error('api_error', 'the test has no more answers'));
    await reply(response, sent);
  }
}

function json(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_test', ...headers });
  response.end(JSON.stringify(body));
}

const error = (type: string, message: string): object => ({ type: 'error', error: { type, message } });

const supported = { supported: true };

/** What the API says of a model that can do everything the advisor asks for. */
export const CAPABLE = {
  id: 'claude-opus-5-5', type: 'model', display_name: 'Claude Opus 5.5', created_at: '2026-09-22T00:00:00Z', lifecycle: 'active',
  max_tokens: 128_000, max_input_tokens: 1_000_000,
  capabilities: {
    effort: { supported: true, low: supported, medium: supported, high: supported, xhigh: supported, max: supported },
    thinking: { supported: true, types: { adaptive: supported, enabled: { supported: false } } },
    structured_outputs: supported,
  },
};

/** An answer that fails with a status, such as 429. */
export function fails(status: number, type: string, message = 'no', headers: Readonly<Record<string, string>> = {}): Reply {
  return (response) => json(response, status, error(type, message), headers);
}

export interface StreamOptions {
  readonly stop?: string;
  readonly usage?: Readonly<Record<string, number>>;
  /** Called in the middle of the stream, before the last event. */
  readonly midway?: (response: ServerResponse) => void | Promise<void>;
  /** Leaves the stream there: nothing more is sent. */
  readonly isCut?: boolean;
}

/** Streams a message as the API does: blocks in pieces, a ping between them. */
export function streams(blocks: readonly ReplyBlock[], { stop, usage = {}, midway, isCut = false }: StreamOptions = {}): Reply {
  return async (response, { body }) => {
    begin(response, body?.model, usage);
    for (const [index, block] of blocks.entries()) {
      for (const [type, data] of eventsOf(block, index)) event(response, type, { type, ...data });
      event(response, 'ping', { type: 'ping' });
    }
    await midway?.(response);
    if (isCut) return;
    const reason = stop ?? (blocks.some((block) => 'tool' in block) ? 'tool_use' : 'end_turn');
    event(response, 'message_delta', { type: 'message_delta', delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens: usage.output_tokens ?? 100 } });
    event(response, 'message_stop', { type: 'message_stop' });
    response.end();
  };
}

/** Opens a stream and sends its first event. */
export function begin(response: ServerResponse, model = 'claude-opus-5-5', usage: Readonly<Record<string, number>> = {}): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_test' });
  event(response, 'message_start', {
    type: 'message_start',
    message: {
      id: 'msg_test', type: 'message', role: 'assistant', model, content: [], stop_reason: null, stop_sequence: null,
      usage: { input_tokens: 1000, output_tokens: 1, cache_read_input_tokens: 0, cache_creation_input_tokens: 0, ...usage },
    },
  });
}

export function event(response: ServerResponse, type: string, data: unknown): void {
  response.write(`event: ${type}\ndata: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
}

function eventsOf(block: ReplyBlock, index: number): [string, object][] {
  const start = (content_block: object): [string, object] => ['content_block_start', { index, content_block }];
  const delta = (content: object): [string, object] => ['content_block_delta', { index, delta: content }];
  const stop: [string, object] = ['content_block_stop', { index }];
  if ('text' in block) return [start({ type: 'text', text: '' }), ...pieces(block.text).map((text) => delta({ type: 'text_delta', text })), stop];
  if ('thinking' in block) {
    return [start({ type: 'thinking', thinking: '', signature: '' }), delta({ type: 'signature_delta', signature: block.thinking }), stop];
  }
  const input = pieces(JSON.stringify(block.input)).map((partial_json) => delta({ type: 'input_json_delta', partial_json }));
  return [start({ type: 'tool_use', id: block.id ?? `toolu_${++toolCalls}`, name: block.tool, input: {} }), ...input, stop];
}

let toolCalls = 0;

/** Cut as a network cuts: in the middle of words. */
function pieces(text: string): string[] {
  return text.match(/[\s\S]{1,7}/g) ?? [];
}
