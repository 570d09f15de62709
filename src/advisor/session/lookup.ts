import type { Lookup } from '../evidence/check';
import type { FactSource } from '../facts/query';
import type { ConfinedFiles } from '../files/confinedFiles';

const MOST_FILES = 20_000;

/** Looks files, rules and runs up while an answer is checked. Made anew for each question: files come and go. */
export class WorkspaceLookup implements Lookup {
  private readonly found = new Map<string, Promise<{ readonly file: string; readonly lines: number } | undefined>>();
  private listing?: Promise<readonly string[]>;

  /** @param rules every rule's id. */
  constructor(
    private readonly files: ConfinedFiles,
    private readonly facts: FactSource,
    private readonly rules: ReadonlySet<string>,
  ) {}

  file(path: string): Promise<{ readonly file: string; readonly lines: number } | undefined> {
    let found = this.found.get(path);
    if (found === undefined) {
      found = this.locate(path);
      this.found.set(path, found);
    }
    return found;
  }

  isRule(id: string): boolean {
    return this.rules.has(id);
  }

  async isRun(id: string): Promise<boolean> {
    return (await this.facts.ask({ kind: 'runs', run: id })).total > 0;
  }

  /** A path as it is, else the one file that ends with it. */
  private async locate(path: string): Promise<{ readonly file: string; readonly lines: number } | undefined> {
    const exact = await this.read(path);
    if (exact !== undefined) return exact;
    this.listing ??= this.list();
    const [only, ...others] = (await this.listing).filter((file) => file.endsWith(`/${path}`));
    return only !== undefined && others.length === 0 ? this.read(only) : undefined;
  }

  private async read(path: string): Promise<{ readonly file: string; readonly lines: number } | undefined> {
    try {
      const { file, text } = await this.files.text(path);
      return { file, lines: text.split(/\r\n|\r|\n/).length };
    } catch {
      return undefined;
    }
  }

  private async list(): Promise<readonly string[]> {
    const files: string[] = [];
    for await (const file of this.files.list()) {
      files.push(file);
      if (files.length === MOST_FILES) break;
    }
    return files;
  }
}
