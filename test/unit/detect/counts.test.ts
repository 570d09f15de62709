import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ts } from 'ts-morph';
import { Dispatcher } from '../../../src/detect/dispatch';
import { matchers } from '../../../src/rules/generated/typescript';
import { createDetector } from '../../../src/detect/detector';
import { parseCount } from '../../../src/syntax/sql/parser';
import { TypeScriptFile } from '../../../src/syntax/typescript/file';

/** A file that does not change with the project: counts of work are compared to what they were. */
const FIXTURE = join(__dirname, '../../fixtures/n-plus-one-query/typescript/bad-orms.ts');

describe('work of a full pass', () => {
  it('visits each node once and calls rules for a known part of the nodes', () => {
    const file = new TypeScriptFile('src/bad-orms.ts', readFileSync(FIXTURE, 'utf8'));
    const dispatch = new Dispatcher(matchers).forFile('src/bad-orms.ts', file, () => undefined);
    let nodes = 0;
    const visit = (node: ts.Node): void => {
      nodes++;
      dispatch.visit(node.kind, node);
      ts.forEachChild(node, visit);
    };
    visit(file.source);
    assert.deepEqual({ nodes, ruleCalls: dispatch.calls, failures: dispatch.failures }, { nodes: 279, ruleCalls: 691, failures: [] });
  });

  it('parses one statement of SQL for an edit of one, in a script and in the strings of a program', async () => {
    const statements = Array.from({ length: 50 }, (_, i) => `SELECT a_${i} FROM t WHERE b = $1`);
    const files = {
      'queries.sql': statements.map((statement) => `${statement};\n`).join(''),
      'queries.ts': statements.map((statement, i) => `export const query${i} = \`${statement}\`;\n`).join(''),
      'queries.py': statements.map((statement, i) => `QUERY_${i} = """${statement}"""\n`).join(''),
    };
    const detector = createDetector();
    for (const [file, text] of Object.entries(files)) {
      await detector.update(file, text, true);
      const before = parseCount();
      await detector.update(file, text.replace('a_7 FROM', `edited_in_${file.slice(-2)} FROM`), true);
      assert.equal(parseCount() - before, 1, file);
    }
  });
});
