import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { objection } from './architecture/directions';
import { importsOf } from './architecture/imports';

const ROOT = resolve(__dirname, '../..');
const LONGEST_FILE = 300;

interface SourceFile {
  readonly file: string;
  readonly text: string;
}

const sources: readonly SourceFile[] = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.[jt]sx?$/.test(entry.name))
  .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replace(/\\/g, '/'))
  .sort()
  .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));

const handWritten = sources.filter(({ file }) => !file.includes('/generated/'));

const objections = (file: string, text: string): string[] =>
  importsOf(file, text).flatMap((each) => objection(each) ?? []);

describe('architecture', () => {
  it('imports run in the directions of the house', () => {
    assertNone(sources.flatMap(({ file, text }) => objections(file, text)));
  });

  it('no file has more than 300 lines', () => {
    const long = handWritten.flatMap(({ file, text }) => {
      const lines = text.trimEnd().split('\n').length;
      return lines > LONGEST_FILE ? [`${file} has ${lines}`] : [];
    });
    assertNone(long);
  });

  it('nothing is left for later', () => {
    assertNone(linesMatching(/\b(?:TODO|FIXME|XXX)\b/));
  });

  it('no path or registry of the machine it was written on', () => {
    assertNone(linesMatching(/['"`(\s](?:\/work|\/tmp|\/home|\/root|\/Users)\//));
  });
});

/** Names every offence, one a line. */
function assertNone(offences: readonly string[]): void {
  assert.equal([...new Set(offences)].join('\n'), '');
}

function linesMatching(pattern: RegExp): string[] {
  return handWritten.flatMap(({ file, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
}

describe('the check of the architecture', () => {
  const refused: [string, string, RegExp][] = [
    ['src/core/a.ts', `import { b } from '../report/b';`, /^src\/core\/a\.ts:1 imports '\.\.\/report\/b': src\/core may import nothing/],
    ['src/core/a.ts', `import { readFileSync } from 'node:fs';`, /src\/core does no I\/O/],
    ['src/syntax/sql/a.ts', `import type { b } from '../../workspace/b';`, /src\/syntax may import core/],
    ['src/report/a.ts', `export * from '../detect/detector';`, /src\/report may import core, evidence/],
    ['src/report/a.ts', `let x: import('../lsp/b').B;`, /imports '\.\.\/lsp\/b'/],
    ['src/report/a.ts', `\nconst x = await import('../lsp/b');`, /^src\/report\/a\.ts:2 /],
    ['src/report/a.ts', `const x = require('../lsp/b');`, /imports '\.\.\/lsp\/b'/],
    ['src/report/a.ts', `import x = require('../lsp/b');`, /imports '\.\.\/lsp\/b'/],
    ['src/lsp/a.ts', `import * as vscode from 'vscode';`, /only .*editor.* may/],
    ['src/editor/a.ts', `import { x } from 'vscode-languageserver/node';`, /only .*lsp.* may/],
    ['src/rules/x/python.ts', `import { ts } from 'ts-morph';`, /only .*typescript.* may/],
    ['src/rules/x/rule.ts', `import { y } from '../y/facts';`, /another rule's folder/],
    ['src/rules/x/rule.ts', `import { advice } from './advice';`, /call loadAdvice/],
    ['src/lsp/a.ts', `import { advice } from '../rules/generated/advice';`, /call loadAdvice/],
    ['src/editor/a.ts', `import { x } from '../panel/app';`, /src\/editor may import .*panel\/protocol/],
    ['src/detect/a.ts', `import { x } from '../build/generate';`, /src\/detect may import/],
    ['src/core/a.ts', `import x from '../../test/unit/a';`, /it is outside of src/],
    ['src/newfolder/a.ts', `import x from '../core/text';`, /not in the table of directions/],
    ['src/report/a.ts', `import x from 'left-pad';`, /not in the table of packages/],
  ];
  for (const [file, text, message] of refused) {
    it(`refuses ${text.trim()} in ${file}`, () => {
      const [first, ...others] = objections(file, text);
      assert.match(first ?? 'no objection', message);
      assert.deepEqual(others, []);
    });
  }

  const admitted: [string, string][] = [
    ['src/syntax/typescript/a.ts', `import { ts } from 'ts-morph';`],
    ['src/rules/x/typescript.ts', `import { ts } from 'ts-morph'; import type { Facts } from './rule';`],
    ['src/rules/generated/rules.ts', `import { rule } from '../x/rule';`],
    ['src/rules/generated/advice.ts', `import { advice } from '../x/advice';`],
    ['src/lsp/a.ts', `import { loadAdvice } from '../rules/advice';`],
    ['src/editor/a.ts', `import * as vscode from 'vscode'; import type { Message } from '../panel/protocol';`],
    ['src/build/a.ts', `import { rules } from '../rules/generated/rules'; import { build } from 'esbuild';`],
    ['src/detect/a.ts', `const text = "import x from '../build/generate'";`],
  ];
  for (const [file, text] of admitted) {
    it(`admits ${text} in ${file}`, () => assert.deepEqual(objections(file, text), []));
  }
});
