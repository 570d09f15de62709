import { html, nothing, type TemplateResult } from 'lit';
import type { Context } from './context';

/** A list that is too long to be put on the page at once. */
export interface PagedList {
  /** Names the list in the saved state. */
  readonly key: string;
  /** How many entries are added at a time. */
  readonly size: number;
  /** The next entries come by themselves when the end of the list is scrolled near. Otherwise the button adds them. */
  readonly grows?: boolean;
}

const isCut = (context: Context, list: PagedList, entries: readonly unknown[]): boolean => entries.length > context.arrangement.shownOf(list);

export const page = <T>(context: Context, list: PagedList, entries: readonly T[]): readonly T[] =>
  isCut(context, list, entries) ? entries.slice(0, context.arrangement.shownOf(list)) : entries;

/**
 * Stands right behind the element that holds the entries. A list is continued rather than virtualised: what was
 * read stays where a screen reader and the browser's own search have found it.
 */
export function more(context: Context, list: PagedList, entries: readonly unknown[]): TemplateResult | typeof nothing {
  if (!isCut(context, list, entries)) return nothing;
  const shown = context.arrangement.shownOf(list);
  const rest = entries.length - shown;
  const onClick = async ({ currentTarget }: Event): Promise<void> => {
    const holder = (currentTarget as HTMLElement).previousElementSibling;
    await context.arrangement.showMore(list);
    const next = holder?.children[shown] as HTMLElement | undefined;
    (next?.tabIndex === -1 && next.hasAttribute('tabindex') ? next : next?.querySelector('button'))?.focus();
  };
  return html`<button class="link more" data-list=${list.key} ?data-grows=${list.grows} @click=${onClick}>
    Show ${Math.min(list.size, rest).toLocaleString('en')} more of ${entries.length.toLocaleString('en')}</button>`;
}
