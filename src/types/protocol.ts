import type { TypeKind } from '../core/rule';
import type { TypeRequest } from './typeService';

/** To the process that knows types. */
export interface Question extends TypeRequest {
  readonly id: number;
  readonly root: string;
}

/** From it. `failure` is set where the compiler threw; nothing is answered then. */
export interface Answer {
  readonly id: number;
  readonly kinds: readonly (TypeKind | undefined)[];
  readonly failure?: string;
}
