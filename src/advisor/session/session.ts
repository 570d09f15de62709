import { type Failure, FailureError, failures } from '../../core/failures';
import { guessTokens } from '../budget';
import type { ChatModel } from '../model';
import { redact } from '../privacy/redact';
import type { ConversationState, ConversationView } from '../view';
import { Approvals, type Decision } from './approvals';
import { consentView } from './consenting';
import { Conversation } from './conversation';
import { estimateText } from './costs';
import { type SubjectPlace, WORKSPACE } from './subject';
import type { Ports } from './ports';
import { Presenter } from './presenter';
import { type Asking, askQuestion, firstRequest, goOn } from './questions';

const USUAL_OVERVIEW_CHARACTERS = 6000;

/**
 * A conversation with the advisor about one workspace folder. It decides what may be sent and when; the editor
 * shows its view and hands it what the user does.
 *
 * | state   | event                   | next                                          |
 * |---------|-------------------------|-----------------------------------------------|
 * | off     | a provider is chosen    | no-key, consent or ready                      |
 * | no-key  | a key is stored         | consent or ready                              |
 * | consent | the user agrees         | ready; a question that has waited is sent     |
 * | ready   | a question              | working; consent where it is missing          |
 * | working | answer, failure or stop | ready                                         |
 */
export class Session {
  private conversation!: Conversation;
  private approvals!: Approvals;
  private subject: SubjectPlace = WORKSPACE;
  private draft = '';
  private state: ConversationState = 'off';
  private key?: string;
  private consent?: ConversationView['consent'];
  /** A question that waits for the user's consent. */
  private waiting?: { readonly text: string; readonly subject: SubjectPlace };
  private running?: AbortController;
  private connected?: { readonly fingerprint: string; readonly model: ChatModel };

  constructor(
    private readonly ports: Ports,
    private readonly onChange: (view: ConversationView) => void,
  ) {
    this.use(this.begin());
  }

  get view(): ConversationView {
    const settings = this.ports.settings();
    const { model, recipient } = this.ports.recipient(settings);
    return {
      state: this.state,
      answeredBy: this.state === 'off' || this.state === 'no-folder' ? '' : `${model} at ${recipient}`,
      subject: { kind: this.subject.kind, label: this.subject.label },
      draft: this.draft,
      entries: this.conversation.entries.all,
      ...(this.state === 'consent' && { consent: this.consent }),
      estimate: estimateText(this.guessFirst(), settings, model),
    };
  }

  get facts(): Ports['facts'] {
    return this.ports.facts;
  }

  get isWorking(): boolean {
    return this.running !== undefined;
  }

  /** Takes up the conversation that was open when the window was closed. */
  async restore(): Promise<void> {
    const id = this.ports.current.get();
    try {
      const resumed = id === undefined ? undefined : await Conversation.resume(id, this.ports.transcripts, () => this.secrets, () => this.changed());
      if (resumed !== undefined) {
        this.use(resumed);
        new Presenter(resumed).interrupted();
      }
    } catch (error) {
      this.fail(error);
    }
    await this.refresh();
  }

  /** To be called when settings, the key or the trust in the workspace have changed. */
  async refresh(): Promise<void> {
    this.key = await this.ports.key();
    if (!this.isWorking && this.state !== 'consent') this.state = this.restingState();
    if (this.state === 'consent' && this.restingState() === 'off') this.state = 'off';
    this.changed();
  }

  /** What the next question will be about, and how it may begin. Nothing is sent. */
  prepare(subject: SubjectPlace, draft = ''): void {
    this.subject = subject;
    this.draft = draft;
    this.changed();
  }

  /** Asks, once everything that has to be settled before is settled. It never rejects: what goes wrong is shown. */
  async ask(text: string): Promise<void> {
    const question = redact(text.trim(), this.secrets);
    if (question === '' || this.isWorking) return;
    await this.refresh();
    const subject = this.subject;
    // Nobody can be asked yet: the words wait where they were written.
    this.draft = this.state === 'off' || this.state === 'no-key' ? question : '';
    if (this.state === 'off') return this.fail(new FailureError(failures.advisorOff()));
    if (this.state === 'no-key') return this.fail(new FailureError(failures.keyMissing()));
    if (!this.hasConsent()) {
      this.waiting = { text: question, subject };
      return this.askForConsent();
    }
    await this.work((signal) => askQuestion(this.asking(), question, subject, signal));
  }

  /** Goes on after a failure, from where it was. */
  async retry(): Promise<void> {
    if (this.isWorking || this.conversation.messages.all.length === 0) return;
    await this.refresh();
    if (this.state !== 'ready') return this.changed();
    if (!this.hasConsent()) return this.askForConsent();
    await this.work((signal) => goOn(this.asking(), signal));
  }

  stop(): void {
    this.running?.abort(new Stopped());
  }

  decide(approval: string, decision: Decision): void {
    this.approvals.decide(approval, decision);
  }

