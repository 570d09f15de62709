import * as assert from 'node:assert/strict';
import { codeSpan, escapeMarkdown } from '../../../src/report/escape';
import { clean, estimate, measured, plainText, prose, saying } from '../../../src/report/statement';

describe('text from names and code', () => {
  it('loses ANSI sequences, control characters and changes of direction', () => {
    assert.equal(clean('\u001b[31mred\u001b[0m \u001b]8;;http://x\u0007link\u0007 a\u202Eb\u200Fc\u0000d'), 'red link abcd');
  });

  it('keeps emoji, right-to-left letters and the joiners they need', () => {
    const text = '👩‍💻 مرحبا می‌خواهم';
    assert.equal(clean(text), text);
  });

  it('becomes one line', () => {
    assert.equal(clean('a\r\n  b\tc\u2028d'), 'a b c d');
  });

  it('is cut between characters', () => {
    assert.equal(clean('ab\u{1F600}\u{1F600}', 3), 'ab…');
    assert.equal(clean('ab\u{1F600}\u{1F600}', 4), 'ab\u{1F600}…');
    assert.equal(clean('abc', 3), 'abc');
  });
});

describe('Markdown', () => {
  const escaped: readonly (readonly [string, string])[] = [
    ['<b>&amp;</b>', '\\<b\\>\\&amp;\\</b\\>'],
    ['**a** _b_ `c` ~d~', '\\*\\*a\\*\\* \\_b\\_ \\`c\\` \\~d\\~'],
    ['[a](b) | c', '\\[a\\](b) \\| c'],
    ['- a', '\\- a'],
    ['1. a', '1\\. a'],
    ['2) a', '2\\) a'],
    ['1.5 ms', '1.5 ms'],
    ['a - b', 'a - b'],
    ['a\n# b', 'a \\# b'],
  ];
  for (const [text, expected] of escaped) {
    it(`shows ${JSON.stringify(text)} as it is`, () => assert.equal(escapeMarkdown(text), expected));
  }

  const spans: readonly (readonly [string, string])[] = [
    ['a', '`a`'],
    ['a`b', '``a`b``'],
    ['`a`', '`` `a` ``'],
    ['a``b`c', '```a``b`c```'],
    [' a ', '`  a  `'],
    ['', ''],
  ];
  for (const [text, expected] of spans) {
    it(`puts ${JSON.stringify(text)} into a code span`, () => assert.equal(codeSpan(text), expected));
  }
});

describe('statements', () => {
  it('carry the evidence of each figure into plain text', () => {
    assert.equal(
      plainText([prose('takes '), measured('96 %', 'r1'), prose(', about '), estimate('1,001 queries')]),
      'takes 96 % (measured, run r1), about 1,001 queries (estimate)',
    );
  });

  it("mark a rule's sentence as an estimate when it names a magnitude", () => {
    assert.deepEqual(saying('About 100 queries.'), [{ text: 'About 100 queries.', evidence: 'estimate' }]);
    assert.deepEqual(saying('One query per item.'), [{ text: 'One query per item.' }]);
  });
});
