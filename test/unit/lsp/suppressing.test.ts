import assert from 'node:assert/strict';
import { FailureError } from '../../../src/core/failures';
import type { Language } from '../../../src/core/language';
import { applyEdits, LineIndex } from '../../../src/core/text';
import { suppressionEdit } from '../../../src/lsp/features/suppressing';

function suppress(file: string, language: Language, text: string, part: string, more: { reason?: string; until?: string; holderLines?: number[] } = {}): string {
  const start = new LineIndex(text).positionAt(text.indexOf(part));
  const edit = suppressionEdit({ file, language, text, rule: 'select-star', start, reason: 'five rows', ...more });
  return applyEdits(text, [edit]);
}

describe('the suppression comment', () => {
  it('stands above the finding, indented like it, with its date', () =>
    assert.equal(
      suppress('a.ts', 'typescript', 'function f() {\n\tg();\n}\n', 'g()', { until: '2027-01-31' }),
      'function f() {\n\t// performance-ignore select-star: five rows until 2027-01-31\n\tg();\n}\n',
    ));

  it('uses the comment of the language and the line break of the file', () => {
    assert.equal(suppress('a.py', 'python', 'x = 1\r\ny = 2\r\n', 'y'), 'x = 1\r\n# performance-ignore select-star: five rows\r\ny = 2\r\n');
    assert.equal(suppress('a.sql', 'sql', 'SELECT * FROM t;', 'SELECT'), '-- performance-ignore select-star: five rows\nSELECT * FROM t;');
  });

  it('stands right before an expression that may be the child of an element, where a line comment would be text', () => {
    const text = 'const a = (\n  <ul>\n    Rows: {rows.map((row) => <li />)}\n  </ul>\n);\n';
    assert.match(suppress('a.tsx', 'typescript', text, 'rows.map'), /Rows: \{\/\* performance-ignore select-star: five rows \*\/ rows\.map/);
    assert.match(suppress('a.ts', 'typescript', text, 'rows.map'), /\n {4}\/\/ performance-ignore select-star: five rows\n {4}Rows/);
  });

  it('stands behind the line where a backslash joins it to the one above', () =>
    assert.equal(
      suppress('a.py', 'python', 'x = 1 + \\\n  y\n', 'y'),
      'x = 1 + \\\n  y  # performance-ignore select-star: five rows\n',
    ));

  it('keeps a reason of several lines on one, and cannot end its own comment', () => {
    const text = 'const a = <ul>{rows}</ul>;\n';
    const edited = suppress('a.tsx', 'typescript', text, 'rows', { reason: 'few\n rows */ evil()' });
    assert.match(edited, /\{\/\* performance-ignore select-star: few rows \* \/ evil\(\) \*\/ rows\}/);
  });

  it('stands above the statement whose string holds the finding', () => {
    const text = 'function f() {\n  const q = db.query(`\n    SELECT *\n    FROM t\n  `);\n}\n';
    assert.equal(
      suppress('a.ts', 'typescript', text, 'SELECT', { holderLines: [2, 1] }),
      'function f() {\n  // performance-ignore select-star: five rows\n  const q = db.query(`\n    SELECT *\n    FROM t\n  `);\n}\n',
    );
  });

  it('is refused inside a string whose statement is not known', () => {
    const text = 'const q = `\n  SELECT *\n  FROM t\n`;\n';
    assert.throws(() => suppress('a.ts', 'typescript', text, 'SELECT'), (error) => {
      assert.ok(error instanceof FailureError);
      assert.equal(error.failure.code, 'cannot-suppress');
      return true;
    });
  });
});
