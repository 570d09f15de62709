import { posix } from 'node:path';

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.d.ts', '.py'];
/** An import of "./a.js" may mean a.ts, as the compiler resolves it. */
const COMPILED_EXTENSION = /\.([cm]?)jsx?$/;

/** Finds the file behind a module specifier among the files of the workspace, without touching the disk. */
export class ModuleResolver {
  /** Files by the last name of their path, and packages' index files by the last name of their folder's. */
  private readonly byName = new Map<string, string[]>();
  private readonly packages = new Map<string, string[]>();
  /** What specifiers mean in a folder, and the same by importing file: every call asks, so no key is put together for it. */
  private readonly byFolder = new Map<string, Map<string, string | undefined>>();
  private readonly byImporter = new Map<string, Map<string, string | undefined>>();

  constructor(private readonly files: ReadonlySet<string>) {
    for (const file of files) {
      // Templates and SQL are nothing that code imports.
      if (!EXTENSIONS.some((extension) => file.endsWith(extension))) continue;
      const stem = stemOf(file);
      const name = lastOf(stem);
      add(this.byName, name, file);
      if (name === 'index' || name === '__init__') add(this.packages, lastOf(packageOf(file)), file);
    }
  }

  /** `from` is the importing file; both are relative to the workspace with forward slashes. */
  resolve(from: string, module: string): string | undefined {
    const known = this.knownTo(from);
    if (!known.has(module)) known.set(module, this.find(from, module));
    return known.get(module);
  }

  private knownTo(from: string): Map<string, string | undefined> {
    let known = this.byImporter.get(from);
    if (known === undefined) {
      const folder = posix.dirname(from);
      known = this.byFolder.get(folder) ?? new Map<string, string | undefined>();
      this.byFolder.set(folder, known);
      this.byImporter.set(from, known);
    }
    return known;
  }

  private find(from: string, module: string): string | undefined {
    if (from.endsWith('.py')) return this.resolvePython(from, module);
    if (module.startsWith('.')) return this.probe(posix.normalize(posix.join(posix.dirname(from), module)));
    const aliased = /^(?:@\/|~\/|#\/?|src\/|@[\w-]+\/)(.+)$/.exec(module);
    return aliased ? this.bestSuffix(from, aliased[1]!) : undefined;
  }

  private probe(base: string): string | undefined {
    if (this.files.has(base)) return base;
    const stem = base.replace(COMPILED_EXTENSION, '');
    for (const extension of EXTENSIONS) {
      if (this.files.has(stem + extension)) return stem + extension;
      if (this.files.has(base + extension)) return base + extension;
    }
    for (const extension of EXTENSIONS) {
      const index = posix.join(base, `index${extension}`);
      if (this.files.has(index)) return index;
    }
    return this.files.has(posix.join(base, '__init__.py')) ? posix.join(base, '__init__.py') : undefined;
  }

  /** "a.b.c" is a/b/c.py from some source root; leading dots count packages upwards. */
  private resolvePython(from: string, module: string): string | undefined {
    const dots = /^\.+/.exec(module)?.[0].length ?? 0;
    const path = module.slice(dots).replace(/\./g, '/');
    if (dots > 0) {
      let folder = posix.dirname(from);
      for (let i = 1; i < dots; i++) folder = posix.dirname(folder);
      return this.probe(path ? posix.join(folder, path) : folder);
    }
    return this.probe(path) ?? this.bestSuffix(from, path);
  }

  /** The file that ends with the path, unless several do; the one that shares most of the importing file's folders wins. */
  private bestSuffix(from: string, path: string): string | undefined {
    const stem = path.replace(COMPILED_EXTENSION, '');
    const isPython = from.endsWith('.py');
    const named = (table: ReadonlyMap<string, readonly string[]>): readonly string[] => (table.get(lastOf(stem)) ?? []).filter((file) => file.endsWith('.py') === isPython);
    const direct = named(this.byName).filter((file) => endsWithPath(stemOf(file), stem));
    const indexes = named(this.packages).filter((file) => endsWithPath(packageOf(file), stem));
    const candidates = direct.length > 0 ? direct : indexes;
    const scored = candidates.map((file) => ({ file, score: commonPrefix(file, from) })).sort((a, b) => b.score - a.score);
    if (scored.length > 1 && scored[0]!.score === scored[1]!.score) return undefined;
    return scored[0]?.file;
  }
}

function stemOf(file: string): string {
  return file.replace(/(?:\.d)?\.[^./]+$/, '');
}

/** The folder that an index file speaks for: the sources of a package often lie one deeper. */
function packageOf(index: string): string {
  return posix.dirname(index).replace(/\/src$/, '');
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function add(table: Map<string, string[]>, name: string, file: string): void {
  const list = table.get(name);
  if (list) list.push(file);
  else table.set(name, [file]);
}

function endsWithPath(path: string, suffix: string): boolean {
  return path === suffix || path.endsWith(`/${suffix}`);
}

function commonPrefix(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  let i = 0;
  while (i < left.length && left[i] === right[i]) i++;
  return i;
}
