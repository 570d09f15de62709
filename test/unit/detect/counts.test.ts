import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ts } from 'ts-morph';
import { Dispatcher } from '../../../src/detect/dispatch';
import { matchers } from '../../../src/rules/generated/typescript';
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
    assert.deepEqual({ nodes, ruleCalls: dispatch.calls, failures: dispatch.failures }, { nodes: 279, ruleCalls: 650, failures: [] });
  });
});
