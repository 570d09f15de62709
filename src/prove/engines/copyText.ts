/** Rows in the text format of PostgreSQL's COPY. */
export function copyText(rows: readonly (readonly (string | null)[])[]): string {
  return rows.map((row) => `${row.map(field).join('\t')}\n`).join('');
}

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function field(value: string | null): string {
  if (value === null) return '\\N';
  return SPECIAL.test(value) ? value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character]!) : value;
}
