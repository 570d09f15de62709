import assert from 'node:assert/strict';
import { type Basis, checkText, type Lookup, type Piece } from '../../../src/advisor/evidence/check';
import type { NewEvidence } from '../../../src/advisor/evidence/item';
import { Ledger } from '../../../src/advisor/evidence/ledger';

const RUN = '20261122T201855-1a2b3c';

const EVIDENCE: readonly NewEvidence[] = [
  {
    key: 'benchmark', label: 'benchmark listOrders', quality: 'measured', runId: RUN, functionName: 'listOrders',
    values: [
      { value: 180.4, dimension: 'time', name: 'p50' },
      { value: 483.2, dimension: 'time', name: 'p95' },
      { value: 1240, dimension: 'count' },
    ],
  },
  {
    key: 'profile', label: 'profile of render', quality: 'measured', runId: RUN, functionName: 'Page.render',
    values: [{ value: 0.6214, dimension: 'share', name: 'self' }, { value: 0.8, dimension: 'share', name: 'total' }],
  },
  {
    key: 'finding', label: 'finding n-plus-one-query', quality: 'estimate', findingId: 'abc', functionName: 'listOrders',
    values: [{ value: 1001, dimension: 'count', name: 'now' }, { value: 2, dimension: 'count', name: 'after' }, { value: 1000, dimension: 'count', quality: 'declared' }],
  },
  { key: 'comparison', label: 'before and after', quality: 'measured', runId: RUN, values: [{ value: 0.31, dimension: 'ratio' }, { value: 1 / 0.31, dimension: 'ratio' }, { value: 0.69, dimension: 'share' }] },
];

function checking(basis: Basis, ...cited: readonly string[]) {
  const ledger = new Ledger();
  for (const item of EVIDENCE) ledger.enter(item);
  const lookup: Lookup = {
    file: async (path) => (path.endsWith('orders.ts') ? { file: 'src/orders.ts', lines: 90 } : undefined),
    isRule: (id) => id === 'n-plus-one-query',
    isRun: async (id) => id === RUN,
  };
  return { basis, cited: cited.map((id) => ledger.get(id)!), ledger, lookup };
}

/** The pieces that are not prose, as "text quality" or "text: reason". */
async function marks(text: string, basis: Basis, ...cited: readonly string[]): Promise<string[]> {
  const { pieces } = await checkText(text, checking(basis, ...cited));
  assert.equal(pieces.map((piece) => piece.text).join('').replace(/`/g, ''), text.replace(/`/g, ''), 'nothing is lost');
  return pieces.flatMap((piece) => describePiece(piece));
}

function describePiece(piece: Piece): string[] {
  switch (piece.kind) {
    case 'prose':
    case 'code':
      return [];
    case 'figure':
      return [`${piece.text} ${piece.quality}`];
    case 'place':
      return [`${piece.file}:${piece.line}`];
    case 'struck':
      return [`${piece.text}: ${piece.reason}`];
  }
}

describe('holding a claim to the evidence', () => {
  const borneOut: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['The p95 of listOrders is 483 ms.', ['E1'], ['483 ms measured']],
    ['The p95 is about 480 ms, over 1,240 samples.', ['E1'], ['480 ms measured', '1,240 measured']],
    ['The p95 is 0.48 s.', ['E1'], ['0.48 s measured']],
    ['render takes 62 % itself and 80 % in total.', ['E2'], ['62 % measured', '80 % measured']],
    ['It runs 1,001 queries at 1,000 orders.', ['E3'], ['1,001 estimate', '1,000 declared']],
    ['It is 3.2x faster, 69 % less time.', ['E4'], ['3.2x measured', '69 % measured']],
  ];
  for (const [text, cited, expected] of borneOut) {
    it(`bears out: ${text}`, async () => assert.deepEqual(await marks(text, 'measured', ...cited), expected));
  }

  const struck: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['The p95 is 12 ms.', ['E1'], ['12 ms: not in E1']],
    ['The p95 is 480 ms.', [], ['480 ms: no evidence is cited for it; E1 says it and is not cited']],
    ['The p50 is 483 ms.', ['E1'], ['483 ms: not in E1']],
    ['On average it takes 483 ms.', ['E1'], ['483 ms: not in E1']],
    ['It runs 480 queries.', ['E1'], ['480: not in E1']],
    ['listOrders takes 62 % of the time.', ['E2'], ['62 %: E2 is about Page.render']],
    ['It becomes ten times faster.', ['E4'], ['ten times: not in E4']],
    ['It becomes twice as fast.', ['E4'], ['twice: not in E4']],
    ['render takes 80 % itself.', ['E2'], ['80 %: not in E2']],
    ['A run of `12 ms` shows it.', ['E1'], ['12 ms: not in E1']],
    ['It takes ４８３ ms.', ['E1'], ['４８３: not in E1']],
  ];
  for (const [text, cited, expected] of struck) {
    it(`strikes out: ${text}`, async () => assert.deepEqual(await marks(text, 'measured', ...cited), expected));
  }

  it('calls a number an estimate where the claim does not say measured', async () => {
    assert.deepEqual(await marks('Expect about 20 ms, 40x less, in two steps.', 'advice'), ['20 ms estimate', '40x estimate']);
  });

  it('keeps the mark of what is cited in an estimate', async () => {
    assert.deepEqual(await marks('Of 483 ms, 400 ms should go.', 'estimate', 'E1'), ['483 ms measured', '400 ms estimate']);
  });

  it('leads to a place that exists, and strikes out one that does not', async () => {
    assert.deepEqual(await marks('See orders.ts:40 and `src/orders.ts:12-30`.', 'advice'), ['src/orders.ts:39', 'src/orders.ts:11']);
    assert.deepEqual(await marks('See src/invented.ts:40.', 'advice'), ['src/invented.ts:40: there is no such file in the workspace']);
    assert.deepEqual(await marks('See src/orders.ts:400.', 'advice'), ['src/orders.ts:400: src/orders.ts has 90 lines']);
    assert.deepEqual(await marks('In src/orders.ts, line 400 waits.', 'advice'), ['src/orders.ts:0', 'line 400: src/orders.ts has 90 lines']);
  });

  it('strikes out runs, rules and evidence that do not exist', async () => {
    assert.deepEqual(await marks('By run 20260101T000000-ffffff.', 'advice'), ['20260101T000000-ffffff: there is no such run']);
    assert.deepEqual(await marks('The rule no-such-rule and the rule n-plus-one-query.', 'advice'), ['no-such-rule: there is no such rule']);
    assert.deepEqual(await marks('As E1 and E99 say.', 'advice'), ['E99: there is no evidence E99']);
  });

  it('takes invisible characters and colour codes out of the text', async () => {
    const { pieces } = await checkText('p95 is 4\u200b83 \u202ems\u001b[31m.', checking('measured', 'E1'));
    assert.deepEqual(pieces, [{ kind: 'prose', text: 'p95 is ' }, { kind: 'figure', text: '483 ms', quality: 'measured', runId: RUN }, { kind: 'prose', text: '.' }]);
  });

  it('says each objection once, in words', async () => {
    const { objections } = await checkText('The p95 is 12 ms.', checking('measured', 'E1'));
    assert.deepEqual(objections, ['"12 ms": not in E1']);
  });

  it('is not held up by a text made to slow it down', async () => {
    const text = `${'1,'.repeat(1500)}${'a-'.repeat(500)}`;
    const began = Date.now();
    await checkText(text, checking('measured', 'E1'));
    assert.ok(Date.now() - began < 1000);
  });
});
