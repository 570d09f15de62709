import { type Check, isCount, isFlag, isText, objectOf } from './check';

/** What the user has arranged; it outlives a reload of the window. */
export interface ViewState {
  /** Disclosures that were opened or closed by hand, by their key. The others stand as they come. */
  readonly open: Readonly<Record<string, boolean>>;
  /** Pixels from the top. */
  readonly scroll: number;
}

const isOpenMap: Check<ViewState['open']> = (value): value is ViewState['open'] =>
  typeof value === 'object' && value !== null && Object.entries(value).every(([key, open]) => isText(key) && isFlag(open));

const isViewState = objectOf<ViewState>({ open: isOpenMap, scroll: isCount });

/** A state that was saved by another version of the panel is as good as none. */
export function restoreViewState(saved: unknown): ViewState {
  return isViewState(saved) ? saved : { open: {}, scroll: 0 };
}
