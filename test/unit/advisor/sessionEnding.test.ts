import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answers, READY } from './answers';
import { begin, streams } from './messagesApi';
import { benchmarkRun, store } from './runs';
import { KEY } from './testAdvisor';
import { useAdvisor } from './useAdvisor';

describe('a conversation with the advisor', function () {
  this.timeout(30_000);
  const held = useAdvisor();

  describe('stopped by the user', () => {
    it('while the model answers, ends at once and can go on', async () => {
      await held.start();
      held.advisor.model([{ tool: 'Read', input: { path: 'README.md' } }], (response) => begin(response), READY, answers(['Yes.']));
      const asked = held.advisor.session.ask('Why?');
      await held.advisor.until(() => held.advisor.api.asked.length === 2);
      held.advisor.session.stop();
      await asked;
      assert.deepEqual(held.advisor.problems, ['advisor-stopped']);
      assert.equal(held.advisor.view.state, 'ready');
      await held.advisor.session.retry();
      assert.deepEqual(held.answer(), ['Yes.']);
    });

    it('while it waits for an approval, runs nothing and closes the question', async () => {
      await held.start();
      held.advisor.model([{ tool: 'Bash', input: { command: 'ls', reason: 'r' }, id: 'x1' }, { tool: 'Read', input: { path: 'README.md' }, id: 'x2' }], READY, answers(['Yes.']));
      const asked = held.advisor.session.ask('Why?');
      await held.advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval'));
      const { id } = held.advisor.of('approval')[0]!;
      held.advisor.session.stop();
      await asked;
      assert.equal(held.advisor.of('approval')[0]!.state, 'denied');
      held.advisor.session.decide(id, 'once');
      assert.deepEqual(held.advisor.ran, []);
      await held.advisor.session.retry();
      const results = held.advisor.api.asked[1]!.messages.flatMap(({ content }) => (Array.isArray(content) ? content.filter(({ type }) => type === 'tool_result') : []));
      assert.deepEqual(results.map(({ tool_use_id, is_error }) => [tool_use_id, is_error]), [['x1', true], ['x2', true]], 'each call has its answer');
    });

    it('before the first byte', async () => {
      await held.start();
      held.advisor.model(() => undefined);
      const asked = held.advisor.session.ask('Why?');
      await held.advisor.until(() => held.advisor.api.asked.length === 1);
      held.advisor.session.stop();
      await asked;
      assert.deepEqual(held.advisor.problems, ['advisor-stopped']);
    });

    it('while a command runs, ends it, and hands its call back as stopped', async () => {
      await held.start();
      let told: AbortSignal | undefined;
      held.advisor.running = (signal) => new Promise((resolve) => {
        told = signal;
        signal.addEventListener('abort', () => resolve({ output: 'half', isCut: false, ending: 'cancelled' }), { once: true });
      });
      held.advisor.model([{ tool: 'Bash', input: { command: 'sleep 600', reason: 'r' }, id: 'x1' }], READY, answers(['Yes.']));
      const asked = held.advisor.session.ask('Why?');
      await held.advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval'));
      held.advisor.session.decide(held.advisor.of('approval')[0]!.id, 'once');
      await held.advisor.until(() => told !== undefined);
      held.advisor.session.stop();
      await asked;
      assert.deepEqual(held.advisor.problems, ['advisor-stopped']);
      assert.equal(held.advisor.api.asked.length, 1, 'nothing is sent after it was stopped');
      await held.advisor.session.retry();
      assert.match(JSON.stringify(held.advisor.api.asked[1]!.messages.at(-1)), /"tool_use_id":"x1".*stopped by the user/);
      assert.deepEqual(held.answer(), ['Yes.']);
    });

    it('while it connects, sends no question', async () => {
      await held.start();
      const { api } = held.advisor;
      api.holdsModelInfo = true;
      const asked = held.advisor.session.ask('Why?');
      await held.advisor.until(() => api.sent.some(({ path }) => path.startsWith('/v1/models/')));
      held.advisor.session.stop();
      await asked;
      assert.deepEqual(held.advisor.problems, ['advisor-stopped']);
      assert.deepEqual(api.asked, []);
      api.holdsModelInfo = false;
      held.advisor.model(READY, answers(['Yes.']));
      await held.advisor.session.retry();
      assert.deepEqual(held.answer(), ['Yes.']);
    });

    it('during the answer, takes the half answer away', async () => {
      await held.start();
      held.advisor.model(READY, streams([{ text: '{"claims":[{"topic":"bottleneck","basis":"advice","evidence":["none"],"text":"Half an answer ' }], { isCut: true }));
      const asked = held.advisor.session.ask('Why?');
      await held.advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'answer'));
      held.advisor.session.stop();
      await asked;
      assert.deepEqual(held.advisor.of('answer'), []);
    });
  });

  describe('its transcript', () => {
    const transcript = (): string => readFileSync(join(held.advisor.folder.root, '.performance/advisor', `${held.advisor.currentId}.jsonl`), 'utf8');

    it('brings the conversation back after a reload, and goes on with it', async () => {
      await held.start();
      await store(held.advisor.folder.root, benchmarkRun());
      held.advisor.model([{ thinking: 'signed' }, { tool: 'evidence', input: {} }], READY, answers(['Yes.']), READY, answers(['The p95 is 483 ms.', 'measured', ['E4', 'E5', 'E6', 'E7', 'E8']]));
      await held.advisor.session.ask('Why?');
      const before = held.advisor.entries;
      await held.advisor.reload();
      assert.deepEqual(held.advisor.entries, before);
      await held.advisor.session.ask('And now?');
      assert.match(JSON.stringify(held.advisor.api.asked[3]!.messages), /signed.*evidence.*READY.*And now\?/);
      assert.ok(held.answer()[0]!.includes('483 ms <measured>'), held.answer()[0]);
    });

    it('says that a question was interrupted by the reload, and can go on', async () => {
      await held.start();
      held.advisor.model([{ tool: 'Bash', input: { command: 'ls', reason: 'r' } }]);
      void held.advisor.session.ask('Why?');
      await held.advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval'));
      const { session } = held.advisor;
      await session.flushed();
      const copy = transcript();
      session.dispose();
      await session.flushed();
      await new Promise((resolve) => setTimeout(resolve, 50));
      held.advisor.folder.write(`.performance/advisor/${held.advisor.currentId}.jsonl`, `${copy}{"type":"entry","entry":{"kind":"st`);
      await held.advisor.reload();
      assert.deepEqual(held.advisor.problems, ['advisor-interrupted']);
      held.advisor.model(READY, answers(['Yes.']));
      await held.advisor.session.retry();
      assert.deepEqual(held.answer(), ['Yes.']);
    });

    it('never holds the key, whoever says it', async () => {
      await held.start();
      held.advisor.model([{ text: `Your key is ${KEY}.` }, { tool: 'Bash', input: { command: `echo ${KEY}`, reason: KEY } }], READY, answers([`The key ${KEY} is fine.`]));
      const asked = held.advisor.session.ask(`Is ${KEY} right?`);
      await held.advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval'));
      held.advisor.session.decide(held.advisor.of('approval')[0]!.id, 'no');
      await asked;
      await held.advisor.session.flushed();
      assert.match(transcript(), /secret removed/);
      assert.equal(transcript().includes(KEY), false, 'the key is in the transcript');
      const withKey = held.advisor.api.sent.filter(({ text, headers }) => text.includes(`Is ${KEY}`) || JSON.stringify({ ...headers, authorization: '' }).includes(KEY));
      assert.equal(withKey.length, 0, 'the key is sent as text');
    });

    it('is hidden from git and from others', async () => {
      await held.start();
      held.advisor.model(READY, answers(['Yes.']));
      await held.advisor.session.ask('Why?');
      await held.advisor.session.flushed();
      assert.equal(readFileSync(join(held.advisor.folder.root, '.performance/.gitignore'), 'utf8'), '*\n');
    });

    it('that is broken costs only itself', async () => {
      await held.start();
      held.advisor.currentId = '20261122T201855-1a2b3c';
      held.advisor.folder.write('.performance/advisor/20261122T201855-1a2b3c.jsonl', 'not a transcript\n');
      await held.advisor.reload();
      assert.deepEqual(held.advisor.problems, ['broken-transcript']);
      held.advisor.model(READY, answers(['Yes.']));
      await held.advisor.session.ask('Why?');
      assert.deepEqual(held.answer(), ['Yes.']);
    });

    it('that cannot be written does not stop the conversation', async () => {
      await held.start();
      held.advisor.folder.write('.performance', 'a file where the folder should be');
      held.advisor.model(READY, answers(['Yes.']));
      await held.advisor.session.ask('Why?');
      await held.advisor.session.flushed();
      assert.deepEqual(held.answer(), ['Yes.']);
      assert.deepEqual(held.advisor.problems, ['transcript-not-written']);
    });

    it('begins anew on request', async () => {
      await held.start();
      held.advisor.model(READY, answers(['Yes.']), READY, answers(['No.']));
      await held.advisor.session.ask('First?');
      await held.advisor.session.startAnew();
      assert.deepEqual(held.advisor.entries, []);
      await held.advisor.session.ask('Second?');
      assert.doesNotMatch(JSON.stringify(held.advisor.api.asked[2]), /First\?/);
    });
  });
});
