import type { Failure } from '../../core/failures';
import { failures } from '../../core/failures';
import { checkClaim, checkClaims, type CheckedClaim } from '../answer/checkAnswer';
import { type Claim, parsePartial } from '../answer/form';
import { checkText, type Lookup } from '../evidence/check';
import type { FactSource } from '../facts/query';
import type { ConfinedFiles } from '../files/confinedFiles';
import type { Outcome, Progress } from '../investigate';
import type { Entry } from '../view';
import type { Conversation } from './conversation';
import { WorkspaceLookup } from './lookup';

/** An answer that grows is checked and shown that often. */
const SHOW_EVERY_MS = 150;

const NOTHING_THERE: Lookup = { file: async () => undefined, isRule: () => false, isRun: async () => false };

/** Turns what happens during a question into entries. No text of a model becomes one before it is checked. */
export class Presenter implements Progress {
  private answerId?: string;
  private written = '';
  private timer?: NodeJS.Timeout;
  private checking: Promise<void> = Promise.resolve();
  private readonly checked = new Map<string, Promise<CheckedClaim>>();
  private readonly stepIds = new Map<string, string>();

  constructor(
    private readonly conversation: Conversation,
    private readonly lookup: Lookup = NOTHING_THERE,
  ) {}

  /** One that can look up what an answer names. */
  static async forAnswering(conversation: Conversation, files: ConfinedFiles, facts: FactSource): Promise<Presenter> {
    const { rules } = await facts.ask({ kind: 'workspace' });
    return new Presenter(conversation, new WorkspaceLookup(files, facts, new Set(rules.map(({ id }) => id))));
  }

  step({ id, label, state, detail }: Parameters<Progress['step']>[0]): void {
    const entry = this.stepIds.get(id) ?? this.entries.newId();
    this.stepIds.set(id, entry);
    this.entries.put({ kind: 'step', id: entry, label, state, ...(detail !== undefined && { detail }) }, state !== 'running');
  }

  note(text: string): void {
    const id = this.entries.newId();
    // Nothing can be cited in a note, so every number in it is an estimate.
    this.checking = this.checking.then(async () => {
      const { pieces } = await checkText(text, { basis: 'estimate', cited: [], ledger: this.conversation.ledger, lookup: this.lookup });
      this.entries.put({ kind: 'note', id, pieces });
    });
  }

  answering(text: string): void {
    this.written = text;
    this.timer ??= setTimeout(() => this.showPart(), SHOW_EVERY_MS);
  }

  spent(text?: string): void {
    if (text !== undefined) this.entries.put({ kind: 'spent', id: this.entries.newId(), text });
  }

  /** Shows how it has ended: the whole answer, checked; or the words of one that cannot be checked claim by claim. */
  async outcome(outcome: Outcome): Promise<void> {
    this.end();
    await this.checking;
    const id = this.answerId ?? this.entries.newId();
    if (outcome.kind === 'answered') {
      const claims = await checkClaims(outcome.claims, this.conversation.ledger, this.lookup);
      const notice = outcome.isOutOfBudget ? 'The limits of this question were reached, so the investigation was ended early.' : undefined;
      this.entries.put({ kind: 'answer', id, claims, isFinal: true, ...(notice && { notice }) });
      return;
    }
    const { pieces } = await checkText(outcome.text, { basis: 'estimate', cited: [], ledger: this.conversation.ledger, lookup: this.lookup });
    this.entries.put({ kind: 'unformed', id, pieces, problem: failures.unformedAnswer(outcome.problem).message });
  }

  /** Stops showing parts. */
  end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.written = '';
  }

  problem({ code, message }: Failure, canRetry: boolean): void {
    this.dropPart();
    this.entries.put({ kind: 'problem', id: this.entries.newId(), code, message, canRetry });
  }

  stopped(): void {
    this.dropPart();
    this.entries.put({ kind: 'problem', id: this.entries.newId(), code: 'advisor-stopped', message: 'Stopped. What was found until then is kept.', canRetry: true });
  }

  /** After a reload: what was going on is over, and can be taken up again. */
  interrupted(): void {
    const { all } = this.entries;
    const last = all.at(-1);
    for (const entry of all) this.settle(entry);
    const isOver = last === undefined || last.kind === 'problem' || last.kind === 'spent' || last.kind === 'unformed' || (last.kind === 'answer' && last.isFinal);
    if (!isOver) this.problem(failures.interrupted(), true);
  }

  private get entries() {
    return this.conversation.entries;
  }

  private settle(entry: Entry): void {
    if (entry.kind === 'approval' && entry.state === 'open') this.entries.put({ ...entry, state: 'denied' });
    if (entry.kind === 'step' && entry.state === 'running') this.entries.put({ ...entry, state: 'failed' });
    if (entry.kind === 'answer' && !entry.isFinal) this.entries.remove(entry.id);
  }

  /** Half an answer is no answer: after a failure it goes. */
  private dropPart(): void {
    for (const entry of this.entries.all) {
      if (entry.kind === 'answer' && !entry.isFinal) this.entries.remove(entry.id);
    }
  }

  private showPart(): void {
    this.timer = undefined;
    const { claims, unfinished } = parsePartial(this.written);
    const all = unfinished === undefined ? claims : [...claims, unfinished];
    if (all.length === 0) return;
    this.answerId ??= this.entries.newId();
    const id = this.answerId;
    const isCurrent = (): boolean => this.written !== '';
    this.checking = this.checking.then(async () => {
      const checked = await Promise.all(all.map((claim) => this.check(claim)));
      if (isCurrent()) this.entries.put({ kind: 'answer', id, claims: checked, isFinal: false }, false);
    });
  }

  private check(claim: Claim): Promise<CheckedClaim> {
    const key = JSON.stringify(claim);
    let checked = this.checked.get(key);
    if (checked === undefined) {
      checked = checkClaim(claim, this.conversation.ledger, this.lookup);
      this.checked.set(key, checked);
    }
    return checked;
  }
}