  /** Shows what may be sent, to be looked over and changed or taken back. */
  async review(): Promise<void> {
    await this.refresh();
    if (this.isWorking) return;
    if (this.state === 'off') return this.fail(new FailureError(failures.advisorOff()));
    await this.askForConsent();
  }

  /** The user agrees; a question that has waited is sent. */
  async agree(exclude: readonly string[]): Promise<void> {
    if (this.state !== 'consent') return;
    const { recipient } = this.ports.recipient(this.ports.settings());
    // The settings have changed under the question: what was shown is not what would happen.
    if (recipient !== this.consent?.recipient) return this.askForConsent();
    await this.ports.consents.set({ recipient, exclude });
    this.closeConsent();
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting === undefined || this.restingState() !== 'ready') return this.changed();
    await this.work((signal) => askQuestion(this.asking(), waiting.text, waiting.subject, signal));
  }

  /** The user does not agree: nothing is sent, and what was agreed to before is taken back. */
  async disagree(): Promise<void> {
    await this.ports.consents.set(undefined);
    this.draft = this.waiting?.text ?? this.draft;
    this.waiting = undefined;
    this.closeConsent();
    this.changed();
  }

  async forgetAllowed(): Promise<void> {
    await this.ports.allowed.clear();
    if (this.state === 'consent') await this.askForConsent();
  }

  /** Begins anew. The old conversation stays in its transcript. */
  async startAnew(): Promise<void> {
    this.stop();
    this.use(this.begin());
    await this.ports.current.set(undefined);
    this.changed();
  }

  /** Resolves when everything so far is written down. */
  flushed(): Promise<void> {
    return this.conversation.flushed();
  }

  dispose(): void {
    this.stop();
  }

  private get secrets(): readonly string[] {
    return this.key === undefined ? [] : [this.key];
  }

  private begin(): Conversation {
    return Conversation.begin(this.ports.transcripts, () => this.secrets, () => this.changed(), this.ports.now());
  }

  private use(conversation: Conversation): void {
    this.conversation = conversation;
    this.approvals = new Approvals(conversation.entries, this.ports.allowed);
    conversation.onUnwritable = (error) => new Presenter(conversation).problem(error.failure, false);
  }

  private restingState(): ConversationState {
    const { provider } = this.ports.settings();
    if (provider === 'off') return 'off';
    return provider === 'anthropic' && this.key === undefined ? 'no-key' : 'ready';
  }

  private hasConsent(): boolean {
    const { recipient } = this.ports.recipient(this.ports.settings());
    return this.ports.consents.get()?.recipient === recipient;
  }

  private closeConsent(): void {
    this.consent = undefined;
    this.state = this.restingState();
  }

  private async askForConsent(): Promise<void> {
    const { text, subject } = this.waiting ?? { text: '', subject: this.subject };
    this.consent = await consentView(this.ports, text, subject, this.secrets);
    this.state = 'consent';
    this.changed();
  }

  private asking(): Asking {
    const { ports, conversation, approvals, secrets } = this;
    const exclude = ports.consents.get()?.exclude ?? [];
    return { ports, conversation, approvals, exclude, secrets, connect: (signal) => this.connect(signal) };
  }

  /** The same model is connected to once; another choice or another key connects anew. */
  private async connect(signal: AbortSignal): Promise<ChatModel> {
    const settings = this.ports.settings();
    const fingerprint = JSON.stringify([settings.provider, settings.model, settings.effort, settings.baseUrl, this.key]);
    if (this.connected?.fingerprint !== fingerprint) {
      this.connected = { fingerprint, model: await this.ports.connect(settings, this.key ?? '', signal) };
    }
    return this.connected.model;
  }

  /** Runs one piece of work that the user can stop. What goes wrong becomes an entry of the conversation. */
  private async work(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const controller = new AbortController();
    const { conversation } = this;
    this.running = controller;
    this.state = 'working';
    this.changed();
    const before = conversation.messages.all.length;
    try {
      await work(controller.signal);
    } catch (error) {
      const presenter = new Presenter(conversation);
      const failure = failureFor(error);
      // A model that has refused once refuses whatever comes after the same words.
      const isRefused = failure.code === 'advisor-refused';
      if (isRefused) conversation.messages.forget(before);
      if (error instanceof Stopped) presenter.stopped();
      else presenter.problem(failure, !isRefused && conversation.messages.all.length > before);
    } finally {
      this.running = undefined;
      this.state = this.restingState();
      this.changed();
    }
  }

  private fail(error: unknown): void {
    new Presenter(this.conversation).problem(failureFor(error), false);
    this.changed();
  }

  /** Before the first question the overview of the workspace is not written yet: its usual length stands for it. */
  private guessFirst(): number {
    const { messages } = this.conversation;
    const overview = messages.all.length === 0 ? USUAL_OVERVIEW_CHARACTERS : 0;
    return guessTokens(JSON.stringify(firstRequest(this.conversation))) + Math.ceil(overview / 3);
  }

  private changed(): void {
    this.onChange(this.view);
  }
}

/** The user has stopped the work: no failure. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

function failureFor(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  return { code: 'unexpected', message: error instanceof Error ? error.message : String(error) };
}
