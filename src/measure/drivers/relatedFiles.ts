import { posix } from 'node:path';
import { languageOfFile } from '../../core/language';
import type { Target } from '../plan';
import type { WorkspaceFiles } from './choice';

/** How a file comes to the target's: 1 imports it, 2 imports a file that does, and so on. */
export interface Relation {
  readonly distance: number;
  /** How often the file's text names the function. */
  readonly mentions: number;
}

/** Longer chains say little about what a test really calls. */
const FARTHEST = 4;

const SCRIPT_IMPORT = /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*['"]([^'"\n]+)['"]/g;
const PYTHON_IMPORT = /^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^#\n]+)|import[ \t]+([^#\n]+))/gm;

/**
 * Finds the files that import the target's file, directly or through others. Imports are matched
 * by the last part of their path, without resolving it: this ranks proposals and proves nothing.
 */
export function relatedFiles(target: Target, { files, readText }: WorkspaceFiles): ReadonlyMap<string, Relation> {
  const language = languageOfFile(target.file);
  const texts = new Map(files.filter((file) => languageOfFile(file) === language).map((file) => [file, readText(file)]));
  const importers = new Map<string, string[]>();
  for (const [file, text] of texts) {
    for (const name of importedNames(text, language === 'python')) {
      const list = importers.get(name);
      if (list) list.push(file);
      else importers.set(name, [file]);
    }
  }
  const distances = distancesFrom(target.file, importers);
  const name = new RegExp(`\\b${escaped(target.functionName.split('.').pop()!.replace(/#\d+$/, ''))}\\b`, 'g');
  const mentions = (file: string) => [...(texts.get(file) ?? '').matchAll(name)].length;
  return new Map([...distances].map(([file, distance]) => [file, { distance, mentions: mentions(file) }]));
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
