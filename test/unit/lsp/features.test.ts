import assert from 'node:assert/strict';
import { DiagnosticSeverity, MarkupKind } from 'vscode-languageserver';
import { diagnosticsOf } from '../../../src/lsp/features/diagnostics';
import { hoverOf } from '../../../src/lsp/features/hovers';
import { inlayHintsOf } from '../../../src/lsp/features/inlayHints';
import { lensesOf } from '../../../src/lsp/features/lenses';
import { findingAt, FOLDER, functionAt, judged, MEASURED, NOW, rangeOf, viewOf } from './samples';

const TEXT = `async function list(orders) {
  for (const order of orders) {
    await db.query(
      'SELECT id', [order.id]);
  }
}
`;
const CALL = "db.query(\n      'SELECT id', [order.id])";
const functions = [functionAt(TEXT, TEXT.trimEnd(), 'list')];
const everything = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
const page = (rule: string): string => `file:///extension/media/rules/${rule}.md`;

describe('diagnostics', () => {
  const only = (finding = findingAt(TEXT, CALL), priority?: Parameters<typeof judged>[1]) =>
    diagnosticsOf(viewOf(TEXT, [judged(finding, priority)]), page, NOW);

  it('have the severity of their priority', () => {
    assert.equal(only(undefined, 'high')[0]!.severity, DiagnosticSeverity.Warning);
    assert.equal(only(undefined, 'medium')[0]!.severity, DiagnosticSeverity.Information);
    assert.equal(only(undefined, 'low')[0]!.severity, DiagnosticSeverity.Hint);
  });

  it('are not given for deferred findings', () => assert.deepEqual(only(undefined, 'deferred'), []));

  it('stay hints while the finding is only possible', () =>
    assert.equal(only(findingAt(TEXT, CALL, { confidence: 'possible' }))[0]!.severity, DiagnosticSeverity.Hint));

  it('name the rule, its page, the related places and the origin of n', () => {
    const related = [{ file: 'src/db.ts', range: everything, message: 'load queries here.' }];
    const [diagnostic] = only(findingAt(TEXT, CALL, { related }));
    assert.equal(diagnostic!.source, 'performance');
    assert.equal(diagnostic!.code, 'n-plus-one-query');
    assert.equal(diagnostic!.codeDescription!.href, page('n-plus-one-query'));
    assert.equal(diagnostic!.message, 'db.query runs once per item. (estimate, n is declared in performance.json)');
    assert.equal(diagnostic!.data, 'n-plus-one-query-0123456789');
    assert.deepEqual(diagnostic!.relatedInformation, [
      { location: { uri: `${FOLDER}/src/db.ts`, range: everything }, message: 'load queries here.' },
    ]);
  });

  it('quote the run where the function was measured', () => {
    const view = viewOf(TEXT, [judged(findingAt(TEXT, CALL))], { measurements: new Map([['list', MEASURED]]) });
    assert.match(String(diagnosticsOf(view, page, NOW)[0]!.message), /Measured: list takes 80 % of run 12:04 \(node --cpu-prof\)\.$/);
  });
});

describe('lenses', () => {
  const titles = (view: Parameters<typeof lensesOf>[0]) => lensesOf(view, NOW).map(({ command }) => command!.title);

  it('count findings, name the complexity and lead to the profiler and the report', () => {
    const view = viewOf(TEXT, [judged(findingAt(TEXT, CALL)), judged(findingAt(TEXT, 'order.id', { id: 'b' }), 'low')], { functions });
    assert.deepEqual(titles(view), ['2 findings, O(n) queries', 'Profile', 'Report']);
    for (const lens of lensesOf(view, NOW)) {
      assert.deepEqual(lens.range, rangeOf(TEXT, 'list'));
      assert.deepEqual(lens.command!.arguments, [view.uri, 'list']);
    }
  });

  it('show what was measured, and that the function has changed since', () => {
    const view = (stale: boolean) => viewOf(TEXT, [], { functions, measurements: new Map([['list', { ...MEASURED, stale }]]) });
    assert.deepEqual(titles(view(false)), ['self 62 %, total 80 % · run 12:04 (node --cpu-prof)', 'Profile', 'Report']);
    assert.equal(titles(view(true))[0], 'self 62 %, total 80 % · run 12:04 (node --cpu-prof) · stale');
  });

  it('leave functions alone of which nothing is known, or only what is deferred', () => {
    assert.deepEqual(titles(viewOf(TEXT, [], { functions })), []);
    assert.deepEqual(titles(viewOf(TEXT, [judged(findingAt(TEXT, CALL), 'deferred')], { functions })), []);
  });

  it('say the day of a run of another day', () => {
    const run = { ...MEASURED.run, startedAt: new Date(2026, 10, 20, 9, 5).toISOString() };
    const view = viewOf(TEXT, [], { functions, measurements: new Map([['list', { ...MEASURED, run }]]) });
    assert.match(titles(view)[0]!, /run 20 Nov 2026 09:05/);
  });
});

