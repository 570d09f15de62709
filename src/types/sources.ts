import { readFileSync, statSync } from 'node:fs';
import { getLibFiles } from '@ts-morph/common';
import { ts } from 'ts-morph';

/** Where the compiler is told that its own libraries are; their texts come with ts-morph. */
export const LIBRARY_FOLDER = '/node_modules/typescript/lib';

/** Parsed declarations are kept for the next question up to this many characters, then all are let go. */
const MOST_CHARACTERS = 12_000_000;

interface Kept {
  readonly source: ts.SourceFile;
  readonly stamp: string;
}

/** Parsed files for programs, kept from one program to the next while they have not changed on the disk. */
export class Sources {
  private readonly kept = new Map<string, Kept>();
  private readonly libraries = new Map(getLibFiles().map(({ fileName, text }) => [`${LIBRARY_FOLDER}/${fileName}`, text]));
  private characters = 0;

  has(path: string): boolean {
    return this.libraries.has(path) || stampOf(path) !== undefined;
  }

  read(path: string): string | undefined {
    return this.libraries.get(path) ?? readText(path);
  }

  get(path: string, options: ts.CreateSourceFileOptions | ts.ScriptTarget): ts.SourceFile | undefined {
    const stamp = this.libraries.has(path) ? 'library' : stampOf(path);
    if (stamp === undefined) return undefined;
    const known = this.kept.get(path);
    if (known?.stamp === stamp) return known.source;
    const text = this.read(path);
    if (text === undefined) return undefined;
    const source = ts.createSourceFile(path, text, options, false);
    this.keep(path, { source, stamp });
    return source;
  }

  private keep(path: string, kept: Kept): void {
    if (this.characters > MOST_CHARACTERS) {
      this.kept.clear();
      this.characters = 0;
    }
    this.kept.set(path, kept);
    this.characters += kept.source.text.length;
  }
}

/** What changes when a file does; undefined where there is no such file. */
function stampOf(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() ? `${stats.mtimeMs}:${stats.size}` : undefined;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
