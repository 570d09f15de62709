import * as assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { buildReport } from '../../../src/report/build';
import { renderHtml } from '../../../src/report/html/html';
import { Markup, markup } from '../../../src/report/html/markup';
import { renderMarkdown } from '../../../src/report/markdown';
import { INPUTS } from './golden/inputs';
import { textOfHtml, wordsOf, wordsOfMarkdown } from './words';

const reports = Object.entries(INPUTS).map(([name, input]) => [name, buildReport(input)] as const);

/** Elements that the report is made of; anything else came out of a text. */
const ELEMENTS = new Set([
  '!doctype', 'html', 'head', 'meta', 'title', 'style', 'body', 'main', 'section', 'article', 'h1', 'h2', 'h3', 'h4', 'p', 'em', 'strong', 'dl', 'dt', 'dd', 'ul', 'li',
  'code', 'pre', 'span', 'bdi',
]);

describe('the report as HTML', () => {
  for (const [name, report] of reports) {
    const html = renderHtml(report);

    it(`says of ${name} what the Markdown says, in the same order`, () => {
      assert.deepEqual(wordsOf(textOfHtml(html)), wordsOfMarkdown(renderMarkdown(report)));
    });

    it(`holds of ${name} no element and no attribute but its own`, () => {
      const tags = [...html.matchAll(/<\/?([!a-z0-9]+)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*>/gi)];
      assert.equal(tags.length, html.match(/</g)!.length, 'each < begins a tag that is well formed');
      assert.deepEqual(tags.map(([, tag]) => tag!.toLowerCase()).filter(tag => !ELEMENTS.has(tag)), []);
      const attributes = new Set(tags.flatMap(([, , text]) => [...text!.matchAll(/\s([a-z-]+)/gi)].map(match => match[1]!.toLowerCase())));
      assert.deepEqual([...attributes].filter(each => /^on|^(?:src|href|style|srcset|action)$/.test(each)), []);
    });

    it(`closes of ${name} each element that it opens`, () => {
      const open: string[] = [];
      for (const [, slash, tag] of html.matchAll(/<(\/?)([a-z0-9]+)[^>]*>/gi)) {
        if (tag === 'meta') continue;
        if (slash === '') open.push(tag!);
        else assert.equal(open.pop(), tag);
      }
      assert.deepEqual(open, []);
    });
  }

  const html = renderHtml(reports[0]![1]);

  it('allows nothing but its own style sheet', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!.replace(/&#39;/g, "'");
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)![1]!;
    assert.equal(policy, `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`);
    assert.doesNotMatch(style, /url\(|@import|</);
  });

  it('has colours of its own for light, dark and paper', () => {
    assert.match(html, /@media \(prefers-color-scheme: dark\)/);
    assert.match(html, /@media print/);
  });

  it('escapes whatever is put into a template, once', () => {
    assert.equal(markup`<p title="${`"'<>&`}">${['<b>', markup`<i>${'&amp;'}</i>`]}</p>`.html, '<p title="&quot;&#39;&lt;&gt;&amp;">&lt;b&gt;<i>&amp;amp;</i></p>');
    assert.equal(markup`${new Markup('<hr>')}${2}`.html, '<hr>2');
  });
});
