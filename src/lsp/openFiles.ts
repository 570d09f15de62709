import type { TextDocument } from 'vscode-languageserver-textdocument';

interface OpenFile {
  document: TextDocument;
  /** The version that was analysed last. */
  analysed?: number;
  running?: Promise<void>;
}

/** The documents of one session that are open, and how far the analysis has followed each of them. */
export class OpenFiles {
  private readonly byFile = new Map<string, OpenFile>();

  constructor(private readonly analyseText: (file: string, text: string) => Promise<void>) {}

  set(file: string, document: TextDocument): void {
    const open = this.byFile.get(file);
    if (open === undefined || open.document.uri !== document.uri) this.byFile.set(file, { document });
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

  /** Its analysis was thrown away: it has to be made again, though the text is the same. */
  forget(file: string): void {
    const open = this.byFile.get(file);
    if (open) open.analysed = undefined;
  }

  /**
   * Analyses the newest text. Texts that were replaced meanwhile are never analysed,
   * and two callers share one analysis. When it resolves, no newer text has arrived.
   * @returns whether there was anything to analyse.
   */
  async bringUpToDate(file: string): Promise<boolean> {
    const open = this.byFile.get(file);
    let looked = false;
    while (open !== undefined && this.byFile.get(file) === open && open.analysed !== open.document.version) {
      looked = true;
      open.running ??= this.analyse(file, open).finally(() => (open.running = undefined));
      await open.running;
    }
    return looked;
  }

  private async analyse(file: string, open: OpenFile): Promise<void> {
    const { version } = open.document;
    await this.analyseText(file, open.document.getText());
    open.analysed = version;
  }
}
