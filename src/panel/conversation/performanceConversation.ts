import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ConversationView, Entry } from '../../advisor/view';
import { connect, type Host } from '../host';
import { conversationSheets } from '../styles';
import { composer } from './composer';
import { consent } from './consent';
import type { Context } from './context';
import { entries } from './entries';
import { guidance } from './guidance';
import { link } from './parts';
import { type FromConversation, isToConversation, type ToConversation } from './protocol';

const NOTHING_YET: ConversationView = {
  state: 'ready', answeredBy: '', subject: { kind: 'workspace', label: 'the whole workspace' }, draft: '', entries: [], estimate: '',
};

/** So close to the end the user reads along, and the page follows what is added. */
const FOLLOW_WITHIN_PX = 80;

/**
 * The conversation with the advisor. It shows the last view it was given and posts what the user does; it decides
 * nothing and keeps nothing but the question that is being written.
 */
export class PerformanceConversation extends LitElement implements Context {
  static override styles = conversationSheets;
  static override properties = { view: { state: true }, question: { state: true }, announcement: { state: true } };

  declare view: ConversationView;
  declare question: string;
  /** Read out by screen readers when it changes. */
  private declare announcement: string;
  private readonly host: Host<FromConversation>;
  private isFollowing = true;

  constructor() {
    super();
    this.view = NOTHING_YET;
    this.announcement = '';
    this.host = connect<ToConversation, FromConversation>(isToConversation, message => this.receive(message));
    const saved = this.host.savedState();
    this.question = typeof saved === 'object' && saved !== null && 'question' in saved && typeof saved.question === 'string' ? saved.question : '';
  }

  post(message: FromConversation): void {
    this.host.post(message);
  }

  write(question: string): void {
    this.question = question;
    this.host.saveState({ question });
  }

  send(): void {
    if (this.question.trim() === '' || this.view.state === 'working') return;
    this.post({ type: 'ask', text: this.question });
    this.write('');
  }

  private receive(message: ToConversation): void {
    if (message.type === 'focus') {
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('#question, #consent-title, vscode-button')?.focus());
      return;
    }
    const before = this.view;
    this.view = message.view;
    if (message.view.draft !== before.draft && message.view.draft !== '') this.write(message.view.draft);
    this.announcement = announcementOf(before, message.view) ?? this.announcement;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const page = document.scrollingElement;
    if (changed.has('view') && page) this.isFollowing = page.scrollHeight - page.scrollTop - page.clientHeight < FOLLOW_WITHIN_PX;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('view')) return;
    if (this.isFollowing) window.scrollTo(0, document.scrollingElement?.scrollHeight ?? 0);
    const before = changed.get('view') as ConversationView | undefined;
    // The form has taken the place of what the keyboard was in.
    if (this.view.state === 'consent' && before?.state !== 'consent') this.renderRoot.querySelector<HTMLElement>('#consent-title')?.focus();
  }

  protected override render(): TemplateResult {
    const { view } = this;
    const guide = guidance(this);
    return html`<main class="conversation">
      <h1 class="visually-hidden">Performance engineer</h1>
      <div role="status" class="visually-hidden">${this.announcement}</div>
      ${view.answeredBy === '' ? nothing : this.top()}
      ${entries(this)}
      ${view.state === 'consent' && view.consent ? consent(this, view.consent) : nothing}
      ${guide ?? nothing}
      ${view.state === 'ready' || view.state === 'working' ? composer(this) : nothing}
    </main>`;
  }

  private top(): TemplateResult {
    const { answeredBy, entries: all, state } = this.view;
    return html`<header class="top">
      <span class="muted">${answeredBy}</span>
      <span class="actions">
        ${state === 'ready' ? link(this, 'What may be sent', { type: 'review' }) : nothing}
        ${link(this, 'Change', { type: 'chooseProvider' }, 'Choose who answers')}
        ${all.length === 0 || state === 'working' ? nothing : link(this, 'New conversation', { type: 'startAnew' })}
      </span>
    </header>`;
  }
}

/** What has happened, for those who do not see it. A growing answer is read out once it is whole. */
function announcementOf(before: ConversationView, now: ConversationView): string | undefined {
  const last = now.entries.at(-1);
  const open = now.entries.find((entry): entry is Extract<Entry, { kind: 'approval' }> => entry.kind === 'approval' && entry.state === 'open');
  const wasOpen = before.entries.some(({ kind, id }) => kind === 'approval' && id === open?.id);
  if (open !== undefined && !wasOpen) return 'A command waits for your decision.';
  if (now.state === 'consent' && before.state !== 'consent') return 'Before anything is sent, look over what leaves your machine.';
  if (before.state === 'working' && now.state !== 'working') return last?.kind === 'problem' ? last.message : answerText(now);
  if (before.state !== 'working' && now.state === 'working') return 'The performance engineer is looking.';
  return undefined;
}

function answerText({ entries: all }: ConversationView): string {
  const answer = all.findLast((entry): entry is Extract<Entry, { kind: 'answer' }> => entry.kind === 'answer' && entry.isFinal);
  if (answer === undefined) return 'It has ended.';
  const struck = answer.claims.reduce((sum, { pieces }) => sum + pieces.filter(({ kind }) => kind === 'struck').length, 0);
  return `The answer is there: ${answer.claims.length} ${answer.claims.length === 1 ? 'statement' : 'statements'}${struck === 0 ? '' : `, ${struck} struck out`}.`;
}
