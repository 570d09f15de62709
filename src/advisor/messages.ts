import type { Block, Message, ToolUse } from './model';

/**
 * The messages of one conversation, in the order in which a model expects them. A question can be cut off at any
 * moment, by the user, the network or the end of the window: what is kept is always fit to be sent again.
 */
export class Messages {
  private readonly list: Message[] = [];

  constructor(
    private readonly onAdd: (message: Message) => void = () => undefined,
    private readonly onForget: (length: number) => void = () => undefined,
  ) {}

  /** What is to be sent. */
  get all(): readonly Message[] {
    return this.list;
  }

  user(...content: readonly Block[]): void {
    this.add({ role: 'user', content });
  }

  /** A turn without any content cannot be sent back, so it is not kept. */
  assistant(content: readonly Block[]): void {
    if (content.length > 0) this.add({ role: 'assistant', content });
  }

  /** Forgets what came after the first `length` messages: what a model has refused, or a prompt that nobody has answered. */
  forget(length: number): void {
    if (length >= this.list.length) return;
    this.list.length = length;
    this.onForget(length);
  }

  /** Takes back a message of a transcript. */
  restore(message: Message): void {
    this.list.push(message);
  }

  /** Forgets as a transcript says. */
  restoreLength(length: number): void {
    this.list.length = Math.min(length, this.list.length);
  }

  /** Answers calls that were cut off before they had an answer: a call without one cannot be sent. */
  settle(): void {
    const last = this.list.at(-1);
    if (last?.role !== 'assistant') return;
    const open = last.content.filter((block): block is ToolUse => block.type === 'tool-use');
    if (open.length > 0) this.user(...open.map(({ id }): Block => ({ type: 'tool-result', id, text: 'This was cut off before it could be done.', isError: true })));
  }

  private add(message: Message): void {
    this.list.push(message);
    this.onAdd(message);
  }
}
