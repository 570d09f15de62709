import { posix } from 'node:path';
import { languageOfFile } from '../../core/language';
import type { Target } from '../plan';
import type { WorkspaceFiles } from './choice';

/** A function that comes to the target by its calls: 1 calls it, 2 calls a function that does, and so on. */
export interface CallerOfTarget {
  readonly file: string;
  readonly functionName: string;
  readonly distance: number;
}

/** How a file comes to the target's: 1 imports it, 2 imports a file that does, and so on. */
export interface Relation {
  readonly distance: number;
  /** How often the file's text names the function. */
  readonly mentions: number;
  /** A function that calls the target, and that the file names. */
  readonly through?: string;
}

/** Longer chains say little about what a test really calls. */
const FARTHEST = 4;

const SCRIPT_IMPORT = /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*['"]([^'"\n]+)['"]/g;
const PYTHON_IMPORT = /^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^#\n]+)|import[ \t]+([^#\n]+))/gm;

/**
 * Finds the files that come to the target: those that import its file, directly or through others, and those that name a
 * function that calls it and import that one's file. Imports are matched by the last part of their path, without
 * resolving it: this ranks proposals and proves nothing.
 */
export function relatedFiles(target: Target, { files, readText }: WorkspaceFiles, callers: readonly CallerOfTarget[] = []): ReadonlyMap<string, Relation> {
  const language = languageOfFile(target.file);
  const texts = new Map(files.filter((file) => languageOfFile(file) === language).map((file) => [file, readText(file)]));
  const importers = importersOf(texts, language === 'python');
  const related = new Map<string, Relation>();
  for (const [file, distance] of distancesFrom(target.file, importers)) {
    related.set(file, { distance, mentions: mentionsIn(texts.get(file), target.functionName) });
  }
  for (const { file: callerFile, functionName, distance: steps } of callers) {
    for (const [file, hops] of distancesFrom(callerFile, importers)) {
      const mentions = file === callerFile ? 0 : mentionsIn(texts.get(file), functionName);
      const known = related.get(file);
      const distance = hops + steps;
      if (mentions > 0 && isNearer({ distance, mentions }, known)) related.set(file, { distance, mentions, through: functionName });
    }
  }
  return related;
}

/** Naming a function that calls the target says more than importing its file and naming nothing. */
function isNearer(relation: Relation, known: Relation | undefined): boolean {
  return known === undefined || (known.mentions === 0 && known.distance > 0) || (known.through !== undefined && relation.distance < known.distance);
}

function importersOf(texts: ReadonlyMap<string, string>, isPython: boolean): Map<string, string[]> {
  const importers = new Map<string, string[]>();
  for (const [file, text] of texts) {
    for (const name of importedNames(text, isPython)) {
      const list = importers.get(name);
      if (list) list.push(file);
      else importers.set(name, [file]);
    }
  }
  return importers;
}

function mentionsIn(text: string | undefined, functionName: string): number {
  const name = new RegExp(`\\b${escaped(functionName.split('.').pop()!.replace(/#\d+$/, ''))}\\b`, 'g');
  return [...(text ?? '').matchAll(name)].length;
}

function distancesFrom(start: string, importers: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const distances = new Map([[start, 0]]);
  let frontier = [start];
  for (let distance = 1; distance <= FARTHEST && frontier.length > 0; distance++) {
    const next = frontier.flatMap((file) => importers.get(moduleName(file)) ?? []).filter((file) => !distances.has(file));
    frontier = [...new Set(next)];
    for (const file of frontier) distances.set(file, distance);
  }
  return distances;
}

function importedNames(text: string, isPython: boolean): ReadonlySet<string> {
  if (!isPython) return new Set([...text.matchAll(SCRIPT_IMPORT)].map((match) => moduleName(match[1]!)));
  const names = new Set<string>();
  for (const [, module, imported, modules] of text.matchAll(PYTHON_IMPORT)) {
    for (const path of [module, ...(imported ?? '').split(','), ...(modules ?? '').split(',')]) {
      const last = /([\w]+)\s*(?:as\s+\w+)?[\s)]*$/.exec((path ?? '').replace('(', ''))?.[1];
      if (last) names.add(last);
    }
  }
  return names;
}

/** "src/orders.ts", "./orders.js" and "orders" are the module "orders"; an index file has its folder's name. */
function moduleName(path: string): string {
  const stem = posix.basename(path).replace(/(?:\.d)?\.(?:[mc]?[jt]sx?|pyi?)$/, '');
  const isIndex = stem === 'index' || stem === '__init__' || stem === '.' || stem === '..';
  return isIndex ? posix.basename(posix.dirname(path)) : stem;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
