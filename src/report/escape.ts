import { clean } from './statement';

/** Text that Markdown and the HTML inside it show as it is, on one line. */
export function escapeMarkdown(text: string): string {
  return clean(text)
    .replace(/[\\`*_{}[\]<>&|~#]/g, '\\$&')
    .replace(/^(\s*)([-+=]|\d+(?=[.)](?:\s|$)))/u, (_, space: string, start: string) =>
      // A backslash does not escape a digit: there the delimiter after it has to be escaped.
      /\d/.test(start) ? `${space}${start}\\` : `${space}\\${start}`,
    );
}

/** A code span that holds any text, backticks included. */
export function codeSpan(text: string): string {
  const content = clean(text);
  const longest = Math.max(0, ...(content.match(/`+/g) ?? []).map(run => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = /^`|`$|^ .* $/.test(content) ? ' ' : '';
  return content === '' ? '' : `${fence}${padding}${content}${padding}${fence}`;
}
