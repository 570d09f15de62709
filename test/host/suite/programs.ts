import * as fs from 'node:fs';
import * as path from 'node:path';
import { uriOf } from './workspace';

/**
 * Small programs that tests put into the copy of the demo, where they need something to be measured
 * that takes a known course in a short time. Each key is a file.
 */
const programs = {
  'typescript/src/busy.ts': `export function busy(rounds: number): number {
  let sum = 0;
  for (let i = 0; i < rounds; i += 1) {
    sum += Math.sqrt(i) * Math.sin(i);
  }
  return sum;
}
`,
  'typescript/test/busy.test.ts': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { busy } from '../src/busy.ts';

test('busy', () => {
  const end = Date.now() + 700;
  while (Date.now() < end) assert.ok(busy(200_000) !== 0);
});
`,
  'python/orders/busy.py': `def busy(rounds: int) -> float:
    total = 0.0
    for i in range(rounds):
        total += (i * i) ** 0.5
    return total
`,
  'python/tests/test_busy.py': `import time
import unittest

from orders.busy import busy


class Busy(unittest.TestCase):
    def test_busy(self):
        end = time.monotonic() + 0.7
        while time.monotonic() < end:
            self.assertGreater(busy(50_000), 0)
`,
  'python/orders/lonely.py': `def lonely(count: int) -> int:
    return sum(i * i for i in range(count))
`,
  'a.bench.mjs': `import { writeFileSync } from 'node:fs';

const samples = Array.from({ length: 20 }, (_, turn) => 1 + turn / 10);
const file = process.argv[process.argv.indexOf('--json') + 1];
writeFileSync(file, JSON.stringify({ benchmarks: [{ name: 'constant', unit: 'ms', samples }] }));
`,
  'z.bench.mjs': `import { writeFileSync } from 'node:fs';

const suite = { names: [], add(name, call) { this.names.push(name); call(); } };
suite.add('fast', () => 1);
suite.add('slow', () => 2);
const samples = Array.from({ length: 40 }, (_, turn) => 2 + turn / 100);
const file = process.argv[process.argv.indexOf('--json') + 1];
writeFileSync(file, JSON.stringify({ benchmarks: suite.names.map(name => ({ name, unit: 'ms', samples })) }));
`,
};

/** Writes programs into the workspace. @returns what removes them. */
export function addPrograms(added: Readonly<Record<string, string>> = programs): () => void {
  const files = Object.entries(added).map(([file, text]) => {
    const { fsPath } = uriOf(file);
    fs.mkdirSync(path.dirname(fsPath), { recursive: true });
    fs.writeFileSync(fsPath, text);
    return fsPath;
  });
  return () => files.forEach(file => fs.rmSync(file, { force: true }));
}
