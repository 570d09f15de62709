import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ts } from 'ts-morph';

/** How far imports are followed from the file that is asked about, through the project's own files. */
const DEEPEST_PROJECT_FILE = 5;
/** A package spreads its declarations over many files, and its public types come from the first few. */
const DEEPEST_PACKAGE_FILE = 5;
/** Declarations beyond this many characters are left out. */
const MOST_CHARACTERS = 4_000_000;

const NOWHERE: ts.ResolvedModuleWithFailedLookupLocations = { resolvedModule: undefined };

/** Answers of the module resolution, shared by all programs with the same compiler options. */
export type Resolutions = Map<string, ts.ResolvedModuleFull | undefined>;

/**
 * Resolves the imports near one file and no others, so that a type costs about the same in a project of any
 * size. What is not resolved is `any`, and a question about it has no answer.
 */
export class NearbyModules {
  private readonly depths: Map<string, number>;
  private characters = 0;

  constructor(
    root: string,
    private readonly options: ts.CompilerOptions,
    private readonly known: Resolutions,
  ) {
    this.depths = new Map([[root, 0]]);
  }

  resolve(name: string, from: string): ts.ResolvedModuleWithFailedLookupLocations {
    const depth = (this.depths.get(from) ?? 0) + 1;
    if (depth > (isInPackage(from) ? DEEPEST_PACKAGE_FILE : DEEPEST_PROJECT_FILE)) return NOWHERE;
    const resolvedModule = this.find(name, from);
    if (resolvedModule === undefined) return NOWHERE;
    const file = resolvedModule.resolvedFileName;
    if (isInPackage(file) && !/\.d\.(?:[^./]+\.)?[cm]?ts$/.test(file)) return NOWHERE;
    const before = this.depths.get(file);
    if (before === undefined && !this.hasRoomFor(file)) return NOWHERE;
    if (before === undefined || depth < before) this.depths.set(file, depth);
    return { resolvedModule };
  }

  private find(name: string, from: string): ts.ResolvedModuleFull | undefined {
    const key = `${dirname(from)}\0${name}`;
    if (!this.known.has(key)) this.known.set(key, ts.resolveModuleName(name, from, this.options, ts.sys).resolvedModule);
    return this.known.get(key);
  }

  private hasRoomFor(file: string): boolean {
    this.characters += statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    return this.characters <= MOST_CHARACTERS;
  }
}

function isInPackage(file: string): boolean {
  return file.includes('/node_modules/');
}
