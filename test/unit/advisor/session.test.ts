import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ModelRequest, type ModelTurn, NO_USAGE } from '../../../src/advisor/model';
import { answers, READY, readOut } from './answers';
import { begin, fails, streams } from './messagesApi';
import { benchmarkRun, BENCHMARK_ID, PROFILE_ID, profileRun, store } from './runs';
import { KEY, TestAdvisor, type TestOptions } from './testAdvisor';

describe('a conversation with the advisor', function () {
  this.timeout(30_000);
  let advisor: TestAdvisor;
  const start = async (options?: TestOptions): Promise<TestAdvisor> => (advisor = await TestAdvisor.start(options));
  afterEach(() => advisor.stop());

  const answer = (): string[] => advisor.of('answer').at(-1)!.claims.map(readOut);
  const firstMessage = (): string => JSON.stringify(advisor.api.asked[0]!.messages[0]);

  it('looks with tools over several turns and answers, every number with its mark', async () => {
    await start();
    await store(advisor.folder.root, profileRun(), benchmarkRun());
    advisor.model(
      [{ thinking: 'signed' }, { tool: 'Read', input: { path: 'src/orders.ts' }, id: 't1' }],
      [{ tool: 'evidence', input: { functionName: 'listOrders' }, id: 't2' }, { tool: 'findings', input: { file: 'src/orders.ts' }, id: 't3' }],
      READY,
      answers(
        ['`listOrders` takes 62 % of the path at orders.ts:4.', 'measured', ['E6'], 'bottleneck'],
        ['GET /orders has a p95 of 483 ms; the target is 200 ms.', 'measured', ['E1', 'E8'], 'current performance'],
        ['It should then take about 20 ms.', 'estimate', [], 'recommendation'],
      ),
    );
    await advisor.session.ask('Why is GET /orders slow?');
    assert.deepEqual(advisor.problems, []);
    const shown = advisor.api.asked.at(-1)!;
    const known = JSON.stringify(shown.messages);
    assert.deepEqual(answer().length, 3);
    assert.match(known, /listOrders in src\/orders.ts: self 12.3 %, total 62.1 %/);
    assert.deepEqual(advisor.of('step').map(({ label, state }) => `${label}: ${state}`), [
      'Reading src/orders.ts: done', 'Looking at the measurements of listOrders: done', 'Looking at the findings in src/orders.ts: done',
    ]);
    assert.match(advisor.of('spent')[0]!.text, /^4 requests, 4,000 tokens in, 400 out; about \$0\.02 at list prices\.$/);
    assert.equal(advisor.view.state, 'ready');
  });

  it('holds the answer to the evidence that was shown', async () => {
    await start();
    await store(advisor.folder.root, profileRun(), benchmarkRun());
    advisor.model(READY, (response, sent) => {
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
    await advisor.session.ask('How slow is it?');
    assert.deepEqual(answer(), [
      'The p95 is 483 ms <measured>, the target 200 ms <declared>.',
      '`listOrders` takes 62 % <measured> of it.'.replace(/`/g, ''),
      `The p95 was measured as ~12 ms~ (not in ${advisor.of('answer')[0]!.claims[2]!.citations[0]!.id}) by run ~20260101T000000-abcdef~ (there is no such run).`,
      'Read ~src/invented.ts:12~ (there is no such file in the workspace) and the rule ~no-such-rule~ (there is no such rule); 30x <estimate> faster.',
    ]);
    assert.match(advisor.of('answer')[0]!.claims[2]!.objections.join(), /There is no evidence E999\./);
    assert.deepEqual(advisor.of('answer')[0]!.claims[0]!.citations.map(({ runId }) => runId), [BENCHMARK_ID, undefined]);
  });

  it('shows the answer while it is written, and never a number that is not whole', async () => {
    await start();
    await store(advisor.folder.root, benchmarkRun());
    const slow = streams([{ text: '{"claims":[{"topic":"bottleneck","basis":"estimate","evidence":["none"],"text":"It may take 4' }], {
      isCut: true,
      midway: async (response) => {
        await advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'answer'));
        const rest = '80 ms or so."}]}';
        response.write(`event: content_block_start\ndata: ${JSON.stringify({ type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } })}\n\n`);
        response.write(`event: content_block_delta\ndata: ${JSON.stringify({ type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: rest } })}\n\n`);
        response.write(`event: content_block_stop\ndata: ${JSON.stringify({ type: 'content_block_stop', index: 1 })}\n\n`);
        response.write(`event: message_delta\ndata: ${JSON.stringify({ type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 9 } })}\n\n`);
        response.write(`event: message_stop\ndata: ${JSON.stringify({ type: 'message_stop' })}\n\n`);
        response.end();
      },
    });
    advisor.model(READY, slow, answers(['It may take 480 ms or so.', 'estimate']));
    await advisor.session.ask('How slow?');
    const parts = advisor.views.flatMap(({ entries }) => entries.flatMap((entry) => (entry.kind === 'answer' && !entry.isFinal ? entry.claims.map(readOut) : [])));
    assert.ok(parts.includes('It may take'), parts.join('|'));
    assert.deepEqual(parts.filter((part) => /\b4\b/.test(part)), []);
  });

  it('sends the workspace with the first question only', async () => {
    await start();
    advisor.model(READY, answers(['Yes.']), READY, answers(['No.']));
    await advisor.session.ask('First?');
    await advisor.session.ask('Second?');
    assert.match(firstMessage(), /What is known of the workspace/);
    assert.match(firstMessage(), /table items: 1,000,000 rows/);
    const second = advisor.api.asked[2]!.messages.at(-1)!;
    assert.match(JSON.stringify(second), /Second\?/);
    assert.doesNotMatch(JSON.stringify(second), /What is known of the workspace/);
  });

  it('sends the code that the question is about, as data', async () => {
    await start();
    advisor.model(READY, answers(['Yes.']));
    advisor.session.prepare({ kind: 'selection', label: 'lines 6 to 8 of src/orders.ts', file: 'src/orders.ts', lines: { first: 5, last: 7 } });
    await advisor.session.ask('Is this slow?');
    const message = firstMessage();
    assert.match(message, /<<<[0-9a-f]{12}>>>\\nsrc\/orders.ts, lines 6 to 8 of 12/);
    assert.match(message, /pool\.query/);
      assert.doesNotMatch(message, /import \{ Pool \}/);
  });

  it('sends the recommendation that the question is about, with an id to cite', async () => {
    await start();
    const [finding] = (await advisor.session.facts.ask({ kind: 'findings' })).findings;
    advisor.model(READY, (response, sent) => {
      const part = (sent.body.messages[0]!.content as readonly { readonly text?: string }[])[0]!.text!.split('What is known of the workspace')[0]!;
      const id = /<<<[0-9a-f]{12}>>>\n\[(E\d+)\] .*rule n-plus-one-query/.exec(part)![1]!;
      return streams(answers(['It makes 1,001 queries.', 'estimate', [id]]))(response, sent);
    });
    advisor.session.prepare({ kind: 'recommendation', label: 'the recommendation "N+1"', itemId: finding!.id }, 'Explain this recommendation.');
    assert.equal(advisor.view.draft, 'Explain this recommendation.');
    assert.deepEqual(advisor.api.sent, [], 'a prepared question is not sent');
    await advisor.session.ask(advisor.view.draft);
    assert.deepEqual(advisor.problems, []);
    assert.match(answer()[0]!, /^It makes 1,001 <(?:estimate|declared)> queries\.$/);
  });

  it('takes a pasted slow-query log: its secrets stay here, its numbers are the user\'s', async () => {
    await start();
    const secret = `postgres://app:hunter2-${'x'.repeat(8)}@db/shop`;
    const log = `2026-11-24 10:00:01 UTC [42] ${secret} LOG:  duration: 5120.334 ms  statement: SELECT id, sku FROM items WHERE order_id = 7\n`;
    advisor.model(READY, (response, sent) => {
      const id = /stated by the user, not measured: \[(E\d+)\]/.exec(JSON.stringify(sent.body.messages))![1]!;
      return streams(answers(['The statement took 5,120 ms.', 'measured', [id]]))(response, sent);
    });
    await advisor.session.ask(log);
    assert.deepEqual(answer(), ['The statement took 5,120 ms <stated>.']);
    assert.match(firstMessage(), /duration: 5120\.334 ms.*FROM items/);
    assert.doesNotMatch(advisor.api.sent.map(({ text }) => text).join(), /hunter2/);
  });

  it('says that a log is too much for one question, without holding the editor up', async () => {
    await start();
    advisor.api.tokens = undefined;
    const line = 'LOG:  duration: 5120.334 ms  statement: SELECT id FROM items WHERE order_id = 7\n';
    const before = Date.now();
    await advisor.session.ask(line.repeat(60_000));
    assert.deepEqual(advisor.problems, ['advisor-budget-reached']);
    assert.deepEqual(advisor.api.asked, []);
    assert.ok(Date.now() - before < 15_000, `${Date.now() - before} ms`);
  });

  it('is the same with a model of VS Code: no key, no schema, every number held to the evidence', async () => {
    await start({ key: undefined, settings: { provider: 'vscode', model: 'tester/test-1' } });
    await store(advisor.folder.root, benchmarkRun());
    const turns: ModelTurn[] = [
      { content: [{ type: 'tool-use', id: 'c1', name: 'evidence', input: {} }], stop: 'tools', usage: NO_USAGE },
      { content: [{ type: 'text', text: 'READY' }], stop: 'end', usage: NO_USAGE },
      { content: [{ type: 'text', text: `Here it is:\n\`\`\`json\n${JSON.stringify({ claims: [{ topic: 'bottleneck', basis: 'measured', evidence: ['E999'], text: 'The p95 is 12 ms.' }] })}\n\`\`\`` }], stop: 'end', usage: NO_USAGE },
    ];
    const asked: ModelRequest[] = [];
    advisor.languageModel = {
      id: 'test-1', recipient: 'tester in VS Code', mostOutput: 4000,
      countTokens: async () => 100,
      respond: async (request) => {
        asked.push({ ...request, messages: [...request.messages] });
        return turns.shift()!;
      },
    };
    await advisor.session.ask('How slow?');
    assert.deepEqual(advisor.problems, []);
    assert.match(answer()[0]!, /^The p95 is ~12 ms~/);
    assert.match(JSON.stringify(asked[1]!.messages.at(-1)), /GET \/orders: p50/);
    assert.deepEqual(advisor.api.sent, [], 'the API of another provider is left alone');
  });

  it('lets numbers of the question be cited as what the user has said', async () => {
    await start();
    advisor.model(READY, (response, sent) => {
      const id = /stated by the user, not measured: \[(E\d+)\]/.exec(JSON.stringify(sent.body.messages))![1]!;
      return streams(answers(['You see 5 s.', 'measured', [id]]))(response, sent);
    });
    await advisor.session.ask('/api/orders takes 5 s');
    assert.deepEqual(answer(), ['You see 5 s <stated>.']);
    assert.match(advisor.of('answer')[0]!.claims[0]!.objections.join(), /cites no measurement/);
  });

  describe('before anything is sent', () => {
    it('asks for nothing and sends nothing while it is off', async () => {
      await start({ settings: { provider: 'off' } });
      await advisor.session.ask('Why?');
      assert.deepEqual(advisor.problems, ['advisor-off']);
      assert.deepEqual(advisor.api.sent, []);
      assert.equal(advisor.view.state, 'off');
    });

    it('sends nothing without a key', async () => {
      await start({ key: undefined });
      await advisor.session.ask('Why?');
      assert.deepEqual(advisor.problems, ['advisor-key-missing']);
      assert.deepEqual(advisor.api.sent, []);
      assert.equal(advisor.view.draft, 'Why?', 'the question is not lost');
    });

    it('shows what leaves the machine, and sends the question once the user agrees', async () => {
      await start({ consent: false, files: { '.env': 'KEY=1', 'notes.md': 'n' } });
      advisor.model(READY, answers(['Yes.']));
      await advisor.session.ask('Why is it slow?');
      assert.deepEqual(advisor.api.sent, []);
      const { consent, state } = advisor.view;
      assert.equal(state, 'consent');
      assert.equal(consent!.recipient, new URL(advisor.api.url).host);
      assert.deepEqual(consent!.sample, ['README.md', 'notes.md', 'src/orders.ts']);
      assert.equal(consent!.files, 3);
      assert.equal(consent!.findings, 1);
      assert.match(consent!.preview, /Why is it slow\?[\s\S]*You are a performance engineer/);
      await advisor.session.agree(['notes.md']);
      assert.deepEqual(answer(), ['Yes.']);
      assert.deepEqual(advisor.consent!.exclude, ['notes.md']);
    });

    it('previews exactly the words that are then sent', async () => {
      await start({ consent: false });
      advisor.model(READY, answers(['Yes.']));
      await advisor.session.ask('Why is it slow?');
      const shown = advisor.view.consent!.preview.split('\n\n--- Instructions ---')[0]!;
      await advisor.session.agree([]);
      const sent = (advisor.api.asked[0]!.messages[0]!.content as readonly { readonly text?: string }[])[0]!.text!;
      const plain = (text: string): string => text.replace(/<<<[0-9a-f]{12}>>>/g, '<<<>>>');
      assert.equal(plain(sent), plain(shown));
    });

    it('sends nothing when the user does not agree, and keeps the question', async () => {
      await start({ consent: false });
      await advisor.session.ask('Why is it slow?');
      await advisor.session.disagree();
      assert.deepEqual(advisor.api.sent, []);
      assert.equal(advisor.view.draft, 'Why is it slow?');
      assert.equal(advisor.view.state, 'ready');
    });

    it('asks again for another recipient', async () => {
      await start();
      advisor.consent = { recipient: 'api.elsewhere.example', exclude: [] };
      await advisor.session.ask('Why?');
      assert.equal(advisor.view.state, 'consent');
      assert.deepEqual(advisor.api.sent, []);
    });

    it('takes no consent for another recipient than the one that was shown', async () => {
      await start({ consent: false });
      await advisor.session.ask('Why?');
      advisor.settings = { ...advisor.settings, baseUrl: 'http://localhost:1' };
      await advisor.session.agree([]);
      assert.equal(advisor.consent, undefined);
      assert.equal(advisor.view.consent!.recipient, 'localhost:1');
      assert.deepEqual(advisor.api.sent, []);
    });

    it('takes the consent back', async () => {
      await start();
      await advisor.session.review();
      assert.equal(advisor.view.consent!.isGiven, true);
      await advisor.session.disagree();
      await advisor.session.ask('Why?');
      assert.equal(advisor.view.state, 'consent');
      assert.deepEqual(advisor.api.sent, []);
    });

    it('reads no excluded file', async () => {
      await start({ files: { 'notes.md': 'private' } });
      advisor.consent = { ...advisor.consent!, exclude: ['notes.md'] };
      advisor.model([{ tool: 'Read', input: { path: 'notes.md' } }], READY, answers(['Yes.']));
      await advisor.session.ask('Why?');
      assert.doesNotMatch(JSON.stringify(advisor.api.sent), /private/);
      assert.match(advisor.of('step')[0]!.detail!, /excluded by the user/);
    });

    it('does not send a selection out of a file that holds secrets', async () => {
      await start({ files: { '.env': 'PASSWORD=hunter2' } });
      advisor.session.prepare({ kind: 'file', label: '.env', file: '.env' });
      await advisor.session.ask('Why?');
      assert.deepEqual(advisor.problems, ['advisor-not-sent']);
      assert.deepEqual(advisor.api.asked, []);
    });

    it('says what the question will use, and where it ends', async () => {
      await start();
      assert.match(advisor.view.estimate, /^Begins with about [\d,]+ tokens \(\$0\.\d\d\); ends at \$2\.00\.$/);
      advisor.settings = { ...advisor.settings, model: 'claude-unknown' };
      assert.match(advisor.view.estimate, /ends at 1,000,000 tokens\. The price of this model is not known/);
    });
  });

  describe('commands', () => {
    const bash = { tool: 'Bash', input: { command: 'npm test -- --grep orders', reason: 'To see it fail.' }, id: 'b1' };

    it('run after exactly they were allowed, and their output goes to the model', async () => {
      await start();
      advisor.commandEnd = { output: 'ok 1 - orders\n', isCut: false, code: 0, ending: 'exited' };
      advisor.model([bash], READY, answers(['Yes.']));
      const asked = advisor.session.ask('Why?');
      await advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval'));
      const [approval] = advisor.of('approval');
      assert.equal(approval!.command, 'npm test -- --grep orders');
      assert.equal(approval!.reason, 'To see it fail.');
      assert.deepEqual(advisor.ran, []);
      advisor.session.decide(approval!.id, 'once');
      await asked;
      assert.deepEqual(advisor.ran, ['npm test -- --grep orders']);
      assert.match(JSON.stringify(advisor.api.asked[1]!.messages.at(-1)), /exit code 0.*ok 1 - orders/);
    });

    it('do not run when they are refused, and the model is told', async () => {
      await start();
      advisor.model([bash], READY, answers(['Yes.']));
      const asked = advisor.session.ask('Why?');
      await advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval'));
      advisor.session.decide(advisor.of('approval')[0]!.id, 'no');
      await asked;
      assert.deepEqual(advisor.ran, []);
      assert.equal(advisor.of('step')[0]!.state, 'denied');
      assert.match(JSON.stringify(advisor.api.asked[1]!.messages.at(-1)), /has not allowed it/);
    });

    it('allowed for good run again without a question, and only exactly they', async () => {
      await start();
      const other = { ...bash, input: { command: 'npm test -- --grep orders && curl evil', reason: 'r' }, id: 'b3' };
      advisor.model([bash], [{ ...bash, id: 'b2' }, other], READY, answers(['Yes.']));
      const asked = advisor.session.ask('Why?');
      await advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval'));
      advisor.session.decide(advisor.of('approval')[0]!.id, 'always');
      await advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval' && entry.command.includes('curl')));
      assert.deepEqual(advisor.of('approval').map(({ state }) => state), ['always', 'always', 'open']);
      advisor.session.decide(advisor.of('approval')[2]!.id, 'no');
      await asked;
      assert.deepEqual(advisor.ran, [bash.input.command, bash.input.command]);
    });

    it('of a measurement are asked for each time', async () => {
      await start();
      const call = { tool: 'benchmark', input: { reason: 'r' } };
      advisor.model([call], [{ ...call, input: { reason: 'once more' } }], READY, answers(['Yes.']));
      const asked = advisor.session.ask('Why?');
      for (const number of [1, 2]) {
        await advisor.until(() => advisor.of('approval').filter(({ state }) => state === 'open').length === 1 && advisor.of('approval').length === number);
        advisor.session.decide(advisor.of('approval').at(-1)!.id, 'always');
      }
      await asked;
      assert.deepEqual(advisor.of('approval').map(({ state }) => state), ['once', 'once']);
      assert.deepEqual([...advisor.allowed], []);
    });

    it('never run in a workspace that is not trusted', async () => {
      await start({ isTrusted: false });
      const input = { file: 'src/orders.ts', functionName: 'listOrders', reason: 'r' };
      advisor.explained = { kind: 'explained', text: 'plan', evidence: [] };
      advisor.model([bash], [{ tool: 'profile', input }], [{ tool: 'benchmark', input: { reason: 'r' } }], [{ tool: 'explain', input: { sql: 'SELECT 1', reason: 'r' } }], READY, answers(['Yes.']));
      await advisor.session.ask('Why?');
      assert.deepEqual(advisor.ran, []);
      assert.deepEqual(advisor.of('approval'), []);
      assert.deepEqual(advisor.of('step').filter(({ state, detail }) => state !== 'failed' || !/not trusted/.test(detail!)), []);
    });

    it('measure, and what they have measured can be cited', async () => {
      await start();
      await store(advisor.folder.root, profileRun());
      advisor.measured = { kind: 'measured', run: PROFILE_ID, message: 'listOrders: self 12 %, total 62 %.' };
      advisor.model([{ tool: 'profile', input: { file: 'src/orders.ts', functionName: 'listOrders', reason: 'Nothing is measured.' } }], READY, (response, sent) => {
        const id = /\[(E\d+)\] listOrders in src/.exec(JSON.stringify(sent.body.messages.at(-3)))![1]!;
        return streams(answers(['`listOrders` takes 62.1 %.', 'measured', [id]]))(response, sent);
      });
      const asked = advisor.session.ask('Why?');
      await advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval'));
      advisor.session.decide(advisor.of('approval')[0]!.id, 'once');
      await asked;
      assert.deepEqual(answer(), ['listOrders takes 62.1 % <measured>.']);
    });

    it('say that explaining is not available, where it is not', async () => {
      await start();
      advisor.model([{ tool: 'explain', input: { sql: 'SELECT 1', reason: 'r' } }], READY, answers(['Yes.']));
      await advisor.session.ask('Why?');
      assert.match(advisor.of('step')[0]!.detail!, /not available here/);
    });

    it('explain, where somebody can, and cite the plan', async () => {
      await start();
      advisor.explained = { kind: 'explained', text: 'Seq Scan', evidence: [{ key: 'plan', label: 'plan of the query', quality: 'measured', runId: 'r', values: [{ value: 4152, dimension: 'count' }] }] };
      advisor.model([{ tool: 'explain', input: { sql: 'SELECT 1', reason: 'r' } }], READY, (response, sent) => {
        const id = /\[(E\d+)\] plan of the query/.exec(JSON.stringify(sent.body.messages))![1]!;
        return streams(answers(['It reads 4,152 rows.', 'measured', [id]]))(response, sent);
      });
      const asked = advisor.session.ask('Why?');
      await advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval'));
      advisor.session.decide(advisor.of('approval')[0]!.id, 'once');
      await asked;
      assert.deepEqual(answer(), ['It reads 4,152 <measured> rows.']);
    });
  });

  describe('proposals', () => {
    const proposal = {
      title: 'Items loaded one by one', file: 'src/orders.ts', functionName: 'listOrders', resource: 'database', decision: 'upfront',
      why: 'Each order waits for a query of its own.', technique: 'Load the items of all orders with one query.', tradeoffs: 'All items are in memory at once.',
      effortMinutes: 30, validation: 'query count', unit: 'queries', growthNow: 'O(n)', growthAfter: 'O(1)', sizeKind: 'collection', sizeName: 'orders', evidence: ['E1'],
    };
    const propose = async (changes: object): Promise<string> => {
      advisor.model([{ tool: 'propose_recommendation', input: { ...proposal, ...changes } }], READY, answers(['Yes.']));
      await advisor.session.ask('Why?');
      return advisor.of('step').at(-1)!.detail ?? 'done';
    };

    it('enter the report, ranked by the declared scale and marked', async () => {
      await start();
      assert.equal(await propose({}), 'done');
      const report = JSON.stringify(advisor.api.asked[1]!.messages.at(-1));
      assert.match(report, /Proposed as proposal-[0-9a-f]{12}/);
      advisor.model([{ tool: 'findings', input: {} }], READY, answers(['Yes.']));
      await advisor.session.ask('And now?');
      assert.match(JSON.stringify(advisor.api.asked.at(-1)!.messages), /a proposal: Items loaded one by one at src\/orders\.ts:4 in listOrders.*1,000 queries now, 1 after, at orders = 1,000 \(declared\)/);
    });

    const refused: readonly (readonly [string, object, RegExp])[] = [
      ['a file that does not exist', { file: 'src/invented.ts' }, /not among the files/],
      ['a function that does not exist', { functionName: 'loadAll' }, /no function loadAll.*listOrders/],
      ['evidence that does not exist', { evidence: ['E99'] }, /no evidence E99/],
      ['no evidence', { evidence: [] }, /needs evidence/],
      ['a figure in its words', { why: 'It takes 480 ms for each order.' }, /states "480 ms"/],
      ['a figure in words', { technique: 'Load them at once, ten times faster.' }, /states "ten times"/],
      ['an unknown class', { growthNow: 'O(n!)' }, /growthNow is not one of/],
      ['a missing field', { tradeoffs: undefined }, /tradeoffs is missing/],
      ['an unknown field', { priority: 'high' }, /priority is not known/],
      ['an effort that is none', { effortMinutes: 0 }, /effortMinutes/],
    ];
    for (const [what, changes, reason] of refused) {
      it(`are refused with ${what}`, async () => {
        await start();
        assert.match(await propose(changes), reason);
      });
    }
  });

  describe('when it goes wrong', () => {
    it('goes on from where it was, after a failure in the middle', async () => {
      await start();
      advisor.model([{ tool: 'Read', input: { path: 'README.md' }, id: 't1' }], fails(529, 'overloaded_error', 'busy', { 'x-should-retry': 'false' }), READY, answers(['Yes.']));
      await advisor.session.ask('Why?');
      assert.deepEqual(advisor.of('problem').map(({ code, canRetry }) => [code, canRetry]), [['advisor-overloaded', true]]);
      await advisor.session.retry();
      assert.deepEqual(answer(), ['Yes.']);
      assert.match(JSON.stringify(advisor.api.asked[2]!.messages), /# Orders/);
    });

    it('asks again for an answer that is not of the form, and then shows its words as estimates', async () => {
      await start();
      advisor.model(READY, [{ text: 'The p95 is 480 ms, I think.' }], [{ text: '{"claims": [{"topic": "weather"}]}' }]);
      await advisor.session.ask('Why?');
      const [unformed] = advisor.of('unformed');
      assert.match(unformed!.problem, /cannot|not of the form/);
      assert.equal(advisor.api.asked.length, 3);
      assert.match(JSON.stringify(advisor.api.asked[2]!.messages.at(-1)), /there is no JSON object/);
      advisor.model(READY, answers(['The p95 is 480 ms.', 'measured']));
      await advisor.session.ask('Once more?');
      assert.match(answer()[0]!, /~480 ms~ \(no evidence is cited for it\)/);
    });

    it('asks for a shorter answer when it is cut off', async () => {
      await start();
      advisor.model(READY, streams([{ text: '{"claims":[{"topic":"bottleneck","basis":"advice","evi' }], { stop: 'max_tokens' }), answers(['Short.']));
      await advisor.session.ask('Why?');
      assert.match(JSON.stringify(advisor.api.asked[2]!.messages.at(-1)), /cut off, so it has to be shorter/);
      assert.deepEqual(answer(), ['Short.']);
    });

    it('carries out no call that may be cut off', async () => {
      await start();
      advisor.model(streams([{ tool: 'Read', input: { path: 'README.md' } }], { stop: 'max_tokens' }), answers(['Yes.']));
      await advisor.session.ask('Why?');
      assert.deepEqual(advisor.of('step'), []);
      assert.deepEqual(answer(), ['Yes.']);
    });

    it('forgets a question that was refused, so that the next one is not', async () => {
      await start();
      advisor.model(streams([{ text: '' }], { stop: 'refusal' }), READY, answers(['Yes.']));
      await advisor.session.ask('Something bad?');
      assert.deepEqual(advisor.of('problem').map(({ code, canRetry }) => [code, canRetry]), [['advisor-refused', false]]);
      await advisor.session.ask('Something good?');
      assert.doesNotMatch(JSON.stringify(advisor.api.asked[1]), /Something bad/);
      assert.deepEqual(answer(), ['Yes.']);
    });

    it('ends an endless loop of calls, and asks for the answer', async () => {
      await start({ settings: { limits: { dollars: 2, tokens: 1_000_000, requests: 6, toolCalls: 30 } } });
      const call = { tool: 'Read', input: { path: 'README.md' } };
      advisor.model([call], [call], [call], [call], [call], answers(['Enough.']));
      await advisor.session.ask('Why?');
      assert.equal(advisor.api.asked.length, 6);
      assert.equal(advisor.of('step').length, 2, 'the same call is answered twice and no more');
      assert.match(advisor.of('answer')[0]!.notice!, /limits of this question/);
      assert.match(JSON.stringify(advisor.api.asked[5]!.messages.at(-1)), /No more tools can be called/);
    });

    it('ends when the calls are used up', async () => {
      await start({ settings: { limits: { dollars: 2, tokens: 1_000_000, requests: 12, toolCalls: 2 } } });
      const calls = ['a', 'b', 'c'].map((pattern, i) => ({ tool: 'Glob', input: { pattern }, id: `g${i}` }));
      advisor.model(calls, answers(['Enough.']));
      await advisor.session.ask('Why?');
      assert.equal(advisor.of('step').length, 2);
      assert.deepEqual(answer(), ['Enough.']);
    });

    it('stays within its budget of dollars, and gives the rest to the answer', async () => {
      await start({ settings: { limits: { dollars: 0.3, tokens: 1_000_000, requests: 12, toolCalls: 30 } } });
      const usage = { input_tokens: 5000, output_tokens: 2000 };
      advisor.model(streams([{ tool: 'Read', input: { path: 'README.md' } }], { usage }), streams(answers(['Enough.']), { usage }));
      await advisor.session.ask('Why?');
      const most = advisor.api.asked.map(({ max_tokens }) => max_tokens);
      assert.equal(most.length, 2);
      assert.ok(most[0]! < 8000 && most[1]! > 5000, most.join());
      assert.ok(0.3 >= (2 * 5000 * 5 + 2000 * 20 + most[1]! * 20) / 1e6 - 0.1, 'the worst case is paid for');
    });

    it('does not even begin where the budget does not cover an answer', async () => {
      await start({ settings: { limits: { dollars: 0.01, tokens: 1_000_000, requests: 12, toolCalls: 30 } } });
      await advisor.session.ask('Why?');
      assert.deepEqual(advisor.problems, ['advisor-budget-reached']);
      assert.deepEqual(advisor.api.asked, []);
    });

    it('counts tokens where no price is known', async () => {
      await start({ settings: { model: 'claude-unknown', limits: { dollars: 0.01, tokens: 12_000, requests: 12, toolCalls: 30 } } });
      advisor.model(answers(['Enough.']));
      await advisor.session.ask('Why?');
      assert.equal(advisor.api.asked[0]!.max_tokens <= 12_000, true);
      assert.match(advisor.of('spent')[0]!.text, /^1 request, 1,000 tokens in, 100 out\.$/);
    });

    it('answers calls for tools that do not exist or do not fit', async () => {
      await start();
      advisor.model([{ tool: 'fetch_url', input: { url: 'http://x' }, id: 'a' }, { tool: 'Read', input: { file: 'README.md' }, id: 'b' }, { tool: 'Read', input: 'README.md', id: 'c' }], READY, answers(['Yes.']));
      await advisor.session.ask('Why?');
      const results = JSON.stringify(advisor.api.asked[1]!.messages.at(-1));
      assert.match(results, /There is no tool \\"fetch_url\\"/);
      assert.match(results, /path is missing/);
      assert.match(results, /it is no object/);
    });
  });

  describe('stopped by the user', () => {
    it('while the model answers, ends at once and can go on', async () => {
      await start();
      advisor.model([{ tool: 'Read', input: { path: 'README.md' } }], (response) => begin(response), READY, answers(['Yes.']));
      const asked = advisor.session.ask('Why?');
      await advisor.until(() => advisor.api.asked.length === 2);
      advisor.session.stop();
      await asked;
      assert.deepEqual(advisor.problems, ['advisor-stopped']);
      assert.equal(advisor.view.state, 'ready');
      await advisor.session.retry();
      assert.deepEqual(answer(), ['Yes.']);
    });

    it('while it waits for an approval, runs nothing and closes the question', async () => {
      await start();
      advisor.model([{ tool: 'Bash', input: { command: 'ls', reason: 'r' }, id: 'x1' }, { tool: 'Read', input: { path: 'README.md' }, id: 'x2' }], READY, answers(['Yes.']));
      const asked = advisor.session.ask('Why?');
      await advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval'));
      const { id } = advisor.of('approval')[0]!;
      advisor.session.stop();
      await asked;
      assert.equal(advisor.of('approval')[0]!.state, 'denied');
      advisor.session.decide(id, 'once');
      assert.deepEqual(advisor.ran, []);
      await advisor.session.retry();
      const results = advisor.api.asked[1]!.messages.flatMap(({ content }) => (Array.isArray(content) ? content.filter(({ type }) => type === 'tool_result') : []));
      assert.deepEqual(results.map(({ tool_use_id, is_error }) => [tool_use_id, is_error]), [['x1', true], ['x2', true]], 'each call has its answer');
    });

    it('before the first byte', async () => {
      await start();
      advisor.model(() => undefined);
      const asked = advisor.session.ask('Why?');
      await advisor.until(() => advisor.api.asked.length === 1);
      advisor.session.stop();
      await asked;
      assert.deepEqual(advisor.problems, ['advisor-stopped']);
    });

    it('while a command runs, ends it, and hands its call back as stopped', async () => {
      await start();
      let told: AbortSignal | undefined;
      advisor.running = (signal) => new Promise((resolve) => {
        told = signal;
        signal.addEventListener('abort', () => resolve({ output: 'half', isCut: false, ending: 'cancelled' }), { once: true });
      });
      advisor.model([{ tool: 'Bash', input: { command: 'sleep 600', reason: 'r' }, id: 'x1' }], READY, answers(['Yes.']));
      const asked = advisor.session.ask('Why?');
      await advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval'));
      advisor.session.decide(advisor.of('approval')[0]!.id, 'once');
      await advisor.until(() => told !== undefined);
      advisor.session.stop();
      await asked;
      assert.deepEqual(advisor.problems, ['advisor-stopped']);
      assert.equal(advisor.api.asked.length, 1, 'nothing is sent after it was stopped');
      await advisor.session.retry();
      assert.match(JSON.stringify(advisor.api.asked[1]!.messages.at(-1)), /"tool_use_id":"x1".*stopped by the user/);
      assert.deepEqual(answer(), ['Yes.']);
    });

    it('while it connects, sends no question', async () => {
      await start();
      const { api } = advisor;
      api.holdsModelInfo = true;
      const asked = advisor.session.ask('Why?');
      await advisor.until(() => api.sent.some(({ path }) => path.startsWith('/v1/models/')));
      advisor.session.stop();
      await asked;
      assert.deepEqual(advisor.problems, ['advisor-stopped']);
      assert.deepEqual(api.asked, []);
      api.holdsModelInfo = false;
      advisor.model(READY, answers(['Yes.']));
      await advisor.session.retry();
      assert.deepEqual(answer(), ['Yes.']);
    });

    it('during the answer, takes the half answer away', async () => {
      await start();
      advisor.model(READY, streams([{ text: '{"claims":[{"topic":"bottleneck","basis":"advice","evidence":["none"],"text":"Half an answer ' }], { isCut: true }));
      const asked = advisor.session.ask('Why?');
      await advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'answer'));
      advisor.session.stop();
      await asked;
      assert.deepEqual(advisor.of('answer'), []);
    });
  });

  describe('its transcript', () => {
    const transcript = (): string => readFileSync(join(advisor.folder.root, '.performance/advisor', `${advisor.currentId}.jsonl`), 'utf8');

    it('brings the conversation back after a reload, and goes on with it', async () => {
      await start();
      await store(advisor.folder.root, benchmarkRun());
      advisor.model([{ thinking: 'signed' }, { tool: 'evidence', input: {} }], READY, answers(['Yes.']), READY, answers(['The p95 is 483 ms.', 'measured', ['E4', 'E5', 'E6', 'E7', 'E8']]));
      await advisor.session.ask('Why?');
      const before = advisor.entries;
      await advisor.reload();
      assert.deepEqual(advisor.entries, before);
      await advisor.session.ask('And now?');
      assert.match(JSON.stringify(advisor.api.asked[3]!.messages), /signed.*evidence.*READY.*And now\?/);
      assert.ok(answer()[0]!.includes('483 ms <measured>'), answer()[0]);
    });

    it('says that a question was interrupted by the reload, and can go on', async () => {
      await start();
      advisor.model([{ tool: 'Bash', input: { command: 'ls', reason: 'r' } }]);
      void advisor.session.ask('Why?');
      await advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval'));
      const { session } = advisor;
      await session.flushed();
      const copy = transcript();
      session.dispose();
      await session.flushed();
      await new Promise((resolve) => setTimeout(resolve, 50));
      advisor.folder.write(`.performance/advisor/${advisor.currentId}.jsonl`, `${copy}{"type":"entry","entry":{"kind":"st`);
      await advisor.reload();
      assert.deepEqual(advisor.problems, ['advisor-interrupted']);
      advisor.model(READY, answers(['Yes.']));
      await advisor.session.retry();
      assert.deepEqual(answer(), ['Yes.']);
    });

    it('never holds the key, whoever says it', async () => {
      await start();
      advisor.model([{ text: `Your key is ${KEY}.` }, { tool: 'Bash', input: { command: `echo ${KEY}`, reason: KEY } }], READY, answers([`The key ${KEY} is fine.`]));
      const asked = advisor.session.ask(`Is ${KEY} right?`);
      await advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval'));
      advisor.session.decide(advisor.of('approval')[0]!.id, 'no');
      await asked;
      await advisor.session.flushed();
      assert.match(transcript(), /secret removed/);
      assert.equal(transcript().includes(KEY), false, 'the key is in the transcript');
      const withKey = advisor.api.sent.filter(({ text, headers }) => text.includes(`Is ${KEY}`) || JSON.stringify({ ...headers, authorization: '' }).includes(KEY));
      assert.equal(withKey.length, 0, 'the key is sent as text');
    });

    it('is hidden from git and from others', async () => {
      await start();
      advisor.model(READY, answers(['Yes.']));
      await advisor.session.ask('Why?');
      await advisor.session.flushed();
      assert.equal(readFileSync(join(advisor.folder.root, '.performance/.gitignore'), 'utf8'), '*\n');
    });

    it('that is broken costs only itself', async () => {
      await start();
      advisor.currentId = '20261122T201855-1a2b3c';
      advisor.folder.write('.performance/advisor/20261122T201855-1a2b3c.jsonl', 'not a transcript\n');
      await advisor.reload();
      assert.deepEqual(advisor.problems, ['broken-transcript']);
      advisor.model(READY, answers(['Yes.']));
      await advisor.session.ask('Why?');
      assert.deepEqual(answer(), ['Yes.']);
    });

    it('that cannot be written does not stop the conversation', async () => {
      await start();
      advisor.folder.write('.performance', 'a file where the folder should be');
      advisor.model(READY, answers(['Yes.']));
      await advisor.session.ask('Why?');
      await advisor.session.flushed();
      assert.deepEqual(answer(), ['Yes.']);
      assert.deepEqual(advisor.problems, ['transcript-not-written']);
    });

    it('begins anew on request', async () => {
      await start();
      advisor.model(READY, answers(['Yes.']), READY, answers(['No.']));
      await advisor.session.ask('First?');
      await advisor.session.startAnew();
      assert.deepEqual(advisor.entries, []);
      await advisor.session.ask('Second?');
      assert.doesNotMatch(JSON.stringify(advisor.api.asked[2]), /First\?/);
    });
  });
});
