/**
 * Everything that the conversation and the extension say to each other: see ../protocol.ts for how.
 * The view is sent whole each time it has changed; what the user does is named, and never a command.
 */
import type { ConversationView } from '../../advisor/view';
import { type Check, isCount, isText, listOf, messageOf, objectOf, oneOf } from '../check';
import { isConversationView } from './viewCheck';

export type ToConversation =
  | { readonly type: 'view'; readonly seq: number; readonly view: ConversationView }
  /** Moves the keyboard to the question, because the user has asked to write one. */
  | { readonly type: 'focus'; readonly seq: number };

export type FromConversation =
  | { readonly type: 'ready' }
  | { readonly type: 'ack'; readonly seq: number }
  | { readonly type: 'ask'; readonly text: string }
  | { readonly type: 'stop' }
  | { readonly type: 'retry' }
  /** The user's answer to a command that is to be run. */
  | { readonly type: 'decide'; readonly approval: string; readonly decision: 'once' | 'always' | 'no' }
  | { readonly type: 'agree'; readonly exclude: readonly string[] }
  | { readonly type: 'disagree' }
  | { readonly type: 'review' }
  | { readonly type: 'forgetAllowed' }
  | { readonly type: 'startAnew' }
  /** The next question is about the whole workspace again. */
  | { readonly type: 'wholeWorkspace' }
  | { readonly type: 'chooseProvider' }
  | { readonly type: 'setKey' }
  | { readonly type: 'openFolder' }
  | { readonly type: 'goTo'; readonly file: string; readonly line: number }
  | { readonly type: 'openRun'; readonly runId: string }
  | { readonly type: 'showFinding'; readonly findingId: string };

type To<K extends ToConversation['type']> = Extract<ToConversation, { readonly type: K }>;
type From<K extends FromConversation['type']> = Extract<FromConversation, { readonly type: K }>;

export const isToConversation: Check<ToConversation> = messageOf<ToConversation>({
  view: objectOf<To<'view'>>({ type: oneOf('view'), seq: isCount, view: isConversationView }),
  focus: objectOf<To<'focus'>>({ type: oneOf('focus'), seq: isCount }),
});

export const isFromConversation: Check<FromConversation> = messageOf<FromConversation>({
  ready: objectOf<From<'ready'>>({ type: oneOf('ready') }),
  ack: objectOf<From<'ack'>>({ type: oneOf('ack'), seq: isCount }),
  ask: objectOf<From<'ask'>>({ type: oneOf('ask'), text: isText }),
  stop: objectOf<From<'stop'>>({ type: oneOf('stop') }),
  retry: objectOf<From<'retry'>>({ type: oneOf('retry') }),
  decide: objectOf<From<'decide'>>({ type: oneOf('decide'), approval: isText, decision: oneOf('once', 'always', 'no') }),
  agree: objectOf<From<'agree'>>({ type: oneOf('agree'), exclude: listOf(isText) }),
  disagree: objectOf<From<'disagree'>>({ type: oneOf('disagree') }),
  review: objectOf<From<'review'>>({ type: oneOf('review') }),
  forgetAllowed: objectOf<From<'forgetAllowed'>>({ type: oneOf('forgetAllowed') }),
  startAnew: objectOf<From<'startAnew'>>({ type: oneOf('startAnew') }),
  wholeWorkspace: objectOf<From<'wholeWorkspace'>>({ type: oneOf('wholeWorkspace') }),
  chooseProvider: objectOf<From<'chooseProvider'>>({ type: oneOf('chooseProvider') }),
  setKey: objectOf<From<'setKey'>>({ type: oneOf('setKey') }),
  openFolder: objectOf<From<'openFolder'>>({ type: oneOf('openFolder') }),
  goTo: objectOf<From<'goTo'>>({ type: oneOf('goTo'), file: isText, line: isCount }),
  openRun: objectOf<From<'openRun'>>({ type: oneOf('openRun'), runId: isText }),
  showFinding: objectOf<From<'showFinding'>>({ type: oneOf('showFinding'), findingId: isText }),
});
