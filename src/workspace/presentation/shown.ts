import type { ReadPath } from '../../core/models';

/** What is read of a row where rows are shown, and where that is written. */
export interface Shown {
  readonly path: ReadPath;
  /** It is read of some rows only, or chosen when the code runs. */
  readonly isConditional?: boolean;
  readonly file: string;
  /** Zero-based. */
  readonly line: number;
}
