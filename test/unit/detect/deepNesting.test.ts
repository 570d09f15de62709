import assert from 'node:assert/strict';
import { createDetector } from '../../../src/detect/detector';

const LOOP = `import { Pool } from 'pg';
const pool = new Pool();
export async function list(orders: { id: number }[]) {
  for (const order of orders) {
    await pool.query('SELECT sku FROM items WHERE order_id = $1', [order.id]);
  }
}
`;

/** Code as generators write it, deeper than any stack. */
const DEEP: Readonly<Record<string, string>> = {
  'a concatenation of 20,000 parts': `export const text = ${Array.from({ length: 20_000 }, (_, i) => `'part ${i}'`).join(' + ')};\n`,
  'a chain of 5,000 calls': `export const built = start${'.and(x)'.repeat(5000)};\n`,
  '800 nested functions': `export const run = ${'() => '.repeat(800)}1;\n`,
};

describe('code that is nested very deep', () => {
  for (const [name, text] of Object.entries(DEEP)) {
    it(`leaves the rest of the file its findings: ${name}`, async () => {
      const detector = createDetector();
      await detector.update('src/deep.ts', text + LOOP);
      const { findings, failures } = detector.check();
      assert.deepEqual(failures, []);
      assert.deepEqual(findings.map(({ rule, functionName }) => `${rule} ${functionName}`), ['n-plus-one-query list']);
    });
  }

  it('says so where the parser itself gives up', async () => {
    const detector = createDetector();
    await detector.update('src/deep.ts', `export const nested = ${'['.repeat(50_000)}${']'.repeat(50_000)};\n${LOOP}`);
    await detector.update('src/list.ts', LOOP);
    const { findings, failures } = detector.check();
    assert.deepEqual(failures.map(({ code, file }) => [code, file]), [['nested-too-deep', 'src/deep.ts']]);
    assert.deepEqual(findings.map(({ file }) => file), ['src/list.ts']);
  });
});
