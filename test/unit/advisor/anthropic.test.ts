import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { connectAnthropic, listAnthropicModels, type AnthropicOptions } from '../../../src/advisor/anthropic';
import type { ChatModel, JsonSchema, ModelRequest } from '../../../src/advisor/model';
import { FailureError } from '../../../src/core/failures';
import { begin, CAPABLE, event, fails, MessagesApi, type Reply, streams } from './messagesApi';

const KEY = ['sk-', 'ant-', 'test-0123456789abcdef'].join('');
const SCHEMA: JsonSchema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false };
const QUESTION: ModelRequest = {
  system: 'You measure.',
  tools: [{ name: 'Read', description: 'Reads.', inputSchema: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] } }],
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Why?' }] }],
  maxTokens: 500,
};

describe('the Anthropic API', () => {
  let api: MessagesApi;
  beforeEach(async () => (api = await MessagesApi.start()));
  afterEach(() => api.stop());

  const never = new AbortController().signal;
  const options = (more: Partial<AnthropicOptions> = {}): AnthropicOptions => ({ key: KEY, baseUrl: api.url, model: 'claude-opus-5-5', effort: 'high', idleMs: 5000, maxRetries: 2, ...more });
  const connect = (more?: Partial<AnthropicOptions>): Promise<ChatModel> => connectAnthropic(options(more), never);
  const ask = async (reply: Reply, more?: Partial<AnthropicOptions>, request = QUESTION) => {
    api.reply(reply);
    return (await connect(more)).respond(request, { signal: never });
  };

  it('sends the key as a bearer, the cache marks, effort and thinking, and nothing of the environment', async () => {
    const kept = { ...process.env };
    Object.assign(process.env, { ANTHROPIC_API_KEY: 'of-the-environment', ANTHROPIC_AUTH_TOKEN: 'of-the-environment', ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' });
    try {
      await ask(streams([{ text: 'READY' }]));
    } finally {
      process.env = kept;
    }
    const { headers, body, text } = api.sent.at(-1)!;
    assert.equal(headers.authorization, `Bearer ${KEY}`);
    assert.equal(headers['x-api-key'], undefined);
    assert.ok(!JSON.stringify(headers).includes('of-the-environment'));
    assert.ok(!text.includes(KEY));
    assert.deepEqual(body.system, [{ type: 'text', text: 'You measure.', cache_control: { type: 'ephemeral' } }]);
    assert.deepEqual(body.cache_control, { type: 'ephemeral' });
    assert.deepEqual(body.output_config, { effort: 'high' });
    assert.deepEqual(body.thinking, { type: 'adaptive', display: 'omitted' });
    assert.equal(body.max_tokens, 500);
  });

  it('asks an unknown gateway for nothing that it may not know', async () => {
    api.modelInfo = undefined;
    await ask(streams([{ text: 'READY' }]));
    const [body] = api.asked;
    assert.equal(body!.thinking, undefined);
    assert.deepEqual(body!.output_config, {});
  });

  it('holds the answer to a schema where the model can be held to one', async () => {
    await ask(streams([{ text: '{}' }]), {}, { ...QUESTION, schema: SCHEMA });
    assert.deepEqual(api.asked[0]!.output_config!.format, { type: 'json_schema', schema: SCHEMA });
    api.modelInfo = { ...CAPABLE, capabilities: { ...CAPABLE.capabilities, structured_outputs: { supported: false } } };
    await ask(streams([{ text: '{}' }]), {}, { ...QUESTION, schema: SCHEMA });
    assert.equal(api.asked[1]!.output_config!.format, undefined);
  });

  it('streams text and hands back blocks, the reason to stop, and the tokens', async () => {
    const texts: string[] = [];
    api.reply(streams([{ thinking: 'signed' }, { text: 'Reading the orders.' }, { tool: 'Read', input: { path: 'a.ts' }, id: 't1' }], { usage: { cache_read_input_tokens: 700, output_tokens: 42 } }));
    const turn = await (await connect()).respond(QUESTION, { signal: never, onText: (text) => texts.push(text) });
    assert.equal(turn.stop, 'tools');
    assert.deepEqual(turn.content.map(({ type }) => type), ['opaque', 'text', 'tool-use']);
    assert.deepEqual(turn.content[2], { type: 'tool-use', id: 't1', name: 'Read', input: { path: 'a.ts' } });
    assert.deepEqual(turn.usage, { input: 1000, output: 42, cacheRead: 700, cacheWrite: 0 });
    assert.ok(texts.length > 2);
    assert.equal(texts.at(-1), 'Reading the orders.');
  });

  it('hands thinking back as it came, and to no other model', async () => {
    const { content } = await ask(streams([{ thinking: 'signed' }, { tool: 'Read', input: {}, id: 't1' }]));
    const messages: ModelRequest['messages'] = [...QUESTION.messages, { role: 'assistant', content }, { role: 'user', content: [{ type: 'tool-result', id: 't1', text: 'x', isError: false }] }];
    await ask(streams([{ text: 'READY' }]), {}, { ...QUESTION, messages });
    assert.deepEqual(api.asked[1]!.messages[1]!.content[0], { type: 'thinking', thinking: '', signature: 'signed' });
    await ask(streams([{ text: 'READY' }]), { model: 'claude-sonnet-5-5' }, { ...QUESTION, messages });
    assert.deepEqual((api.asked[2]!.messages[1]!.content as { type: string }[]).map(({ type }) => type), ['tool_use']);
  });

  for (const [reason, stop] of [['refusal', 'refusal'], ['max_tokens', 'max-tokens'], ['model_context_window_exceeded', 'context-full'], ['pause_turn', 'paused'], ['end_turn', 'end']] as const) {
    it(`resolves with the reason ${reason}, schema or not`, async () => {
      const turn = await ask(streams([{ text: '{"a": "cut o' }], { stop: reason }), {}, { ...QUESTION, schema: SCHEMA });
      assert.equal(turn.stop, stop);
      assert.deepEqual(turn.content, [{ type: 'text', text: '{"a": "cut o' }]);
    });
  }

  it('tries again after an overload, as long as the server asks', async () => {
    const busy = fails(529, 'overloaded_error', 'busy', { 'retry-after-ms': '10' });
    api.reply(busy, fails(429, 'rate_limit_error', 'slow down', { 'retry-after-ms': '10' }));
    assert.equal((await ask(streams([{ text: 'READY' }]))).stop, 'end');
    assert.equal(api.asked.length, 3);
  });

  const refusals: readonly (readonly [string, Reply, string, RegExp])[] = [
    ['401', fails(401, 'authentication_error', `invalid key ${KEY}`), 'advisor-key-refused', /Set API Key/],
    ['402', fails(402, 'billing_error'), 'advisor-unpaid', /credit/],
    ['403', fails(403, 'permission_error'), 'advisor-forbidden', /claude-opus-5-5/],
    ['404', fails(404, 'not_found_error'), 'advisor-model-missing', /no model claude-opus-5-5/],
    ['400', fails(400, 'invalid_request_error', `bad ${KEY} \u001b[31mred`), 'advisor-request-refused', /status 400: bad \[secret removed\] red/],
    ['a proxy that asks for a sign-in', (response) => { response.writeHead(407, { 'content-type': 'text/html', 'proxy-authenticate': 'Basic' }); response.end('<html>Sign in to the proxy</html>'); }, 'advisor-unreachable', /proxy settings \(http\.proxy\)/],
    ['413', fails(413, 'request_too_large'), 'advisor-too-large', /New Conversation/],
    ['429', fails(429, 'rate_limit_error', 'no', { 'retry-after': '17', 'x-should-retry': 'false' }), 'advisor-rate-limited', /wait 17 s/],
    ['529', fails(529, 'overloaded_error', 'no', { 'x-should-retry': 'false' }), 'advisor-overloaded', /again in a minute/],
    ['500', fails(500, 'api_error', 'no', { 'x-should-retry': 'false' }), 'advisor-server-error', /status 500/],
    ['an error in mid-stream', streams([{ text: 'half' }], { isCut: true, midway: (response) => { event(response, 'error', { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }); response.end(); } }), 'advisor-overloaded', /nothing of the conversation is lost/],
    ['a dropped connection', streams([{ text: 'half' }], { isCut: true, midway: async (response) => { await new Promise((resolve) => setTimeout(resolve, 50)); response.destroy(); } }), 'advisor-broken-answer', /cut off/],
    ['a stream that ends too early', streams([{ text: 'half' }], { isCut: true, midway: (response) => void response.end() }), 'advisor-broken-answer', /cut off/],
    ['an event that is no JSON', streams([{ text: 'half' }], { isCut: true, midway: (response) => { event(response, 'content_block_delta', '{"type": "content_bl'); response.end(); } }), 'advisor-broken-answer', /not one of its kind/],
    ['an event for a block that never began', (response) => { begin(response); event(response, 'content_block_delta', { type: 'content_block_delta', index: 7, delta: { type: 'text_delta', text: 'x' } }); event(response, 'message_stop', { type: 'message_stop' }); response.end(); }, 'advisor-broken-answer', /Try again/],
    ['a web page', (response) => { response.writeHead(200, { 'content-type': 'text/html' }); response.end('<html>Sign in to the network</html>'); }, 'advisor-broken-answer', /check the network/],
  ];
  for (const [name, reply, code, words] of refusals) {
    it(`says what to do after ${name}`, async () => {
      const error = await ask(reply, { maxRetries: 0 }).then(() => assert.fail('it was answered'), (thrown: unknown) => thrown);
      assert.ok(error instanceof FailureError, inspect(error));
      assert.equal(error.failure.code, code, error.failure.message);
      assert.match(error.failure.message, words);
      assert.ok(!inspect(error, { depth: 9, showHidden: true }).includes(KEY), 'the key is in the error');
    });
  }

  it('says that nobody answers', async () => {
    const gone = await MessagesApi.start();
    const baseUrl = gone.url;
    await gone.stop();
    const error = await connect({ baseUrl, maxRetries: 0 }).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof FailureError);
    assert.equal(error.failure.code, 'advisor-unreachable');
    assert.match(error.failure.message, /ECONNREFUSED.*http\.proxy/);
  });

  it('gives a stream up that stalls, and not one that pings', async () => {
    const stalled = await ask(streams([{ text: 'half' }], { isCut: true }), { idleMs: 150 }).catch((thrown: unknown) => thrown);
    assert.ok(stalled instanceof FailureError);
    assert.equal(stalled.failure.code, 'advisor-stalled');
    const pinging = streams([{ text: 'slow' }], {
      midway: async (response) => {
        for (let i = 0; i < 6; i++) {
          await new Promise((resolve) => setTimeout(resolve, 60));
          event(response, 'ping', { type: 'ping' });
        }
      },
    });
    assert.equal((await ask(pinging, { idleMs: 150 })).stop, 'end');
  });

  it('cuts an endless answer off', async () => {
    const endless: Reply = (response) => {
      begin(response);
      const chunk = 'x'.repeat(1024 * 1024);
      const more = (): void => {
        if (response.destroyed) return;
        if (response.write(`data: ${chunk}`)) setImmediate(more);
        else response.once('drain', more);
      };
      more();
    };
    const error = await ask(endless).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof FailureError);
    assert.equal(error.failure.code, 'advisor-oversized');
  });

  describe('cancelled', () => {
    const stages: readonly (readonly [string, Reply | undefined])[] = [
      ['before it is sent', undefined],
      ['before the first byte', () => undefined],
      ['in mid-stream', streams([{ text: 'half' }], { isCut: true })],
    ];
    for (const [stage, reply] of stages) {
      it(`${stage}, ends at once with the reason it was given`, async () => {
        const model = await connect();
        const controller = new AbortController();
        const reason = new Error('the user has stopped it');
        if (reply) api.reply(reply);
        else controller.abort(reason);
        const answer = model.respond(QUESTION, { signal: controller.signal, onText: () => controller.abort(reason) });
        if (reply) setTimeout(() => controller.abort(reason), 200);
        assert.equal(await answer.catch((thrown: unknown) => thrown), reason);
        assert.equal(api.asked.length, reply ? 1 : 0);
      });
    }
  });

  it('is cancelled while it waits to try again, and sends nothing more', async () => {
    const model = await connect();
    api.reply(fails(429, 'rate_limit_error', 'slow down', { 'retry-after': '30' }));
    const controller = new AbortController();
    const reason = new Error('the user has stopped it');
    const before = Date.now();
    setTimeout(() => controller.abort(reason), 200);
    assert.equal(await model.respond(QUESTION, { signal: controller.signal }).catch((thrown: unknown) => thrown), reason);
    assert.ok(Date.now() - before < 10_000, 'it has waited as long as the server asked');
    assert.equal(api.asked.length, 1);
  });

  it('counts tokens before they are sent, where the server can', async () => {
    const model = await connect();
    assert.equal(await model.countTokens(QUESTION, never), 1000);
    api.tokens = undefined;
    assert.equal(await model.countTokens(QUESTION, never), undefined);
  });

  it('lists the models of the key, without the retired ones', async () => {
    api.models = [CAPABLE, { ...CAPABLE, id: 'claude-old', lifecycle: 'retired' }];
    assert.deepEqual(await listAnthropicModels(options(), never), [{ id: 'claude-opus-5-5', name: 'Claude Opus 5.5' }]);
  });

  it('says where to name a model when a gateway lists none', async () => {
    api.models = undefined;
    const error = await listAnthropicModels(options(), never).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof FailureError, inspect(error));
    assert.equal(error.failure.code, 'advisor-models-not-listed');
    assert.match(error.failure.message, /performanceEngineer\.advisor\.model/);
  });
});
