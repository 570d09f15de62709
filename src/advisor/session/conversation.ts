import { newRunId } from '../../evidence/runId';
import { Ledger } from '../evidence/ledger';
import { newFence } from '../investigate';
import { Messages } from '../messages';
import type { Entry } from '../view';
import { Entries } from './entries';
import type { TranscriptLine, TranscriptStore, TranscriptWriter } from './transcript';

/** One conversation: what was said to the model, what may be cited, and what is shown. All of it is written down. */
export class Conversation {
  readonly messages: Messages;
  readonly ledger: Ledger;
  readonly entries: Entries;
  private readonly writer: TranscriptWriter;

  private constructor(
    readonly id: string,
    readonly fence: string,
    store: TranscriptStore,
    secrets: () => readonly string[],
    onEntry: (entry: Entry) => void,
  ) {
    this.writer = store.writer(id, secrets);
    this.messages = new Messages(
      (message) => this.writer.write({ type: 'message', message }),
      (length) => this.writer.write({ type: 'forget', length }),
    );
    this.ledger = new Ledger((item, key) => this.writer.write({ type: 'evidence', key, item }));
    this.entries = new Entries((entry, isSettled) => {
      if (isSettled) this.writer.write({ type: 'entry', entry });
      onEntry(entry);
    });
  }

  /** A new one. Nothing is written before something is said. */
  static begin(store: TranscriptStore, secrets: () => readonly string[], onEntry: (entry: Entry) => void, now: Date): Conversation {
    const conversation = new Conversation(newRunId(now), newFence(), store, secrets, onEntry);
    conversation.writer.begin({ type: 'start', version: 1, at: now.toISOString(), fence: conversation.fence });
    return conversation;
  }

  /** The one of a transcript, as far as it was written down. undefined where there is none. @throws FailureError */
  static async resume(id: string, store: TranscriptStore, secrets: () => readonly string[], onEntry: (entry: Entry) => void): Promise<Conversation | undefined> {
    const lines = await store.read(id);
    const [start] = lines ?? [];
    if (lines === undefined || start?.type !== 'start') return undefined;
    const conversation = new Conversation(id, start.fence, store, secrets, onEntry);
    for (const line of lines) conversation.take(line);
    conversation.messages.settle();
    return conversation;
  }

  get isEmpty(): boolean {
    return this.messages.all.length === 0 && this.entries.all.length === 0;
  }

  set onUnwritable(listener: TranscriptWriter['onFailure']) {
    this.writer.onFailure = listener;
  }

  /** Resolves when everything so far is on the disk. */
  flushed(): Promise<void> {
    return this.writer.flushed();
  }

  private take(line: TranscriptLine): void {
    switch (line.type) {
      case 'start':
        return;
      case 'message':
        return this.messages.restore(line.message);
      case 'forget':
        return this.messages.restoreLength(line.length);
      case 'evidence':
        return this.ledger.restore(line.key, line.item);
      case 'entry':
        return this.entries.restore(line.entry);
    }
  }
}
