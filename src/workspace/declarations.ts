import type { FileFacts } from '../core/facts';
import type { ModelReference } from '../core/models';

/** Finds the file behind an import, among the files of the workspace. */
export type ResolveModule = (from: string, module: string) => string | undefined;

/** A class or model of one file. */
export interface Declared {
  /** Qualified by enclosing classes. */
  readonly name: string;
  readonly file: string;
}

/** Packages that hand on from packages deeper than this are a circle. */
const DEEPEST_REEXPORT = 6;

/** Everything of one kind that the files of the workspace declare, and which of it a name means in a file. */
export class Declarations<T extends Declared> {
  private readonly byFile = new Map<string, T[]>();
  private readonly byName = new Map<string, T[]>();

  constructor(
    declared: Iterable<T>,
    private readonly files: ReadonlyMap<string, FileFacts>,
    private readonly resolveModule: ResolveModule,
  ) {
    for (const each of declared) {
      add(this.byFile, each.file, each);
      add(this.byName, shortName(each.name), each);
    }
  }

  get all(): T[] {
    return [...this.byFile.values()].flat();
  }

  /** Those whose name ends in this one, in any file. */
  named(name: string): readonly T[] {
    return this.byName.get(shortName(name)) ?? [];
  }

  /** What a reference means by its import, or among the file's own; undefined where it is to be looked up by name alone. */
  referred(file: string, reference: ModelReference, fits: (each: T) => boolean = () => true): T | undefined {
    const imported = reference.module === undefined ? undefined : this.inModule(this.resolveModule(file, reference.module), shortName(reference.name));
    if (imported && fits(imported)) return imported;
    return reference.module === undefined ? this.byFile.get(file)?.find((each) => each.name === reference.name && fits(each)) : undefined;
  }

  /** Follows what packages offer from their own modules. */
  private inModule(file: string | undefined, name: string, depth = 0): T | undefined {
    if (file === undefined || depth > DEEPEST_REEXPORT) return undefined;
    const own = this.byFile.get(file)?.find((each) => each.name === name);
    if (own !== undefined) return own;
    for (const reexport of this.files.get(file)?.reexports ?? []) {
      if (reexport.exportedAs !== name && reexport.exportedAs !== '*') continue;
      const found = this.inModule(this.resolveModule(file, reexport.module), reexport.name === '*' ? name : reexport.name, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function add<T>(table: Map<string, T[]>, key: string, each: T): void {
  const list = table.get(key);
  if (list) list.push(each);
  else table.set(key, [each]);
}

export const shortName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** The one that shares most of the asking file's folders, where it is the only one to share so many. */
export function nearest<T extends { readonly file: string }>(file: string, candidates: readonly T[]): T | undefined {
  const scored = candidates.map((each) => ({ each, score: sharedFolders(file, each.file) })).sort((a, b) => b.score - a.score);
  return scored.length > 1 && scored[0]!.score === scored[1]!.score ? undefined : scored[0]?.each;
}

function sharedFolders(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  let shared = 0;
  while (shared < left.length && left[shared] === right[shared]) shared++;
  return shared;
}
