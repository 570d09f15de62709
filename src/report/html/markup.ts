import { clean } from '../statement';

/** HTML that is safe to put into HTML. Only `markup` makes it, so that no text gets in without being escaped. */
export class Markup {
  constructor(readonly html: string) {}
}

export type Content = string | number | Markup | readonly Content[];

/** A piece of HTML: what is written in the template is markup, and what is put into it is text, unless it is markup itself. */
export function markup(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(parts.map((part, i) => part + (i < contents.length ? htmlOf(contents[i]!) : '')).join(''));
}

export const nothing = new Markup('');

/** Text of several lines as it is: for code of our own, in `pre`. */
export const lines = (text: string): Markup => new Markup(escapeHtml(text));

function htmlOf(content: Content): string {
  if (content instanceof Markup) return content.html;
  if (Array.isArray(content)) return content.map(htmlOf).join('');
  return escapeHtml(clean(String(content)));
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
