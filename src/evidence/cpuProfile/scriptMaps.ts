import { dirname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TraceMap, decodedMappings, originalPositionFor } from '@jridgewell/trace-mapping';

/** One compiled script and where its source map is, as the engine knew it. */
export interface Script {
  readonly scriptId: string;
  readonly url: string;
  /** A data: URL, or a path or URL relative to the script. */
  readonly sourceMapURL: string;
}

/** A place in a source file. `file` is absolute; both numbers from 0. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Reads a text file, or gives undefined where that cannot be done. */
export type ReadText = (path: string) => string | undefined;

const COMMENT = /\/\/[#@] sourceMappingURL=(\S+)[ \t]*$/gm;

/** Leads from the positions a profile has, in compiled scripts, back to the sources. */
export class ScriptMaps {
  private readonly byId: ReadonlyMap<string, Script>;
  private readonly idByUrl: ReadonlyMap<string, string>;
  private readonly maps = new Map<string, TraceMap | null>();

  /** `scripts` is what the profiled thread reported; a script that is missing there may name its map in its own text. */
  constructor(scripts: readonly Script[], private readonly readText: ReadText) {
    this.byId = new Map(scripts.map((script) => [script.scriptId, script]));
    this.idByUrl = new Map(scripts.map(({ url, scriptId }) => [withoutScheme(url), scriptId]));
  }

  /** The id of the script that was run last under a path or URL; '' where none was reported. */
  idOf(url: string): string {
    return this.idByUrl.get(withoutScheme(url)) ?? '';
  }

  isMapped(scriptId: string, path: string): boolean {
    return this.mapOf(scriptId, path) !== undefined;
  }

  /** The source place of a function that begins at `line` and `column` (from 0) of the script. */
  place(scriptId: string, path: string, line: number, column: number): SourcePlace {
    const map = this.mapOf(scriptId, path);
    if (!map) return { file: path, line, column };
    // A loader that puts its own text before a script's first line counts that line's columns from below zero.
    const found = originalPositionFor(map, { line: Math.max(line, 0) + 1, column: Math.max(column, 0) });
    return found.source === null ? { file: path, line, column } : { file: found.source, line: found.line - 1, column: found.column };
  }

  /** The source line behind a line (from 0) of the script: that of the line's first mapping. */
  line(scriptId: string, path: string, line: number): { file: string; line: number } {
    const map = this.mapOf(scriptId, path);
    if (!map) return { file: path, line };
    const segment = decodedMappings(map)[line]?.find((candidate) => candidate.length > 1);
    const source = segment && map.resolvedSources[segment[1]!];
    return source ? { file: source, line: segment[2]! } : { file: path, line };
  }

  /** The file a reported script was compiled from, where it is one. */
  onlySource(scriptId: string): string | undefined {
    const sources = this.mapOf(scriptId, '')?.resolvedSources ?? [];
    return sources.length === 1 ? (sources[0] ?? undefined) : undefined;
  }

  private mapOf(scriptId: string, path: string): TraceMap | undefined {
    // A script that was reported is known by its id alone.
    const key = this.byId.has(scriptId) ? scriptId : `${scriptId}\0${path}`;
    let map = this.maps.get(key);
    if (map === undefined) {
      map = this.load(this.byId.get(scriptId)?.sourceMapURL ?? this.urlInText(path), path) ?? null;
      this.maps.set(key, map);
    }
    return map ?? undefined;
  }

  private urlInText(path: string): string | undefined {
    return [...(this.readText(path) ?? '').matchAll(COMMENT)].pop()?.[1];
  }

  private load(url: string | undefined, path: string): TraceMap | undefined {
    if (!url) return undefined;
    try {
      const inline = /^data:[^,]*?(;base64)?,(.*)$/s.exec(url);
      if (inline) return withPaths(inline[1] ? Buffer.from(inline[2]!, 'base64').toString() : decodeURIComponent(inline[2]!), path);
      const file = url.startsWith('file:') ? fileURLToPath(url) : resolve(dirname(path), decodeURIComponent(url));
      const text = this.readText(file);
      return text === undefined ? undefined : withPaths(text, file);
    } catch {
      // A map that is no map leaves the compiled positions, which are still true of the compiled file.
      return undefined;
    }
  }
}

/** A map whose `resolvedSources` are absolute paths; `mapFile` is the file that holds it. */
function withPaths(text: string, mapFile: string): TraceMap {
  const map = JSON.parse(text);
  const root: string = map.sourceRoot ?? '';
  const sources = (map.sources as (string | null)[]).map((source) => absolute(source ?? '', root, mapFile));
  return new TraceMap({ ...map, sourceRoot: undefined, sources });
}

function absolute(source: string, root: string, mapFile: string): string {
  if (source.startsWith('file:')) return fileURLToPath(source);
  if (isAbsolute(source)) return source;
  const base = root.startsWith('file:') ? fileURLToPath(root) : root;
  return resolve(dirname(mapFile), base, source);
}

/** Modules are known by their URL, CommonJS by its path; loaders add queries to either. */
function withoutScheme(url: string): string {
  if (url.startsWith('data:')) return url;
  const plain = url.replace(/[?#].*$/, '');
  return plain.startsWith('file:') ? fileURLToPath(plain) : plain;
}
