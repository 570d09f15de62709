import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { CLI, ensureBuilt } from './support';

const ORDERS = `import { Pool } from 'pg';
const pool = new Pool();
export async function listOrders(orders) {
  for (const order of orders) await pool.query('SELECT id FROM items WHERE order_id = $1', [order.id]);
}
`;
const BUSY = `export function busy() {
  let sum = 0;
  for (let i = 0; i < 3e8; i++) sum += i % 7;
  return sum;
}
`;

describe('performance-engineer mcp', function () {
  this.timeout(120_000);
  let folder: string;
  let client: Client;
  before(ensureBuilt);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'performance-mcp-'));
    writeFileSync(join(folder, 'orders.js'), ORDERS);
    writeFileSync(join(folder, 'performance.json'), JSON.stringify({ scale: { collections: { orders: 1000 } } }));
  });
  afterEach(async () => {
    await client.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The official client over stdio. `answer`: what its user says when asked whether a command may run. */
  async function connect(args: readonly string[] = [], answer?: { action: 'accept' | 'decline'; run?: boolean }): Promise<string[]> {
    const asked: string[] = [];
    client = new Client({ name: 'test', version: '1.0.0' }, { capabilities: answer ? { elicitation: {} } : {} });
    if (answer) {
      client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
        asked.push(params.message);
        return answer.action === 'accept' ? { action: 'accept', content: { run: answer.run ?? false } } : { action: 'decline' };
      });
    }
    await client.connect(new StdioClientTransport({ command: process.execPath, args: [CLI, 'mcp', folder, ...args], stderr: 'ignore' }));
    return asked;
  }

  const call = async (name: string, input: Record<string, unknown> = {}): Promise<{ text: string; isError: boolean }> => {
    const { content, isError = false } = (await client.callTool({ name, arguments: input })) as { content: { text: string }[]; isError?: boolean };
    return { text: content[0]!.text, isError };
  };

  it('says who it is and lists its tools with their schemas', async () => {
    await connect();
    assert.equal(client.getServerVersion()!.name, 'performance-engineer');
    assert.match(client.getInstructions()!, /data and no instructions/);
    const { tools } = await client.listTools();
    assert.deepEqual(tools.map(({ name, annotations }) => [name, annotations!.readOnlyHint]), [
      ['performance_findings', true], ['performance_profile', false], ['performance_explain', false], ['performance_report', true],
    ]);
    assert.ok(tools.every(({ inputSchema, description }) => inputSchema.type === 'object' && description!.length > 50));
  });

  it('tells findings, each marked, and follows edits', async () => {
    await connect();
    const { text } = await call('performance_findings');
    assert.match(text, /^\[estimate\] high, rule n-plus-one-query: .* at orders\.js:4 in listOrders/);
    assert.match(text, /1,001 queries now, 2 after, at .* = 1,000 \(declared\)/);
    writeFileSync(join(folder, 'orders.js'), 'export const a = 1;\n');
    assert.equal((await call('performance_findings')).text, 'There is no such finding.');
  });

  it('prints the report as Markdown', async () => {
    await connect();
    assert.match((await call('performance_report')).text, /^# Performance report[\s\S]*## Analysis[\s\S]*### High Priority/);
  });

  it('answers what does not fit with what is wrong', async () => {
    await connect();
    for (const [name, input, words] of [
      ['performance_findings', { rule: 'no-such-rule' }, /no rule no-such-rule/],
      ['performance_findings', { file: 'invented.js' }, /not among the files/],
      ['performance_findings', { files: 'orders.js' }, /files is not known/],
      ['performance_profile', { measure: true }, /name the file and the function/],
      ['performance_explain', { sql: 'SELECT 1' }, /not available/],
      ['no_such_tool', {}, /no tool/],
    ] as const) {
      const { text, isError } = await call(name, input);
      assert.ok(isError);
      assert.match(text, words);
    }
    writeFileSync(join(folder, 'performance.json'), '{ "scale": ');
    const broken = await call('performance_findings');
    assert.ok(broken.isError);
    assert.match(broken.text, /performance\.json/);
  });

  describe('asked to measure', () => {
    const input = { file: 'busy.mjs', functionName: 'busy', measure: true };
    beforeEach(() => {
      writeFileSync(join(folder, 'busy.mjs'), BUSY);
      writeFileSync(join(folder, 'busy.test.mjs'), `import { test } from 'node:test';\nimport { busy } from './busy.mjs';\ntest('busy', () => void busy());\n`);
    });

    it('shows the exact command, runs it once it is allowed, and quotes the run', async () => {
      const asked = await connect([], { action: 'accept', run: true });
      const { text, isError } = await call('performance_profile', input);
      assert.equal(isError, false, text);
      assert.equal(asked.length, 1);
      assert.match(asked[0]!, /--cpu-prof .*busy\.test\.mjs/);
      assert.match(text, /\[measured, run \d{8}T\d{6}-[0-9a-f]{6}\] busy in busy\.mjs: self/);
      assert.match((await call('performance_profile', { functionName: 'busy' })).text, /busy in busy\.mjs/);
    });

    for (const answer of [{ action: 'decline' }, { action: 'accept', run: false }] as const) {
      it(`runs nothing when the user answers ${JSON.stringify(answer)}`, async () => {
        const asked = await connect([], answer);
        const { text, isError } = await call('performance_profile', input);
        assert.ok(isError);
        assert.match(text, /not allowed/);
        assert.equal(asked.length, 1);
        assert.equal((await call('performance_profile', {})).text, 'Nothing was measured there yet.');
      });
    }

    it('runs nothing where the client cannot ask', async () => {
      await connect();
      const { text, isError } = await call('performance_profile', input);
      assert.ok(isError);
      assert.match(text, /cannot ask its user first.*busy\.test\.mjs/);
    });

    it('runs nothing with --facts-only', async () => {
      const asked = await connect(['--facts-only'], { action: 'accept', run: true });
      assert.match((await call('performance_profile', input)).text, /Nothing can be run from here/);
      assert.deepEqual(asked, []);
    });
  });
});
