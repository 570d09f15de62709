import { type Check, isCount, isFlag, isNumber, isText, objectOf, optional } from './check';
import { type Filter, isFilter, NO_FILTER } from './filter';

/** Where the reader was: pixels mean little in a list whose cards have changed, so a card goes before them. */
export interface Anchor {
  readonly itemId: string;
  /** Of its upper edge from the top of the view, in pixels. */
  readonly top: number;
}

/** What the user has arranged; it outlives a reload of the window. */
export interface ViewState {
  /** Disclosures that do not stand as they come, by their key. */
  readonly open: Readonly<Record<string, boolean>>;
  /** Pixels from the top. */
  readonly scroll: number;
  /** The first card on the screen; absent above the first. */
  readonly anchor?: Anchor;
  readonly filter: Filter;
  /** The filter's fields are on the page, not only its search. */
  readonly filterOpen: boolean;
  /** How far the long lists were continued, by their key. */
  readonly shown: Readonly<Record<string, number>>;
}

export const NEW_VIEW: ViewState = { open: {}, scroll: 0, filter: NO_FILTER, filterOpen: false, shown: {} };

/** Longer than anybody has opened cards by hand, and short enough to read in no time. */
const MOST_ENTRIES = 10_000;

function recordOf<T>(check: Check<T>): Check<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const entries = Object.entries(value);
    return entries.length <= MOST_ENTRIES && entries.every(([key, each]) => isText(key) && check(each));
  };
}

const isViewState = objectOf<ViewState>({
  open: recordOf(isFlag),
  scroll: isCount,
  anchor: optional(objectOf<Anchor>({ itemId: isText, top: isNumber })),
  filter: isFilter,
  filterOpen: isFlag,
  shown: recordOf(isCount),
});

/** A state that was saved by another version of the panel is as good as none. */
export function restoreViewState(saved: unknown): ViewState {
  return isViewState(saved) ? saved : NEW_VIEW;
}
