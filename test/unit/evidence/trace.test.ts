import assert from 'node:assert/strict';
import type { FailureError } from '../../../src/core/failures';
import type { CodePlace } from '../../../src/core/trace';
import { type ProcessTrace, resourcesOf, traceOf } from '../../../src/evidence/trace/operations';
import { parseTrace, type RecordedOperation, type RecordedTrace } from '../../../src/evidence/trace/parse';

const NOTHING = { database: 0, network: 0, file: 0, serialisation: 0 };
const NO_WAIT = { database: 0, network: 0, file: 0, nothing: 0 };
const recorded = (changes: Partial<RecordedTrace>): RecordedTrace => ({ version: 1, wallMs: 1000, sync: NOTHING, waited: NO_WAIT, garbage: 0, operations: [], ...changes });
const operation = (changes: Partial<RecordedOperation>): RecordedOperation => ({
  category: 'database', library: 'pg', shape: 'SELECT ? FROM items', places: [{ script: '/w/a.js', line: 5, column: 1 }], count: 1, totalMs: 2, maxMs: 2, durations: [2], ...changes,
});
const place = (line: number): CodePlace => ({ file: 'a.js', functionName: 'list', line, functionLine: 1, hash: 'h' });
const process = (trace: RecordedTrace): ProcessTrace => ({ recorded: trace, placeOf: ({ script, line }) => (script.startsWith('/w/') ? place(line - 1) : undefined) });

describe('the resources of a trace', () => {
  it('are blocked calls, what was waited for, garbage, and computing for the rest', () => {
    const resources = resourcesOf(recorded({ sync: { ...NOTHING, database: 300, serialisation: 50 }, waited: { database: 400, network: 100, file: 0, nothing: 20 }, garbage: 30 }));
    assert.deepEqual(resources, { database: 700, network: 100, file: 0, serialisation: 50, gc: 30, waiting: 20, application: 100 });
  });

  it('never sum to more than the time there was', () => {
    const resources = resourcesOf(recorded({ sync: { ...NOTHING, serialisation: 900 }, garbage: 300 }));
    assert.equal(Math.round(Object.values(resources).reduce((sum, ms) => sum + ms, 0)), 1000);
    assert.equal(resources.application, 0);
  });
});

describe('the operations of a trace', () => {
  it('are summed over processes, with the table or host, and the most expensive first', () => {
    const trace = traceOf([
      process(recorded({ operations: [operation({ count: 3, totalMs: 30, maxMs: 12, durations: [8, 10, 12] }), operation({ category: 'network', library: 'fetch', shape: 'GET https://example.test:8080/orders/:id', totalMs: 1 })] })),
      process(recorded({ operations: [operation({ count: 2, totalMs: 20, maxMs: 15, durations: [5, 15] })] })),
    ]);
    const [query, request] = trace.operations;
    assert.deepEqual(query, { category: 'database', library: 'pg', shape: 'SELECT ? FROM items', subject: 'items', callers: [place(4)], count: 5, totalMs: 50, p95Ms: 15, maxMs: 15 });
    assert.equal(request?.subject, 'example.test:8080');
  });

  it('are told apart by where they were called, and a callback is no second place', () => {
    const at = (...lines: number[]) => lines.map((line) => ({ script: '/w/a.js', line, column: 1 }));
    const { operations } = traceOf([process(recorded({ operations: [operation({ places: at(5, 5, 9) }), operation({ places: at(5, 9) }), operation({ places: at(7) })] }))]);
    assert.deepEqual(operations.map(({ count, callers }) => [count, callers.map(({ line }) => line)]), [[2, [4, 8]], [1, [6]]]);
  });

  for (const [shape, library, subject] of [
    ['SELECT * FROM "public"."orders" WHERE id = ?', 'pg', 'public.orders'],
    ['insert into order_lines (a) values (?)', 'pg', 'order_lines'],
    ['UPDATE `stock` SET a = ?', 'mysql2', 'stock'],
    ['orders.findOne {id}', 'mongodb', 'orders'],
    ['BEGIN', 'pg', undefined],
    ['GET user:?', 'redis', undefined],
  ] as const) {
    it(`"${shape}" is about ${subject}`, () => assert.equal(traceOf([process(recorded({ operations: [operation({ shape, library })] }))]).operations[0]!.subject, subject));
  }

  it('of package managers and test runners are left out', () => {
    const elsewhere = [{ script: '/usr/lib/npm.js', line: 1, column: 1 }];
    const npm = recorded({ wallMs: 9000, operations: [operation({ category: 'file', shape: 'readFile', places: elsewhere })] });
    const trace = traceOf([process(npm), process(recorded({ wallMs: 500, operations: [operation({})] }))]);
    assert.deepEqual([trace.wallMs, trace.operations.length], [500, 1]);
    assert.equal(traceOf([process(npm)]).wallMs, 9000, 'a program of which nothing is seen is still a program');
  });

  it('of a window are those of the process that has it', () => {
    assert.deepEqual([traceOf([process(recorded({ wallMs: 9000 })), process(recorded({ wallMs: 100, calls: 3 }))])].map(({ wallMs, calls }) => [wallMs, calls]), [[100, 3]]);
  });
});

describe('a recorded trace', () => {
  for (const [what, text] of [['cut off', '{"version": 1, "wallMs": 3'], ['of another shape', '{"version": 1, "wallMs": 3, "sync": {}, "waited": {}, "garbage": 0, "operations": [{}]}']] as const) {
    it(`${what} is refused by its name`, () => assert.throws(() => parseTrace(text, 'trace.1.0.json'), (error: FailureError) => error.failure.code === 'broken-trace' && error.failure.file === 'trace.1.0.json'));
  }
});
