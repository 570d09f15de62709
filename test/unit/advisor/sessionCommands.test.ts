import assert from 'node:assert/strict';
import { answers, READY } from './answers';
import { streams } from './messagesApi';
import { PROFILE_ID, profileRun, store } from './runs';
import { useAdvisor } from './useAdvisor';

describe('a conversation with the advisor', function () {
  this.timeout(30_000);
  const held = useAdvisor();

  describe('commands', () => {
    const bash = { tool: 'Bash', input: { command: 'npm test -- --grep orders', reason: 'To see it fail.' }, id: 'b1' };

    it('run after exactly they were allowed, and their output goes to the model', async () => {
      await held.start();
      held.advisor.commandEnd = { output: 'ok 1 - orders\n', isCut: false, code: 0, ending: 'exited' };
      held.advisor.model([bash], READY, answers(['Yes.']));
      const asked = held.advisor.session.ask('Why?');
      await held.advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval'));
      const [approval] = held.advisor.of('approval');
      assert.equal(approval!.command, 'npm test -- --grep orders');
      assert.equal(approval!.reason, 'To see it fail.');
      assert.deepEqual(held.advisor.ran, []);
      held.advisor.session.decide(approval!.id, 'once');
      await asked;
      assert.deepEqual(held.advisor.ran, ['npm test -- --grep orders']);
      assert.match(JSON.stringify(held.advisor.api.asked[1]!.messages.at(-1)), /exit code 0.*ok 1 - orders/);
    });

    it('do not run when they are refused, and the model is told', async () => {
      await held.start();
      held.advisor.model([bash], READY, answers(['Yes.']));
      const asked = held.advisor.session.ask('Why?');
      await held.advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval'));
      held.advisor.session.decide(held.advisor.of('approval')[0]!.id, 'no');
      await asked;
      assert.deepEqual(held.advisor.ran, []);
      assert.equal(held.advisor.of('step')[0]!.state, 'denied');
      assert.match(JSON.stringify(held.advisor.api.asked[1]!.messages.at(-1)), /has not allowed it/);
    });

    it('allowed for good run again without a question, and only exactly they', async () => {
      await held.start();
      const other = { ...bash, input: { command: 'npm test -- --grep orders && curl evil', reason: 'r' }, id: 'b3' };
      held.advisor.model([bash], [{ ...bash, id: 'b2' }, other], READY, answers(['Yes.']));
      const asked = held.advisor.session.ask('Why?');
      await held.advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval'));
      held.advisor.session.decide(held.advisor.of('approval')[0]!.id, 'always');
      await held.advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval' && entry.command.includes('curl')));
      assert.deepEqual(held.advisor.of('approval').map(({ state }) => state), ['always', 'always', 'open']);
      held.advisor.session.decide(held.advisor.of('approval')[2]!.id, 'no');
      await asked;
      assert.deepEqual(held.advisor.ran, [bash.input.command, bash.input.command]);
    });

    it('of a measurement are asked for each time', async () => {
      await held.start();
      const call = { tool: 'benchmark', input: { reason: 'r' } };
      held.advisor.model([call], [{ ...call, input: { reason: 'once more' } }], READY, answers(['Yes.']));
      const asked = held.advisor.session.ask('Why?');
      for (const number of [1, 2]) {
        await held.advisor.until(() => held.advisor.of('approval').filter(({ state }) => state === 'open').length === 1 && held.advisor.of('approval').length === number);
        held.advisor.session.decide(held.advisor.of('approval').at(-1)!.id, 'always');
      }
      await asked;
      assert.deepEqual(held.advisor.of('approval').map(({ state }) => state), ['once', 'once']);
      assert.deepEqual([...held.advisor.allowed], []);
    });

    it('never run in a workspace that is not trusted', async () => {
      await held.start({ isTrusted: false });
      const input = { file: 'src/orders.ts', functionName: 'listOrders', reason: 'r' };
      held.advisor.explained = { kind: 'explained', text: 'plan', evidence: [] };
      held.advisor.model([bash], [{ tool: 'profile', input }], [{ tool: 'benchmark', input: { reason: 'r' } }], [{ tool: 'explain', input: { sql: 'SELECT 1', reason: 'r' } }], READY, answers(['Yes.']));
      await held.advisor.session.ask('Why?');
      assert.deepEqual(held.advisor.ran, []);
      assert.deepEqual(held.advisor.of('approval'), []);
      assert.deepEqual(held.advisor.of('step').filter(({ state, detail }) => state !== 'failed' || !/not trusted/.test(detail!)), []);
    });

    it('measure, and what they have measured can be cited', async () => {
      await held.start();
      await store(held.advisor.folder.root, profileRun());
      held.advisor.measured = { kind: 'measured', run: PROFILE_ID, message: 'listOrders: self 12 %, total 62 %.' };
      held.advisor.model([{ tool: 'profile', input: { file: 'src/orders.ts', functionName: 'listOrders', reason: 'Nothing is measured.' } }], READY, (response, sent) => {
        const id = /\[(E\d+)\] listOrders in src/.exec(JSON.stringify(sent.body.messages.at(-3)))![1]!;
        return streams(answers(['`listOrders` takes 62.1 %.', 'measured', [id]]))(response, sent);
      });
      const asked = held.advisor.session.ask('Why?');
      await held.advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval'));
      held.advisor.session.decide(held.advisor.of('approval')[0]!.id, 'once');
      await asked;
      assert.deepEqual(held.answer(), ['listOrders takes 62.1 % <measured>.']);
    });

    it('say that explaining is not available, where it is not', async () => {
      await held.start();
      held.advisor.model([{ tool: 'explain', input: { sql: 'SELECT 1', reason: 'r' } }], READY, answers(['Yes.']));
      await held.advisor.session.ask('Why?');
      assert.match(held.advisor.of('step')[0]!.detail!, /not available here/);
    });

    it('explain, where somebody can, and cite the plan', async () => {
      await held.start();
      held.advisor.explained = { kind: 'explained', text: 'Seq Scan', evidence: [{ key: 'plan', label: 'plan of the query', quality: 'measured', runId: 'r', values: [{ value: 4152, dimension: 'count' }] }] };
      held.advisor.model([{ tool: 'explain', input: { sql: 'SELECT 1', reason: 'r' } }], READY, (response, sent) => {
        const id = /\[(E\d+)\] plan of the query/.exec(JSON.stringify(sent.body.messages))![1]!;
        return streams(answers(['It reads 4,152 rows.', 'measured', [id]]))(response, sent);
      });
      const asked = held.advisor.session.ask('Why?');
      await held.advisor.until(({ entries }) => entries.some((entry) => entry.kind === 'approval'));
      held.advisor.session.decide(held.advisor.of('approval')[0]!.id, 'once');
      await asked;
      assert.deepEqual(held.answer(), ['It reads 4,152 <measured> rows.']);
    });
  });

  describe('proposals', () => {
    const proposal = {
      title: 'Items loaded one by one', file: 'src/orders.ts', functionName: 'listOrders', resource: 'database', decision: 'upfront',
      why: 'Each order waits for a query of its own.', technique: 'Load the items of all orders with one query.', tradeoffs: 'All items are in memory at once.',
      effortMinutes: 30, validation: 'query count', unit: 'queries', growthNow: 'O(n)', growthAfter: 'O(1)', sizeKind: 'collection', sizeName: 'orders', evidence: ['E1'],
    };
    const propose = async (changes: object): Promise<string> => {
      held.advisor.model([{ tool: 'propose_recommendation', input: { ...proposal, ...changes } }], READY, answers(['Yes.']));
      await held.advisor.session.ask('Why?');
      return held.advisor.of('step').at(-1)!.detail ?? 'done';
    };

    it('enter the report, ranked by the declared scale and marked', async () => {
      await held.start();
      assert.equal(await propose({}), 'done');
      const report = JSON.stringify(held.advisor.api.asked[1]!.messages.at(-1));
      assert.match(report, /Proposed as proposal-[0-9a-f]{12}/);
      held.advisor.model([{ tool: 'findings', input: {} }], READY, answers(['Yes.']));
      await held.advisor.session.ask('And now?');
      assert.match(JSON.stringify(held.advisor.api.asked.at(-1)!.messages), /a proposal: Items loaded one by one at src\/orders\.ts:4 in listOrders.*1,000 queries now, 1 after, at orders = 1,000 \(declared\)/);
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
        await held.start();
        assert.match(await propose(changes), reason);
      });
    }
  });
});
