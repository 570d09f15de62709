import assert from 'node:assert/strict';
import { createDetector } from '../../../src/detect/detector';

const RULE = 'offset-pagination';
const IGNORE = `performance-ignore ${RULE}: an export that nobody waits for`;

async function findings(file: string, text: string): Promise<number> {
  const detector = createDetector({ only: [RULE] });
  await detector.update(file, text);
  return detector.check().findings.length;
}

describe('suppressing a finding inside SQL', () => {
  const typescript = (before: string, inside = '') => `export async function list(page: number) {
  ${before}
  const rows = await db.query(
    \`${inside}
      SELECT id FROM orders
      ORDER BY id LIMIT 50
      OFFSET $1\`, [page]);
  return rows;
}
`;
  const python = (before: string, inside = '') => `def rows(cursor, page):
    ${before}
    cursor.execute(
        """${inside}
        SELECT id FROM orders
        ORDER BY id LIMIT 50
        OFFSET %s""", [page])
`;

  it('finds it where no comment speaks of it', async () => {
    assert.deepEqual([await findings('a.ts', typescript('')), await findings('a.py', python('pass'))], [1, 1]);
    assert.equal(await findings('a.ts', typescript('// performance-ignore select-star: another rule')), 1);
  });

  it('takes a comment above the statement that holds the string', async () => {
    assert.deepEqual([await findings('a.ts', typescript(`// ${IGNORE}`)), await findings('a.py', python(`# ${IGNORE}`))], [0, 0]);
  });

  it('takes an SQL comment inside the string, above the finding or above its statement', async () => {
    for (const comment of [`-- ${IGNORE}`, `/* ${IGNORE} */`]) {
      assert.deepEqual([await findings('a.ts', typescript('', `\n${comment}`)), await findings('a.py', python('pass', `\n${comment}`))], [0, 0], comment);
      const at = (text: string) => text.replace('OFFSET', `${comment}\nOFFSET`);
      assert.deepEqual([await findings('a.ts', at(typescript(''))), await findings('a.py', at(python('pass')))], [0, 0], comment);
    }
    assert.equal(await findings('a.sql', `-- ${IGNORE}\nSELECT id FROM orders\nORDER BY id LIMIT 50 OFFSET $1;`), 0);
  });

  it('reports an SQL comment in a string that names no reason', async () => {
    const detector = createDetector({ only: [RULE] });
    await detector.update('a.py', python('pass', `\n-- performance-ignore ${RULE}`));
    assert.deepEqual(detector.check().findings.map(({ rule }) => rule).sort(), ['expired-suppression', RULE]);
  });

  it('does not read a comment in a string that holds no SQL', async () => {
    const detector = createDetector({ only: [RULE] });
    await detector.update('a.ts', `const text = \`\n-- performance-ignore ${RULE}: x\n\`;\n`);
    assert.deepEqual(detector.suppressions('a.ts'), []);
  });
});