describe('inlay hints', () => {
  it('stand at the end of the first line of a long expression and say where n comes from', () => {
    const [hint] = inlayHintsOf(viewOf(TEXT, [judged(findingAt(TEXT, CALL))]), everything);
    assert.deepEqual(hint!.position, { line: 2, character: 19 });
    assert.equal(hint!.label, '1 + 1,000 queries');
    const tooltip = hint!.tooltip as { kind: string; value: string };
    assert.equal(tooltip.kind, MarkupKind.Markdown);
    assert.match(tooltip.value, /1,001 queries now, 2 after, at n = 1,000 items in the loop/);
    assert.match(tooltip.value, /estimate, n is declared in performance\.json/);
  });

  it('stand behind an expression of one line', () => {
    const [hint] = inlayHintsOf(viewOf(TEXT, [judged(findingAt(TEXT, 'order.id'))]), everything);
    assert.deepEqual(hint!.position, rangeOf(TEXT, 'order.id').end);
  });

  it('are given inside the range asked for, and not for what is only possible or deferred', () => {
    const firstLine = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
    assert.deepEqual(inlayHintsOf(viewOf(TEXT, [judged(findingAt(TEXT, CALL))]), firstLine), []);
    const unsure = findingAt(TEXT, CALL, { confidence: 'possible' });
    assert.deepEqual(inlayHintsOf(viewOf(TEXT, [judged(unsure), judged(findingAt(TEXT, CALL), 'deferred')]), everything), []);
  });
});

describe('hovers', () => {
  const at = { line: 2, character: 12 };
  const markdown = async (view: Parameters<typeof hoverOf>[0]): Promise<string> =>
    ((await hoverOf(view, at, NOW))!.contents as { value: string }).value;

  it('tell what, why, the better example, the trade-offs and the origin of every figure', async () => {
    const value = await markdown(viewOf(TEXT, [judged(findingAt(TEXT, CALL))]));
    assert.match(value, /^\*\*One query per item of a loop\*\* · High priority \(estimate\): Hot path\./);
    assert.match(value, /\*\*Cost\*\*: 1,001 queries now, 2 after.*\*\(estimate, n is declared in performance\.json\)\*/);
    assert.match(value, /\*\*Why\*\*: Each iteration waits/);
    assert.match(value, /```ts\nimport \{ Pool \} from 'pg';/);
    assert.match(value, /\*\*Trade\\?-offs\*\*: One larger result/);
    assert.ok(value.includes('](command:performanceEngineer.openRule?%5B%22n-plus-one-query%22%5D)'), value);
    assert.ok(value.includes('](https://use-the-index-luke.com/sql/join/nested-loops-join-n1-problem)'));
  });

  it('are silent beside the finding', async () =>
    assert.equal(await hoverOf(viewOf(TEXT, [judged(findingAt(TEXT, CALL))]), { line: 0, character: 0 }, NOW), undefined));

  it('keep text of the workspace from becoming a link, an image, HTML or a command', async () => {
    const message = 'Reads [x](command:evil) ![i](https://evil.example/p.png) <b> www.evil.example';
    const value = await markdown(viewOf(TEXT, [judged(findingAt(TEXT, CALL, { message }))]));
    assert.ok(value.includes('\\[x\\](command:evil) !\\[i\\](https:\\/\\/evil.example/p.png) \\<b\\> www\\.evil.example'), value);
  });
});
