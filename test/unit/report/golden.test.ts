import * as assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isReport } from '../../../src/panel/reportCheck';
import { buildReport } from '../../../src/report/build';
import type { Report } from '../../../src/report/model';
import { renderItem, renderMarkdown } from '../../../src/report/markdown';
import { INPUTS } from './golden/inputs';

/** UPDATE_GOLDEN=1 writes what the code says now; read the difference before it is committed. */
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';

const SECTIONS = [
  '## Analysis', '## Recommendations', '### High Priority', '### Medium Priority', '### Low Priority',
  '## Deferred', '## Risks / Trade-offs', '## Conflicts Noted',
];

const itemsOf = (report: Report) => [...Object.values(report.recommendations).flat(), ...report.deferred];

describe('golden reports', () => {
  for (const [name, input] of Object.entries(INPUTS)) {
    const report = buildReport(input);
    const markdown = renderMarkdown(report);

    describe(name, () => {
      it('reads as stored', () => {
        const path = join(__dirname, 'golden', `${name}.md`);
        if (UPDATE) writeFileSync(path, markdown);
        assert.ok(existsSync(path), `${path} is missing; make it with UPDATE_GOLDEN=1.`);
        assert.equal(markdown, readFileSync(path, 'utf8'));
      });

      it('has every section, in order', () => {
        const headings = markdown.split('\n').filter(line => /^#{2,3} /.test(line));
        assert.deepEqual(headings.slice(0, SECTIONS.length), SECTIONS);
        assert.deepEqual(headings.slice(SECTIONS.length), [
          ...(report.scalability === undefined ? [] : ['## Scalability']),
          ...(report.metrics === undefined ? [] : ['## Metrics']),
          ...(report.trend === undefined ? [] : ['## Targets over Time']),
          ...(report.failures.length === 0 ? [] : ['## Left Out']),
        ]);
      });

      it('is plain JSON that the panel accepts', () => {
        const received: unknown = JSON.parse(JSON.stringify(report));
        assert.deepEqual(received, report);
        assert.ok(isReport(received));
      });

      it('accounts for every finding exactly once', () => {
        const shown = itemsOf(report).flatMap(item => item.places.map(place => place.findingId));
        const silenced = input.findings.filter(({ rule }) => input.config.rules[rule] === 'off');
        const unranked = input.findings.filter(({ rule }) => !input.rules.has(rule));
        const { list = [], lookup } = input.proposals ?? {};
        const standing = list.filter(({ file, functionName }) => lookup?.(file, functionName) !== undefined);
        assert.deepEqual(
          shown.sort(),
          [...input.findings.filter(item => !silenced.includes(item) && !unranked.includes(item)), ...standing].map(({ id }) => id).sort(),
        );
        assert.equal(report.failures.length, input.failures.length + unranked.length + list.length - standing.length);
      });

      it('renders each item alone as it stands in the whole', () => {
        for (const { id } of itemsOf(report)) {
          const alone = renderItem(report, id);
          assert.ok(alone !== undefined && markdown.includes(alone), id);
        }
        assert.equal(renderItem(report, 'no such item'), undefined);
      });

      it('marks each measured figure with a run that exists', () => {
        const runs = new Set(input.runs.map(({ id }) => id));
        const cited = [...JSON.stringify(report).matchAll(/"evidence":"measured","runId":"([^"]*)"/g)].map(match => match[1]!);
        assert.deepEqual(cited.filter(id => !runs.has(id)), []);
        assert.equal(cited.length > 0, input.runs.some(({ status }) => status === 'completed'));
      });
    });
  }

  it('covers every priority and both kinds of evidence', () => {
    const items = Object.values(INPUTS).map(buildReport).flatMap(itemsOf);
    assert.deepEqual(new Set(items.map(item => ('priority' in item ? item.priority : 'deferred'))), new Set(['high', 'medium', 'low', 'deferred']));
    assert.deepEqual(new Set(items.map(({ evidence }) => evidence)), new Set(['measured', 'estimate']));
  });
});
