import assert from 'node:assert/strict';
import { type ModelRequest, type ModelTurn, NO_USAGE } from '../../../src/advisor/model';
import { answers, READY, readOut } from './answers';
import { streams } from './messagesApi';
import { benchmarkRun, BENCHMARK_ID, profileRun, store } from './runs';
import { useAdvisor } from './useAdvisor';

describe('a conversation with the advisor', function () {
  this.timeout(30_000);
  const held = useAdvisor();

  it('looks with tools over several turns and answers, every number with its mark', async () => {
    await held.start();
    await store(held.advisor.folder.root, profileRun(), benchmarkRun());
    held.advisor.model(
      [{ thinking: 'signed' }, { tool: 'Read', input: { path: 'src/orders.ts' }, id: 't1' }],
      [{ tool: 'evidence', input: { functionName: 'listOrders' }, id: 't2' }, { tool: 'findings', input: { file: 'src/orders.ts' }, id: 't3' }],
      READY,
      answers(
        ['`listOrders` takes 62 % of the path at orders.ts:4.', 'measured', ['E6'], 'bottleneck'],
        ['GET /orders has a p95 of 483 ms; the target is 200 ms.', 'measured', ['E1', 'E8'], 'current performance'],
        ['It should then take about 20 ms.', 'estimate', [], 'recommendation'],
      ),
    );
    await held.advisor.session.ask('Why is GET /orders slow?');
    assert.deepEqual(held.advisor.problems, []);
    const shown = held.advisor.api.asked.at(-1)!;
    const known = JSON.stringify(shown.messages);
    assert.deepEqual(held.answer().length, 3);
    assert.match(known, /listOrders in src\/orders.ts: self 12.3 %, total 62.1 %/);
    assert.deepEqual(held.advisor.of('step').map(({ label, state }) => `${label}: ${state}`), [
      'Reading src/orders.ts: done', 'Looking at the measurements of listOrders: done', 'Looking at the findings in src/orders.ts: done',
    ]);
    assert.match(held.advisor.of('spent')[0]!.text, /^4 requests, 4,000 tokens in, 400 out; about \$0\.02 at list prices\.$/);
    assert.equal(held.advisor.view.state, 'ready');
  });

  it('holds the answer to the evidence that was shown', async () => {
    await held.start();
    await store(held.advisor.folder.root, profileRun(), benchmarkRun());
    held.advisor.model(READY, (response, sent) => {
      const ids = sent.body.output_config!.format!.schema.properties.claims.items.properties.evidence.items.enum;
      assert.ok(ids.length > 5 && ids.at(-1) === 'none', ids.join());
      const text = JSON.stringify(sent.body.messages);
      const idOf = (pattern: RegExp): string => pattern.exec(text)![1]!;
      const benchmark = idOf(/\[(E\d+)\] GET \/orders: p50/);
      const target = idOf(/\[(E\d+)\] target of GET \/orders/);
      const profile = idOf(/\[(E\d+)\] listOrders in src/);
      return streams(answers(
        ['The p95 is 483 ms, the target 200 ms.', 'measured', [benchmark, target], 'current performance'],
        ['`listOrders` takes 62 % of it.', 'measured', [profile], 'bottleneck'],
        ['The p95 was measured as 12 ms by run 20260101T000000-abcdef.', 'measured', [benchmark, 'E999'], 'bottleneck'],
        ['Read src/invented.ts:12 and the rule no-such-rule; 30x faster.', 'advice', [], 'recommendation'],
      ))(response, sent);
    });
    await held.advisor.session.ask('How slow is it?');
    assert.deepEqual(held.answer(), [
      'The p95 is 483 ms <measured>, the target 200 ms <declared>.',
      '`listOrders` takes 62 % <measured> of it.'.replace(/`/g, ''),
      `The p95 was measured as ~12 ms~ (not in ${held.advisor.of('answer')[0]!.claims[2]!.citations[0]!.id}) by run ~20260101T000000-abcdef~ (there is no such run).`,
      'Read ~src/invented.ts:12~ (there is no such file in the workspace) and the rule ~no-such-rule~ (there is no such rule); 30x <estimate> faster.',
    ]);
    assert.match(held.advisor.of('answer')[0]!.claims[2]!.objections.join(), /There is no evidence E999\./);
    assert.deepEqual(held.advisor.of('answer')[0]!.claims[0]!.citations.map(({ runId }) => runId), [BENCHMARK_ID, undefined]);
  });

  it('shows the answer while it is written, and never a number that is not whole', async () => {
    await held.start();
    await store(held.advisor.folder.root, benchmarkRun());
    const slow = streams([{ text: '{"claims":[{"topic":"bottleneck","basis":"estimate","evidence":["none"],"text":"It may take 4' }], {
      isCut: true,
      midway: async (response) => {
        await held.advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'answer'));
        const rest = '80 ms or so."}]}';
        response.write(`event: content_block_start\ndata: ${JSON.stringify({ type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } })}\n\n`);
        response.write(`event: content_block_delta\ndata: ${JSON.stringify({ type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: rest } })}\n\n`);
        response.write(`event: content_block_stop\ndata: ${JSON.stringify({ type: 'content_block_stop', index: 1 })}\n\n`);
        response.write(`event: message_delta\ndata: ${JSON.stringify({ type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 9 } })}\n\n`);
        response.write(`event: message_stop\ndata: ${JSON.stringify({ type: 'message_stop' })}\n\n`);
        response.end();
      },
    });
    held.advisor.model(READY, slow, answers(['It may take 480 ms or so.', 'estimate']));
    await held.advisor.session.ask('How slow?');
    const parts = held.advisor.views.flatMap(({ entries }) => entries.flatMap((entry) => (entry.kind === 'answer' && !entry.isFinal ? entry.claims.map(readOut) : [])));
    assert.ok(parts.includes('It may take'), parts.join('|'));
    assert.deepEqual(parts.filter((part) => /\b4\b/.test(part)), []);
  });

  it('sends the workspace with the first question only', async () => {
    await held.start();
    held.advisor.model(READY, answers(['Yes.']), READY, answers(['No.']));
    await held.advisor.session.ask('First?');
    await held.advisor.session.ask('Second?');
    assert.match(held.firstMessage(), /What is known of the workspace/);
    assert.match(held.firstMessage(), /table items: 1,000,000 rows/);
    const second = held.advisor.api.asked[2]!.messages.at(-1)!;
    assert.match(JSON.stringify(second), /Second\?/);
    assert.doesNotMatch(JSON.stringify(second), /What is known of the workspace/);
  });

  it('sends the code that the question is about, as data', async () => {
    await held.start();
    held.advisor.model(READY, answers(['Yes.']));
    held.advisor.session.prepare({ kind: 'selection', label: 'lines 6 to 8 of src/orders.ts', file: 'src/orders.ts', lines: { first: 5, last: 7 } });
    await held.advisor.session.ask('Is this slow?');
    const message = held.firstMessage();
    assert.match(message, /<<<[0-9a-f]{12}>>>\\nsrc\/orders.ts, lines 6 to 8 of 12/);
    assert.match(message, /pool\.query/);
      assert.doesNotMatch(message, /import \{ Pool \}/);
  });

  it('sends the recommendation that the question is about, with an id to cite', async () => {
    await held.start();
    const [finding] = (await held.advisor.session.facts.ask({ kind: 'findings' })).findings;
    held.advisor.model(READY, (response, sent) => {
      const part = (sent.body.messages[0]!.content as readonly { readonly text?: string }[])[0]!.text!.split('What is known of the workspace')[0]!;
      const id = /<<<[0-9a-f]{12}>>>\n\[(E\d+)\] .*rule n-plus-one-query/.exec(part)![1]!;
      return streams(answers(['It makes 1,001 queries.', 'estimate', [id]]))(response, sent);
    });
    held.advisor.session.prepare({ kind: 'recommendation', label: 'the recommendation "N+1"', itemId: finding!.id }, 'Explain this recommendation.');
    assert.equal(held.advisor.view.draft, 'Explain this recommendation.');
    assert.deepEqual(held.advisor.api.sent, [], 'a prepared question is not sent');
    await held.advisor.session.ask(held.advisor.view.draft);
    assert.deepEqual(held.advisor.problems, []);
    assert.match(held.answer()[0]!, /^It makes 1,001 <(?:estimate|declared)> queries\.$/);
  });

  it('takes a pasted slow-query log: its secrets stay here, its numbers are the user\'s', async () => {
    await held.start();
    const secret = `postgres://app:hunter2-${'x'.repeat(8)}@db/shop`;
    const log = `2026-11-24 10:00:01 UTC [42] ${secret} LOG:  duration: 5120.334 ms  statement: SELECT id, sku FROM items WHERE order_id = 7\n`;
    held.advisor.model(READY, (response, sent) => {
      const id = /stated by the user, not measured: \[(E\d+)\]/.exec(JSON.stringify(sent.body.messages))![1]!;
      return streams(answers(['The statement took 5,120 ms.', 'measured', [id]]))(response, sent);
    });
    await held.advisor.session.ask(log);
    assert.deepEqual(held.answer(), ['The statement took 5,120 ms <stated>.']);
    assert.match(held.firstMessage(), /duration: 5120\.334 ms.*FROM items/);
    assert.doesNotMatch(held.advisor.api.sent.map(({ text }) => text).join(), /hunter2/);
  });

  it('says that a log is too much for one question, without holding the editor up', async () => {
    await held.start();
    held.advisor.api.tokens = undefined;
    const line = 'LOG:  duration: 5120.334 ms  statement: SELECT id FROM items WHERE order_id = 7\n';
    const before = Date.now();
    await held.advisor.session.ask(line.repeat(60_000));
    assert.deepEqual(held.advisor.problems, ['advisor-budget-reached']);
    assert.deepEqual(held.advisor.api.asked, []);
    assert.ok(Date.now() - before < 15_000, `${Date.now() - before} ms`);
  });

  it('is the same with a model of VS Code: no key, no schema, every number held to the evidence', async () => {
    await held.start({ key: undefined, settings: { provider: 'vscode', model: 'tester/test-1' } });
    await store(held.advisor.folder.root, benchmarkRun());
    const turns: ModelTurn[] = [
      { content: [{ type: 'tool-use', id: 'c1', name: 'evidence', input: {} }], stop: 'tools', usage: NO_USAGE },
      { content: [{ type: 'text', text: 'READY' }], stop: 'end', usage: NO_USAGE },
      { content: [{ type: 'text', text: `Here it is:\n\`\`\`json\n${JSON.stringify({ claims: [{ topic: 'bottleneck', basis: 'measured', evidence: ['E999'], text: 'The p95 is 12 ms.' }] })}\n\`\`\`` }], stop: 'end', usage: NO_USAGE },
    ];
    const asked: ModelRequest[] = [];
    held.advisor.languageModel = {
      id: 'test-1', recipient: 'tester in VS Code', mostOutput: 4000,
      countTokens: async () => 100,
      respond: async (request) => {
        asked.push({ ...request, messages: [...request.messages] });
        return turns.shift()!;
      },
    };
    await held.advisor.session.ask('How slow?');
    assert.deepEqual(held.advisor.problems, []);
    assert.match(held.answer()[0]!, /^The p95 is ~12 ms~/);
    assert.match(JSON.stringify(asked[1]!.messages.at(-1)), /GET \/orders: p50/);
    assert.deepEqual(held.advisor.api.sent, [], 'the API of another provider is left alone');
  });

  it('lets numbers of the question be cited as what the user has said', async () => {
    await held.start();
    held.advisor.model(READY, (response, sent) => {
      const id = /stated by the user, not measured: \[(E\d+)\]/.exec(JSON.stringify(sent.body.messages))![1]!;
      return streams(answers(['You see 5 s.', 'measured', [id]]))(response, sent);
    });
    await held.advisor.session.ask('/api/orders takes 5 s');
    assert.deepEqual(held.answer(), ['You see 5 s <stated>.']);
    assert.match(held.advisor.of('answer')[0]!.claims[0]!.objections.join(), /cites no measurement/);
  });
});
