import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Filter } from './filter';
import { restoreViewState, type Anchor, type ViewState } from './viewState';
import type { PagedList } from './view/paged';

const SAVE_SCROLL_AFTER_MS = 150;

/** Cards get their real heights when they come near the screen, so the place is looked for again in the next frames. */
const FRAMES_TO_SETTLE = 3;

interface Store {
  savedState(): unknown;
  saveState(state: object): void;
}

interface Owner extends ReactiveControllerHost {
  readonly renderRoot: ParentNode;
}

/** What the user has arranged: disclosures, lists, filter and scroll. It is saved with each change and comes back. */
export class Arrangement implements ReactiveController {
  private view: ViewState;
  private isScrollRestored = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly onScroll = (): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.saveScroll(), SAVE_SCROLL_AFTER_MS);
  };

  constructor(private readonly owner: Owner, private readonly store: Store) {
    this.view = restoreViewState(store.savedState());
    owner.addController(this);
  }

  get filter(): Filter {
    return this.view.filter;
  }

  get filterOpen(): boolean {
    return this.view.filterOpen;
  }

  isOpen(key: string, byDefault: boolean): boolean {
    return this.view.open[key] ?? byDefault;
  }

  /** The browser has opened or closed it already: only remember it, and only where it is not as it comes. */
  setOpen(key: string, open: boolean, byDefault: boolean): void {
    const { [key]: _, ...others } = this.view.open;
    this.save({ ...this.view, open: open === byDefault ? others : { ...others, [key]: open } });
  }

  shownOf({ key, size }: PagedList): number {
    return Math.max(this.view.shown[key] ?? 0, size);
  }

  showMore(list: PagedList): Promise<unknown> {
    this.showAtLeast(list, this.shownOf(list) + list.size);
    return this.owner.updateComplete;
  }

  showAtLeast(list: PagedList, count: number): void {
    this.change({ shown: { ...this.view.shown, [list.key]: Math.max(this.shownOf(list), count) } });
  }

  /** A list that was continued under one filter begins anew under the next. */
  setFilter(filter: Filter): void {
    this.change({ filter, shown: {} });
  }

  openFilter(filterOpen: boolean): void {
    this.change({ filterOpen });
  }

  /** Once, with the first report: afterwards the scroll is the user's. */
  restoreScroll(): void {
    if (this.isScrollRestored) return;
    this.isScrollRestored = true;
    const { scroll, anchor } = this.view;
    window.scrollTo(0, scroll);
    if (anchor !== undefined) void this.settle(anchor);
  }

  hostConnected(): void {
    window.addEventListener('scroll', this.onScroll, { passive: true });
  }

  hostDisconnected(): void {
    window.removeEventListener('scroll', this.onScroll);
    clearTimeout(this.timer);
  }

  private async settle({ itemId, top }: Anchor): Promise<void> {
    for (let frame = 0; frame < FRAMES_TO_SETTLE; frame++) {
      const card = this.cards().find(({ dataset }) => dataset['item'] === itemId);
      if (card === undefined) return;
      window.scrollBy(0, Math.round(card.getBoundingClientRect().top - top));
      await new Promise(requestAnimationFrame);
    }
  }

  private saveScroll(): void {
    const first = this.cards().find(card => card.getBoundingClientRect().bottom > 0);
    const anchor = first && { itemId: first.dataset['item']!, top: Math.round(first.getBoundingClientRect().top) };
    this.save({ ...this.view, scroll: Math.max(0, Math.round(window.scrollY)), anchor });
  }

  private cards(): HTMLElement[] {
    return [...this.owner.renderRoot.querySelectorAll<HTMLElement>('[data-item]')];
  }

  private change(change: Partial<ViewState>): void {
    this.save({ ...this.view, ...change });
    this.owner.requestUpdate();
  }

  private save(view: ViewState): void {
    this.view = view;
    this.store.saveState(view);
  }
}
