import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { EMPTY_CONFIG, type PerformanceConfig } from '../../../src/core/config';
import type { Finding } from '../../../src/core/finding';
import { isReport } from '../../../src/panel/reportCheck';
import { buildReport, rankAll, type ReportInput } from '../../../src/report/build';
import { renderHtml } from '../../../src/report/html/html';
import { renderMarkdown } from '../../../src/report/markdown';
import type { Report } from '../../../src/report/model';
import { INPUTS } from './golden/inputs';
import { SHOP } from './sampleWorkspace';
import { benchmarkRun, finding, functionCost, RULES, run } from './support';
import { textOfHtml, wordsOf, wordsOfMarkdown } from './words';

const NAMES = ['listOrders', 'match', 'format', ''];

/** Names as nobody would wish for: any characters, with markup, escapes and directions among them. */
const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('<script>alert(1)</script>', '](javascript:x)', '`a``b`', '\u001b[31mred', '\u202Egnp.exe', '&lt;&amp;', '| a | b |\n|---|---|', '\u{1F600}\u200D\u{1F680}', 'مرحبا', "'\"><img src=x>"),
);

const findings: fc.Arbitrary<readonly Finding[]> = fc.array(
  fc.record({
    rule: fc.constantFrom(...RULES.keys()),
    functionName: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: hostileText }),
    file: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('src/orders.ts', 'src/page.ts') }, { weight: 1, arbitrary: hostileText }),
    message: fc.oneof(fc.constant('Something is done once per item.'), hostileText),
    n: fc.integer({ min: 0, max: 1e7 }),
    basis: fc.constantFrom('literal', 'declared', 'assumed'),
    heat: fc.constantFrom('hot', 'cold', 'unknown').map(heat => ({ heat, reason: 'by its place' }) as const),
    confidence: fc.constantFrom('certain', 'likely', 'possible'),
  }),
  { maxLength: 12 },
).map(list => list.map(({ rule, ...rest }, i) => finding(rule, { id: `finding-${i}`, ...rest })));

const configs: fc.Arbitrary<PerformanceConfig> = fc.record({
  p95: fc.option(fc.integer({ min: 0, max: 2000 })),
  throughput: fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: undefined }),
  rows: fc.option(fc.integer({ min: 1, max: 5e9 })),
  level: fc.constantFrom('on', 'off', 'high', 'low'),
}).map(({ p95, throughput, rows, level }) => ({
  ...EMPTY_CONFIG,
  requirements: p95 === null ? [] : [{ route: 'GET /orders', scope: 'src/**', latency: { p95 }, throughput }],
  scale: { tables: Object.fromEntries(rows === null ? [] : [['orders', { rows, growthPerDay: 10 }]]), collections: {} },
  rules: { 'awaits-in-a-row': level },
}));

/** Thousandths: half of all doubles below one are too small to be a share of anything. */
const share = fc.integer({ min: 0, max: 1000 }).map(thousandths => thousandths / 1000);

const inputs: fc.Arbitrary<ReportInput> = fc.record({
  findings, config: configs,
  shares: fc.array(share, { minLength: NAMES.length, maxLength: NAMES.length }),
  p95: fc.option(fc.integer({ min: 1, max: 2000 })),
  isAsync: fc.boolean(), isEdited: fc.boolean(), hasWorkspace: fc.boolean(), label: hostileText,
}).map(({ findings: list, config, shares, p95, isAsync, isEdited, hasWorkspace, label }) => ({
  ...INPUTS['nothing-known']!,
  findings: list, config,
  runs: [
    run({ functions: NAMES.map((functionName, i) => functionCost(shares[i]!, { functionName })), driver: { kind: 'script', label, argv: [], cwd: '.' } }),
    ...(p95 === null ? [] : [benchmarkRun(p95)]),
  ],
  functionOf: () => ({ hash: isEdited ? 'edited' : 'h1', isAsync }),
  ...(hasWorkspace && { workspace: SHOP }),
}));

const itemsOf = ({ recommendations: { high, medium, low }, deferred }: Report) => [...high, ...medium, ...low, ...deferred];
const PRIORITIES = ['deferred', 'low', 'medium', 'high'];

