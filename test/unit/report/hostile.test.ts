import * as assert from 'node:assert/strict';
import { EMPTY_CONFIG } from '../../../src/core/config';
import { failures } from '../../../src/core/failures';
import { isReport } from '../../../src/panel/reportCheck';
import { buildReport, type ReportInput } from '../../../src/report/build';
import { renderHtml } from '../../../src/report/html/html';
import { renderIssue } from '../../../src/report/issue';
import { renderMarkdown } from '../../../src/report/markdown';
import { INPUTS } from './golden/inputs';
import { fileWith, filter, query, schemaOf, workspaceOf } from './sampleWorkspace';
import { benchmarkRun, finding, functionCost, HOT, run } from './support';

const NAMES: readonly (readonly [string, string])[] = [
  ['HTML', '<img src=x onerror=alert(1)></style></code><script>alert(1)</script>'],
  ['Markdown', '](javascript:alert(1)) `x` ``` # **b** | ![i](http://example.test/x.png)'],
  ['ANSI', '\u001b[31mred\u001b]0;title\u0007\u001b[2J'],
  ['another direction of writing', '\u202Egnp.exe\u2066 مرحبا \u200f'],
  ['emoji', '👩‍💻🏳️‍🌈 \u{1F600}'],
  ['half a character', 'a\ud83d'],
  ['line breaks', 'a\r\n\r\n# b\u2028- c\u0085'],
  ['ten thousand characters', 'x'.repeat(10_000)],
  ['names of the language itself', '__proto__'],
];

/** Everything that has a name or a text has this one. */
function inputNamed(name: string): ReportInput {
  const long = `${name} ${'y'.repeat(10_000)}`;
  const table = { rows: 2e9, growthPerDay: 5 };
  return {
    ...INPUTS['nothing-known']!,
    workspaceName: name,
    findings: ['queries-in-loop', 'list-lookup', 'in-process-state', 'mean-latency', 'unmeasured-handler', 'file-at-once'].map((rule, i) =>
      finding(rule, { id: `id-${i}`, file: `src/${name}.ts`, functionName: name, message: long, heat: i === 0 ? HOT : { heat: 'unknown', reason: name }, of: name }),
    ),
    runs: [
      run({ functions: [functionCost(0.5, { file: `src/${name}.ts`, functionName: name })], caveats: [long], driver: { kind: 'script', label: name, argv: [name], cwd: '.' }, commit: name }),
      benchmarkRun(80, { tool: { name, version: name }, commit: `b${name}`, machine: { ...run().machine, cpuModel: name, fingerprint: 'other' } }),
      run({ id: '20261122T203000-ffffff', status: 'failed', functions: [], failure: { code: 'x', message: long } }),
    ],
    config: {
      ...EMPTY_CONFIG,
      requirements: [{ route: name, scope: `src/${name}`, latency: { p95: 1, p99: 0 }, throughput: 10 }, { latency: { p95: 100 }, throughput: 5 }],
      scale: { tables: Object.fromEntries([[name, table]]), collections: Object.fromEntries([[`${name}.items`, 3]]) },
    },
    workspace: {
      ...workspaceOf(
        [fileWith(`src/${name}.ts`, [query([name], [filter(name, name)]), query(['other'])], { [name]: [name, 'other'] })],
        schemaOf({ [name]: { primaryKey: [name], references: ['other'] }, other: {} }),
      ),
      linters: [{ tool: 'eslint', file: name, isOn: () => true }],
      packages: new Set([name]),
    },
    failures: [failures.parseFailed(name, new Error(long))],
  };
}

/** Control characters but the line feed, and characters that turn the direction of writing. */
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/u;
const LONGEST_LINE = 6000;

describe('a report about names and texts that hold', () => {
  for (const [what, name] of NAMES) {
    describe(what, () => {
      const report = buildReport(inputNamed(name));
      const issues = [...Object.values(report.recommendations).flat(), ...report.deferred].map(({ id }) => renderIssue(report, id)!);
      const forms = { Markdown: renderMarkdown(report), HTML: renderHtml(report), issues: issues.join('\n') };

      it('shows each finding, in every form', () => {
        assert.equal(issues.length, 6);
        assert.ok(isReport(JSON.parse(JSON.stringify(report))));
        assert.ok(report.scalability !== undefined && report.metrics !== undefined);
      });

      it('is free of control characters, and cut to lines that can be read', () => {
        for (const [form, text] of Object.entries(forms)) {
          assert.equal(UNSAFE.exec(text), null, form);
          assert.ok(Math.max(...text.split('\n').map(line => line.length)) < LONGEST_LINE, form);
        }
      });

      it('lets none of it become markup', () => {
        assert.doesNotMatch(forms.HTML, /<(?:script|img|b)\b/i);
        assert.equal(forms.HTML.match(/<\/style>/g)!.length, 1);
        for (const markdown of [forms.Markdown, forms.issues]) {
          const outsideCode = markdown.replace(/(?<!\\)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');
          assert.doesNotMatch(outsideCode, /(?<!\\)<(?:script|img)|(?<!\\)\]\(|^\\?# b/m);
        }
      });
    });
  }

  it('does not take a table for another because of a name of the language itself', () => {
    const report = buildReport(inputNamed('constructor'));
    assert.match(JSON.stringify(report.scalability!.tables), /Candidate key constructor/);
  });
});

describe('evidence that does not fit together', () => {
  const doubtful = buildReport(INPUTS['doubtful']!);
  const said = JSON.stringify(doubtful.analysis);

  it('is said to be of several machines and commits', () => {
    assert.match(said, /made on 2 machines/);
    assert.match(said, /measured 2 commits/);
  });

  it('is named where its code is no longer there', () => assert.match(said, /not in the code that was analysed/));

  it('counts at its worst: one missed target is a missed target', () => {
    assert.match(doubtful.recommendations.high[0]!.reason, /misses its target/);
  });

  it('says which targets nobody can meet', () => {
    assert.match(said, /nothing can meet the p50 target/);
    assert.match(said, /the two are likely mixed up/);
  });

  it('of one machine and one commit needs no such words', () => {
    assert.doesNotMatch(JSON.stringify(buildReport(INPUTS['slow-endpoint']!).analysis), /machines|commits|mixed up/);
  });
});
