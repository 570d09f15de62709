import type { FromPanel, PanelState } from '../protocol';

/** What the templates need of the element that renders them. */
export interface Context {
  readonly state: PanelState;
  post(message: FromPanel): void;
  /** Opens a section and moves the keyboard to its heading, or to that of one priority in it. */
  reveal(selector: string): void;
  isOpen(key: string, byDefault: boolean): boolean;
  setOpen(key: string, open: boolean): void;
  /** The finding whose reason is being asked for. */
  readonly dismissing: string | undefined;
  /** Whether the form was sent without a reason. */
  readonly reasonMissing: boolean;
  startDismissing(findingId: string): void;
  stopDismissing(): void;
  dismiss(findingId: string, reason: string): void;
}
