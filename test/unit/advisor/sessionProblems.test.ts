import assert from 'node:assert/strict';
import { answers, READY } from './answers';
import { fails, streams } from './messagesApi';
import { useAdvisor } from './useAdvisor';

describe('a conversation with the advisor', function () {
  this.timeout(30_000);
  const held = useAdvisor();

  describe('when it goes wrong', () => {
    it('goes on from where it was, after a failure in the middle', async () => {
      await held.start();
      held.advisor.model([{ tool: 'Read', input: { path: 'README.md' }, id: 't1' }], fails(529, 'overloaded_error', 'busy', { 'x-should-retry': 'false' }), READY, answers(['Yes.']));
      await held.advisor.session.ask('Why?');
      assert.deepEqual(held.advisor.of('problem').map(({ code, canRetry }) => [code, canRetry]), [['advisor-overloaded', true]]);
      await held.advisor.session.retry();
      assert.deepEqual(held.answer(), ['Yes.']);
      assert.match(JSON.stringify(held.advisor.api.asked[2]!.messages), /# Orders/);
    });

    it('asks again for an answer that is not of the form, and then shows its words as estimates', async () => {
      await held.start();
      held.advisor.model(READY, [{ text: 'The p95 is 480 ms, I think.' }], [{ text: '{"claims": [{"topic": "weather"}]}' }]);
      await held.advisor.session.ask('Why?');
      const [unformed] = held.advisor.of('unformed');
      assert.match(unformed!.problem, /cannot|not of the form/);
      assert.equal(held.advisor.api.asked.length, 3);
      assert.match(JSON.stringify(held.advisor.api.asked[2]!.messages.at(-1)), /there is no JSON object/);
      held.advisor.model(READY, answers(['The p95 is 480 ms.', 'measured']));
      await held.advisor.session.ask('Once more?');
      assert.match(held.answer()[0]!, /~480 ms~ \(no evidence is cited for it\)/);
    });

    it('asks for a shorter answer when it is cut off', async () => {
      await held.start();
      held.advisor.model(READY, streams([{ text: '{"claims":[{"topic":"bottleneck","basis":"advice","evi' }], { stop: 'max_tokens' }), answers(['Short.']));
      await held.advisor.session.ask('Why?');
      assert.match(JSON.stringify(held.advisor.api.asked[2]!.messages.at(-1)), /cut off, so it has to be shorter/);
      assert.deepEqual(held.answer(), ['Short.']);
    });

    it('carries out no call that may be cut off', async () => {
      await held.start();
      held.advisor.model(streams([{ tool: 'Read', input: { path: 'README.md' } }], { stop: 'max_tokens' }), answers(['Yes.']));
      await held.advisor.session.ask('Why?');
      assert.deepEqual(held.advisor.of('step'), []);
      assert.deepEqual(held.answer(), ['Yes.']);
    });

    it('forgets a question that was refused, so that the next one is not', async () => {
      await held.start();
      held.advisor.model(streams([{ text: '' }], { stop: 'refusal' }), READY, answers(['Yes.']));
      await held.advisor.session.ask('Something bad?');
      assert.deepEqual(held.advisor.of('problem').map(({ code, canRetry }) => [code, canRetry]), [['advisor-refused', false]]);
      await held.advisor.session.ask('Something good?');
      assert.doesNotMatch(JSON.stringify(held.advisor.api.asked[1]), /Something bad/);
      assert.deepEqual(held.answer(), ['Yes.']);
    });

    it('ends an endless loop of calls, and asks for the answer', async () => {
      await held.start({ settings: { limits: { dollars: 2, tokens: 1_000_000, requests: 6, toolCalls: 30 } } });
      const call = { tool: 'Read', input: { path: 'README.md' } };
      held.advisor.model([call], [call], [call], [call], [call], answers(['Enough.']));
      await held.advisor.session.ask('Why?');
      assert.equal(held.advisor.api.asked.length, 6);
      assert.equal(held.advisor.of('step').length, 2, 'the same call is answered twice and no more');
      assert.match(held.advisor.of('answer')[0]!.notice!, /limits of this question/);
      assert.match(JSON.stringify(held.advisor.api.asked[5]!.messages.at(-1)), /No more tools can be called/);
    });

    it('ends when the calls are used up', async () => {
      await held.start({ settings: { limits: { dollars: 2, tokens: 1_000_000, requests: 12, toolCalls: 2 } } });
      const calls = ['a', 'b', 'c'].map((pattern, i) => ({ tool: 'Glob', input: { pattern }, id: `g${i}` }));
      held.advisor.model(calls, answers(['Enough.']));
      await held.advisor.session.ask('Why?');
      assert.equal(held.advisor.of('step').length, 2);
      assert.deepEqual(held.answer(), ['Enough.']);
    });

    it('stays within its budget of dollars, and gives the rest to the answer', async () => {
      await held.start({ settings: { limits: { dollars: 0.3, tokens: 1_000_000, requests: 12, toolCalls: 30 } } });
      const usage = { input_tokens: 5000, output_tokens: 2000 };
      held.advisor.model(streams([{ tool: 'Read', input: { path: 'README.md' } }], { usage }), streams(answers(['Enough.']), { usage }));
      await held.advisor.session.ask('Why?');
      const most = held.advisor.api.asked.map(({ max_tokens }) => max_tokens);
      assert.equal(most.length, 2);
      assert.ok(most[0]! < 8000 && most[1]! > 5000, most.join());
      assert.ok(0.3 >= (2 * 5000 * 5 + 2000 * 20 + most[1]! * 20) / 1e6 - 0.1, 'the worst case is paid for');
    });

    it('does not even begin where the budget does not cover an answer', async () => {
      await held.start({ settings: { limits: { dollars: 0.01, tokens: 1_000_000, requests: 12, toolCalls: 30 } } });
      await held.advisor.session.ask('Why?');
      assert.deepEqual(held.advisor.problems, ['advisor-budget-reached']);
      assert.deepEqual(held.advisor.api.asked, []);
    });

    it('counts tokens where no price is known', async () => {
      await held.start({ settings: { model: 'claude-unknown', limits: { dollars: 0.01, tokens: 12_000, requests: 12, toolCalls: 30 } } });
      held.advisor.model(answers(['Enough.']));
      await held.advisor.session.ask('Why?');
      assert.equal(held.advisor.api.asked[0]!.max_tokens <= 12_000, true);
      assert.match(held.advisor.of('spent')[0]!.text, /^1 request, 1,000 tokens in, 100 out\.$/);
    });

    it('answers calls for tools that do not exist or do not fit', async () => {
      await held.start();
      held.advisor.model([{ tool: 'fetch_url', input: { url: 'http://x' }, id: 'a' }, { tool: 'Read', input: { file: 'README.md' }, id: 'b' }, { tool: 'Read', input: 'README.md', id: 'c' }], READY, answers(['Yes.']));
      await held.advisor.session.ask('Why?');
      const results = JSON.stringify(held.advisor.api.asked[1]!.messages.at(-1));
      assert.match(results, /There is no tool \\"fetch_url\\"/);
      assert.match(results, /path is missing/);
      assert.match(results, /it is no object/);
    });
  });
});
