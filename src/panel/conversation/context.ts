import type { ConversationView } from '../../advisor/view';
import type { FromConversation } from './protocol';

/** What the templates need of the element that renders them. */
export interface Context {
  readonly view: ConversationView;
  /** What is written in the question's field. */
  readonly question: string;
  post(message: FromConversation): void;
  write(question: string): void;
  send(): void;
}
