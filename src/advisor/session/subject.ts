import type { Subject } from '../view';

/** A subject with the place it was taken from. Lines are zero-based and inclusive. */
export interface SubjectPlace extends Subject {
  readonly file?: string;
  readonly functionName?: string;
  readonly lines?: { readonly first: number; readonly last: number };
  /** The recommendation's id in the report. */
  readonly itemId?: string;
}

export const WORKSPACE: SubjectPlace = { kind: 'workspace', label: 'the whole workspace' };
