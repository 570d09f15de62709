import assert from 'node:assert/strict';
import type { Language } from '../../src/core/language';
import { findComments } from '../../src/detect/comments';
import { findSuppressions, isExpired, isIncomplete, isSuppressed } from '../../src/detect/suppressions';

const find = (text: string, language: Language = 'typescript') => findSuppressions(text, language, 'a');
const atLine = (line: number) => ({ start: { line, character: 4 }, end: { line: line + 3, character: 0 } });

describe('suppressions', () => {
  it('reads rules, reason and last day', () => {
    const [found] = find('x();\n// performance-ignore n-plus-one-query, sequential-await: five rows at most until 2027-01-31\ny();\n');
    assert.deepEqual(found, {
      file: 'a',
      rules: ['n-plus-one-query', 'sequential-await'],
      reason: 'five rows at most',
      until: '2027-01-31',
      line: 1,
      range: { start: { line: 1, character: 3 }, end: { line: 1, character: 92 } },
      codeLine: 2,
    });
  });

  it('reads the comment syntax of each language', () => {
    const directive = 'performance-ignore linear-membership: small list';
    const cases: [Language, string][] = [
      ['typescript', `// ${directive}`],
      ['typescript', `/* ${directive} */`],
      ['typescript', `/**\n * ${directive}\n */`],
      ['typescript', `return <ul>\n{/* ${directive} */}\n{rows}</ul>`],
      ['python', `# ${directive}`],
      ['sql', `-- ${directive}`],
      ['sql', `/* ${directive} */`],
    ];
    for (const [language, text] of cases) {
      const found = find(`${text}\ncode()\n`, language);
      assert.equal(found.length, 1, text);
      assert.deepEqual([found[0]!.rules, found[0]!.reason], [['linear-membership'], 'small list'], text);
    }
  });

  it('places the directive in a comment of several lines and after code', () => {
    const text = 'f(); /* performance-ignore a: b */\n/**\n * performance-ignore a: b\n */\ng();';
    const lines = text.split('\n');
    for (const { range } of find(text)) {
      assert.equal(lines[range.start.line]!.slice(range.start.character, range.end.character), 'performance-ignore a: b');
    }
    assert.equal(find(text).length, 2);
  });

  it('does not read strings, templates, regular expressions or prose', () => {
    const silent: [Language, string][] = [
      ['typescript', `const a = '// performance-ignore x: y';`],
      ['typescript', 'const a = `\n// performance-ignore x: y\n`;'],
      ['typescript', 'const a = `${b(`}`)}\n// performance-ignore x: y\n`;'],
      ['typescript', 'const a = "it\\"s // performance-ignore x: y";'],
      ['typescript', 'const a = /\\/\\/ performance-ignore x: y/;'],
      ['typescript', '// Write performance-ignore x: y to silence it.'],
      ['typescript', '// performance-ignored x: y'],
      ['python', 'a = """\n# performance-ignore x: y\n"""'],
      ['python', "a = '# performance-ignore x: y'"],
      ['sql', "SELECT '-- performance-ignore x: y', 'it''s -- performance-ignore x: y'"],
      ['sql', "SELECT 'two\n-- performance-ignore x: y\n'"],
    ];
    for (const [language, text] of silent) assert.deepEqual(find(text, language), [], text);
  });

  it('finds a comment after a quote that belongs to a regular expression or to JSX text', () => {
    for (const before of ['const quote = /["`]/;', 'const share = a / b; const c = d / e;', "<p>don't</p>"]) {
      assert.equal(find(`${before}\n// performance-ignore x: y\n`).length, 1, before);
    }
  });

  it('covers its own line where code stands before it, else the next line with code', () => {
    const text = [
      'first(); // performance-ignore a: trailing',
      '// performance-ignore b: alone',
      '// another comment',
      '',
      'second();',
      'third();',
    ].join('\r\n');
    const found = find(text);
    assert.equal(isSuppressed(atLine(0), 'a', found), true);
    assert.equal(isSuppressed(atLine(4), 'a', found), false, 'a trailing comment covers its own line only');
    assert.equal(isSuppressed(atLine(4), 'b', found), true);
    assert.equal(isSuppressed(atLine(5), 'b', found), false);
    assert.equal(isSuppressed(atLine(4), 'c', found), false);
  });

  it('demands a rule, a reason and a day that exists', () => {
    for (const text of [
      '// performance-ignore',
      '// performance-ignore n-plus-one-query',
      '// performance-ignore n-plus-one-query:',
      '// performance-ignore n-plus-one-query: until 2027-01-31',
      '// performance-ignore : a reason',
      '// performance-ignore n-plus-one-query: a reason until 2027-02-30',
    ]) {
      const found = find(`${text}\ncode();`);
      assert.deepEqual(found.map(isIncomplete), [true], text);
      assert.equal(isSuppressed(atLine(1), 'n-plus-one-query', found), false, text);
    }
  });

  it('expires after its last day', () => {
    const [found] = find('// performance-ignore a: reason until 2027-01-31');
    assert.equal(isExpired(found!, '2027-01-31'), false);
    assert.equal(isExpired(found!, '2027-02-01'), true);
    assert.equal(isExpired(find('// performance-ignore a: reason')[0]!, '2999-01-01'), false);
  });
});

describe('comments', () => {
  const texts = (text: string, language: Language) => findComments(text, language).map(({ start, end }) => text.slice(start, end));

  it('ends a line comment before its line break and an open block at the end of the text', () => {
    assert.deepEqual(texts('a // b\r\nc /* d\n e', 'typescript'), ['// b', '/* d\n e']);
  });

  it('keeps a string that is continued by an escaped line break', () => {
    assert.deepEqual(texts('a = "b \\\n # no"\n# yes', 'python'), ['# yes']);
  });

  it('reads urls, divisions and keywords before a regular expression', () => {
    assert.deepEqual(texts('return /"/.test(a); // b', 'typescript'), ['// b']);
    assert.deepEqual(texts("const url = 'http://x'; // b", 'typescript'), ['// b']);
  });

  it('reads a large file in one pass', () => {
    const text = "const a = 'b'; // c\n".repeat(50_000);
    assert.equal(findComments(text, 'typescript').length, 50_000);
  });
});
