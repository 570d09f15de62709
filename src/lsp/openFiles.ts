import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** An analysis that takes longer would be felt if it were made after each keystroke. */
const SLOW_MS = 200;
/** In a shorter document it was the parser's loading that took so long. */
const LONG_CHARACTERS = 100_000;
const LONGEST_PAUSE_MS = 2000;

interface OpenFile {
  document: TextDocument;
  /** The version that was analysed last, and how many milliseconds that took. */
  analysed?: number;
  cost: number;
  running?: Promise<void>;
}

/** The documents of one session that are open, and how far the analysis has followed each of them. */
export class OpenFiles {
  private readonly byFile = new Map<string, OpenFile>();

  constructor(private readonly analyseText: (file: string, text: string) => Promise<void>) {}

  set(file: string, document: TextDocument): void {
    const open = this.byFile.get(file);
    if (open === undefined || open.document.uri !== document.uri) this.byFile.set(file, { document, cost: 0 });
    else open.document = document;
  }

  delete(file: string): void {
    this.byFile.delete(file);
  }

  get(file: string): TextDocument | undefined {
    return this.byFile.get(file)?.document;
  }

  has(file: string): boolean {
    return this.byFile.has(file);
  }

  get files(): readonly string[] {
    return [...this.byFile.keys()];
  }

  /** How many milliseconds the last analysis of an open file took; Infinity where there was none. */
  costOf(file: string): number {
    const open = this.byFile.get(file);
    return open?.analysed === undefined ? Infinity : open.cost;
  }

  /** Its analysis was thrown away: it has to be made again, though the text is the same. */
  forget(file: string): void {
    const open = this.byFile.get(file);
    if (open) open.analysed = undefined;
  }

  /**
   * Analyses the newest text. Texts that were replaced meanwhile are never analysed, and callers
   * share one analysis. When it resolves, no newer text has arrived.
   */
  async bringUpToDate(file: string): Promise<void> {
    const open = this.byFile.get(file);
    while (open !== undefined && this.byFile.get(file) === open && open.analysed !== open.document.version) {
      open.running ??= this.analyse(file, open).finally(() => (open.running = undefined));
      await open.running;
    }
  }

  private async analyse(file: string, open: OpenFile): Promise<void> {
    await pauseInTyping(open);
    const { version } = open.document;
    const began = performance.now();
    await this.analyseText(file, open.document.getText());
    open.cost = performance.now() - began;
    open.analysed = version;
  }
}

/** A document that is slow to analyse has to rest for as long as that takes, so that typing in it stays smooth. */
async function pauseInTyping(open: OpenFile): Promise<void> {
  if (open.cost < SLOW_MS || open.document.getText().length < LONG_CHARACTERS) return;
  let version: number;
  do {
    version = open.document.version;
    await delay(Math.min(open.cost, LONGEST_PAUSE_MS));
  } while (open.document.version !== version);
}
