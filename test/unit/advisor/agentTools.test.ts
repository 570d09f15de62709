import assert from 'node:assert/strict';
import { type AgentToolContext, callAgentTool } from '../../../src/advisor/agentTools';
import type { QueryProver } from '../../../src/advisor/host';
import { proofCommand } from '../../../src/advisor/tools/proofCommand';
import type { ApprovalQuestion } from '../../../src/advisor/tools/tool';
import { FailureError } from '../../../src/core/failures';

const never = new AbortController().signal;
const input = { sql: 'SELECT id FROM items WHERE order_id = $1', change: 'CREATE INDEX ON items (order_id)' };

/** Asks for the statements that it is given, and has run what it then explains. */
class Prover implements QueryProver {
  readonly ran: string[] = [];

  async explain({ sql, change }: Parameters<QueryProver['explain']>[0], { ask }: Parameters<QueryProver['explain']>[1]): ReturnType<QueryProver['explain']> {
    const command = proofCommand({ engine: 'pglite', queries: [{ sql }], candidates: change === undefined ? [] : [{ statements: [change] }] });
    if (!(await ask(command, ''))) return { kind: 'refused' };
    this.ran.push(sql);
    return { kind: 'explained', text: 'Seq Scan on items', evidence: [] };
  }
}

describe('performance_explain, for any agent', () => {
  let prover: Prover;
  let asked: ApprovalQuestion[];
  beforeEach(() => {
    prover = new Prover();
    asked = [];
  });

  const call = (sent: object, { allows = true, isTrusted = true, has = true } = {}) => {
    const context: AgentToolContext = {
      facts: { ask: () => assert.fail('it asks for no fact') },
      ...(has && { prover }),
      isTrusted: () => isTrusted,
      approve: async (question) => {
        asked.push(question);
        return allows;
      },
    };
    return callAgentTool('performance_explain', sent, context, never);
  };

  it('asks with the exact statements, says who wants it, and answers with the plan', async () => {
    assert.deepEqual(await call(input), { text: 'Seq Scan on items' });
    assert.deepEqual(asked.map(({ command }) => command), [`EXPLAIN in PGlite, on made-up rows in memory:\n${input.sql}\n${input.change}`]);
    assert.match(asked[0]!.reason, /Another agent/);
  });

  it('runs nothing that is refused, and nothing of a workspace that is not trusted', async () => {
    assert.deepEqual(await call(input, { allows: false }), { text: 'The user has not allowed it.', isError: true });
    assert.match((await call(input, { isTrusted: false })).text, /not trusted/);
    assert.match((await call(input, { has: false })).text, /not available here/);
    assert.equal(asked.length, 1);
    assert.deepEqual(prover.ran, []);
  });

  it('does not even ask about a statement that hides something', async () => {
    const thrown: unknown = await call({ sql: 'SELECT id FROM items -- \u202e 1 = di' }).catch((error: unknown) => error);
    assert.ok(thrown instanceof FailureError);
    assert.match(thrown.failure.message, /cannot be seen/);
    assert.deepEqual([asked, prover.ran], [[], []]);
  });

  it('says which argument does not fit', async () => {
    assert.match((await call({ query: 'SELECT 1' })).text, /sql is missing|query is not known/);
  });
});

describe('what is asked before a proof', () => {
  it('shows each statement that may be run, the simpler form of a query too', () => {
    const text = proofCommand({ engine: 'sqlite', queries: [{ sql: 'SELECT a' }, { sql: 'SELECT b' }], candidates: [{ statements: ['CREATE INDEX i ON t (a)'] }] });
    assert.deepEqual(text.split('\n').filter((line) => /SELECT|CREATE/.test(line)), ['SELECT a', 'SELECT b', 'CREATE INDEX i ON t (a)']);
  });
});