/** The function of one finding measured at a share, among others that stay as they are. */
function rankedAt(input: ReportInput, share: number): { readonly priority: number; readonly place: number } {
  const subject = finding('list-lookup', { ...input.findings[0]!, id: 'subject', rule: input.findings[0]!.rule, file: 'src/subject.ts', functionName: 'subject' });
  const measured = functionCost(share, { file: 'src/subject.ts', functionName: 'subject' });
  const runs = input.runs.map((each, i) => (i === 0 ? { ...each, functions: [...each.functions, measured] } : each));
  const { judged } = rankAll({ ...input, findings: [...input.findings, { ...subject, cost: input.findings[0]!.cost }], runs });
  const place = judged.findIndex(({ finding: { id } }) => id === 'subject');
  return { priority: PRIORITIES.indexOf(judged[place]!.judgement.priority), place };
}

describe('properties of the report', function () {
  this.timeout(60_000);

  it('more measured time never lowers a priority, nor a place in the order', () => {
    fc.assert(fc.property(inputs.filter(({ findings: [first], config }) => first !== undefined && config.rules[first.rule] !== 'off'), share, share, (input, a, b) => {
      const less = rankedAt(input, Math.min(a, b));
      const more = rankedAt(input, Math.max(a, b));
      assert.ok(more.priority >= less.priority, `priority ${PRIORITIES[less.priority]} became ${PRIORITIES[more.priority]}`);
      assert.ok(more.place <= less.place, `place ${less.place} became ${more.place}`);
    }), { numRuns: 400 });
  });

  it('no finding vanishes without a reason, and none is there twice', () => {
    fc.assert(fc.property(inputs, fc.boolean(), (input, isUnknown) => {
      const rules = isUnknown ? new Map([...RULES].filter(([id]) => id !== 'list-lookup')) : RULES;
      const report = buildReport({ ...input, rules });
      const shown = itemsOf(report).flatMap(({ places }) => places.map(({ findingId }) => findingId));
      const off = input.findings.filter(({ rule }) => input.config.rules[rule] === 'off').map(({ id }) => id);
      const unranked = input.findings.filter(({ rule }) => !rules.has(rule)).map(({ id }) => id);
      assert.deepEqual([...shown, ...off, ...unranked].sort(), input.findings.map(({ id }) => id).sort());
      assert.equal(report.failures.length, unranked.length);
      assert.ok(itemsOf(report).every(({ reason }) => reason !== ''));
      assert.ok(report.deferred.every(({ change }) => change !== ''));
    }), { numRuns: 200 });
  });

  it('sums add up', () => {
    fc.assert(fc.property(inputs, input => {
      const report = buildReport(input);
      const recommended = itemsOf(report).filter(item => 'priority' in item);
      const places = (rule: string) => recommended.filter(item => item.rule === rule).reduce((sum, item) => sum + item.places.length, 0);
      assert.deepEqual(report.risks.map(({ rule, places: count }) => [rule, count]), report.risks.map(({ rule }) => [rule, places(rule)]));
      assert.equal(report.risks.reduce((sum, risk) => sum + risk.places, 0), recommended.reduce((sum, item) => sum + item.places.length, 0));
      const { judged } = rankAll(input);
      for (const priority of ['high', 'medium', 'low'] as const) {
        assert.equal(report.recommendations[priority].reduce((sum, item) => sum + item.places.length, 0), judged.filter(({ judgement }) => judgement.priority === priority).length);
      }
    }), { numRuns: 100 });
  });

  it('Markdown, JSON and HTML say the same, and the panel accepts it', () => {
    fc.assert(fc.property(inputs, input => {
      const report = buildReport(input);
      const received: unknown = JSON.parse(JSON.stringify(report));
      assert.deepEqual(received, report);
      assert.ok(isReport(received));
      assert.deepEqual(wordsOf(textOfHtml(renderHtml(report))), wordsOfMarkdown(renderMarkdown(report)));
    }), { numRuns: 150 });
  });
});
