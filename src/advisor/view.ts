/*
 * A conversation as it is shown. Plain JSON, because it goes to the view by message and into the transcript.
 * Whatever a model or a file has said is in it as text, and is shown as text.
 */
import type { CheckedClaim, Citation } from './answer/checkAnswer';
import type { Piece } from './evidence/check';
import type { Quality } from './evidence/item';
import type { StepState } from './investigate';

export type { CheckedClaim, Citation, Piece, Quality, StepState };

export type ClaimTopic = CheckedClaim['topic'];

/** What a question is about. */
export interface Subject {
  readonly kind: 'selection' | 'function' | 'file' | 'workspace' | 'recommendation';
  /** "listOrders in src/orders.ts". */
  readonly label: string;
}

export type ApprovalState = 'open' | 'once' | 'always' | 'denied';

export type Entry =
  | { readonly kind: 'question'; readonly id: string; readonly text: string; readonly subject: Subject }
  | { readonly kind: 'step'; readonly id: string; readonly label: string; readonly state: StepState; readonly detail?: string }
  /** What the model has said between its calls. */
  | { readonly kind: 'note'; readonly id: string; readonly pieces: readonly Piece[] }
  | {
      readonly kind: 'approval';
      readonly id: string;
      readonly tool: string;
      readonly command: string;
      readonly cwd: string;
      /** The model's own words. */
      readonly reason: string;
      readonly state: ApprovalState;
    }
  | { readonly kind: 'answer'; readonly id: string; readonly claims: readonly CheckedClaim[]; readonly isFinal: boolean; readonly notice?: string }
  /** An answer that is not of the form: its words, with every number as an estimate. */
  | { readonly kind: 'unformed'; readonly id: string; readonly pieces: readonly Piece[]; readonly problem: string }
  | { readonly kind: 'problem'; readonly id: string; readonly code: string; readonly message: string; readonly canRetry: boolean }
  /** What the question has cost. */
  | { readonly kind: 'spent'; readonly id: string; readonly text: string };

/** What leaves the machine, shown once for each workspace and recipient before anything does. */
export interface ConsentView {
  readonly recipient: string;
  readonly model: string;
  /** How many files could be read, and the first of them. */
  readonly files: number;
  readonly sample: readonly string[];
  readonly findings: number;
  readonly runs: number;
  /** Globs that are never read. */
  readonly exclude: readonly string[];
  /** The first message as it would be sent. */
  readonly preview: string;
  /** Commands that run without being asked for. */
  readonly allowed: readonly string[];
  /** It was given before and is being looked over. */
  readonly isGiven: boolean;
}

export type ConversationState =
  /** Nobody is chosen to answer. */
  | 'off'
  | 'no-folder'
  | 'no-key'
  | 'consent'
  | 'ready'
  | 'working';

export interface ConversationView {
  readonly state: ConversationState;
  /** Who answers: "claude-opus-5-5 at api.anthropic.com"; '' while nobody is chosen. */
  readonly answeredBy: string;
  readonly subject: Subject;
  /** A question that was begun for the user, to be sent or changed. */
  readonly draft: string;
  readonly entries: readonly Entry[];
  readonly consent?: ConsentView;
  /** What the next question will use at least, and what it may use at most. */
  readonly estimate: string;
}
