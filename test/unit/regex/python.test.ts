import assert from 'node:assert/strict';
import { fromPython } from '../../../src/syntax/regex/python';
import { superLinear } from '../../../src/syntax/regex/analysis';

describe('patterns of Python as JavaScript writes them', () => {
  const cases: [string, string, string, string][] = [
    [String.raw`\A(?P<year>\d+)-(?P=year)\Z`, '', String.raw`^(?<year>\d+)-\k<year>$`, ''],
    [String.raw`(?im)^a{,3}$`, '', String.raw`^a{0,3}$`, 'im'],
    [String.raw`\\A(?#a comment)b`, 's', String.raw`\\Ab`, 's'],
    ['a b # a comment\n [ #] \\#', 'x', String.raw`ab[ #]\#`, ''],
  ];
  for (const [pattern, flags, source, expected] of cases) {
    it(JSON.stringify(pattern), () => assert.deepEqual(fromPython(pattern, flags), { source, flags: expected }));
  }

  for (const pattern of [String.raw`(?>a+)b`, String.raw`a++b`, String.raw`(a)?(?(1)b|c)`, String.raw`a(?i)b`, String.raw`(?i:a)b`]) {
    it(`leaves ${pattern} out`, () => assert.equal(fromPython(pattern, ''), undefined));
  }
});

describe('patterns that backtrack', () => {
  const growth = (source: string, flags = ''): string | undefined => superLinear({ source, flags })?.growth;

  it('tells what doubles from what is squared', () => {
    assert.equal(growth(String.raw`^(\w+\s?)*$`), 'exponential');
    assert.equal(growth(String.raw`^(.+?)@(.+)$`), 'polynomial');
  });

  it('asks what can fail behind the repetitions', () => {
    assert.equal(growth(String.raw`^(?:a*b?a*)*`), undefined);
    assert.equal(growth(String.raw`^import\s+.*$`, 'm'), undefined);
    assert.equal(growth(String.raw`^import\s+.*$`, ''), 'polynomial');
  });

  it('survives what is no pattern', () => assert.equal(growth('(a+*'), undefined));
});
