/** Words and numbers alone, in order: what two forms of one report have in common. */
export const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

/** The words of Markdown as a reader sees them: without escapes, and without the language of a code block. */
export const wordsOfMarkdown = (markdown: string): readonly string[] => wordsOf(markdown.replace(/^```\w+$/gm, '').replace(/\\(?=[^\p{L}\p{N}\s])/gu, ''));

const CHARACTERS: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

/** The text of the body of a report's HTML as a reader sees it. Its elements are known, so tags are what is between angle brackets. */
export function textOfHtml(html: string): string {
  const body = /<body>([\s\S]*)<\/body>/.exec(html)![1]!;
  return body.replace(/<\/?(?:bdi|span|em|strong)\b[^>]*>/g, '').replace(/<[^>]*>/g, ' ').replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => CHARACTERS[entity]!);
}
