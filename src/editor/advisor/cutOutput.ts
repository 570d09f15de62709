/** What is kept of the beginning and of the end: a program says at its end why it has failed. */
const FIRST = 12_000;
const LAST = 12_000;

const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;

/** The output of a program, however long it is, in a length that can be read: its beginning and its end. */
export class CutOutput {
  private first = '';
  private last = '';
  private length = 0;

  add(text: string): void {
    this.length += text.length;
    const room = FIRST - this.first.length;
    this.first += text.slice(0, Math.max(room, 0));
    this.last = (this.last + text.slice(Math.max(room, 0))).slice(-LAST);
  }

  get isCut(): boolean {
    return this.length > this.first.length + this.last.length;
  }

  /** Without colours and other commands to a terminal. */
  get text(): string {
    const cut = this.isCut ? `\n… ${this.length - this.first.length - this.last.length} characters left out …\n` : '';
    return `${this.first}${cut}${this.last}`.replace(ESCAPES, '');
  }
}
