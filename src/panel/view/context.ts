import type { RunList } from '../../report/runs/model';
import type { Arrangement } from '../arrangement';
import type { Selection } from '../filter';
import type { FromPanel, PanelState, Running } from '../protocol';

/** What the templates need of the element that renders them. */
export interface Context {
  readonly state: PanelState;
  /** null where nothing runs. */
  readonly running: Running | null;
  /** Whole seconds that it has taken. */
  readonly elapsed: number;
  /** What is open, how far lists are continued, and the filter. */
  readonly arrangement: Arrangement;
  /** What the filter leaves of the report. */
  readonly selection: Selection;
  /** What was measured; null until it is known. */
  readonly runs: RunList | null;
  /** Where the page is shown. */
  readonly surface: 'sidebar' | 'editor';
  post(message: FromPanel): void;
  /** Opens a section and moves the keyboard to its heading, or to that of one priority in it. */
  reveal(selector: string): void;
  /** Brings a card onto the page, whatever is filtered or not yet listed, and moves the keyboard to it. */
  revealItem(itemId: string): void;
  focusSearch(): void;
  /** The finding whose reason is being asked for. */
  readonly dismissing: string | undefined;
  /** Whether the form was sent without a reason. */
  readonly reasonMissing: boolean;
  startDismissing(findingId: string): void;
  stopDismissing(): void;
  dismiss(findingId: string, reason: string): void;
}
