import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { failures, type Failure } from '../../core/failures';
import { languageOfFile, type SourceLanguage } from '../../core/language';
import { decodeSource } from './decode';

/** Larger dumps would take minutes for a schema that the migrations say as well. */
const LARGEST_DUMP_BYTES = 2 * 1024 * 1024 * 1024;
/** Larger files are data or bundles; parsing one would hold up all the others. Of SQL only the DDL is read then. */
export const LARGEST_FILE_BYTES = 2 * 1024 * 1024;
/** Most of a notebook is the pictures its cells have put out. */
const LARGEST_NOTEBOOK_BYTES = 16 * 1024 * 1024;

export type SourceReading =
  | { readonly kind: 'source'; readonly text: string }
  /** Written by a tool, so nobody can act on its findings. */
  | { readonly kind: 'generated' }
  | { readonly kind: 'failure'; readonly failure: Failure };

/** Reads `file`, a path relative to `folder`. It never throws. */
export async function readSource(folder: string, file: string): Promise<SourceReading> {
  try {
    return await read(join(folder, file), file);
  } catch (cause) {
    return { kind: 'failure', failure: failures.unreadableFile(file, cause) };
  }
}

async function read(path: string, file: string): Promise<SourceReading> {
  // Of files this small the way to another thread and back takes longer than the reading, and a scan reads one after the other.
  const stats = statSync(path);
  const { size } = stats;
  // Reading a pipe or a device would wait for ever.
  if (!stats.isFile()) throw new Error('it is not a regular file');
  const language = languageOfFile(file);
  const limit = language === 'sql' ? LARGEST_DUMP_BYTES : file.endsWith('.ipynb') ? LARGEST_NOTEBOOK_BYTES : LARGEST_FILE_BYTES;
  if (size > limit) return { kind: 'failure', failure: failures.largeFile(file, size, limit) };
  const isDump = language === 'sql' && size > LARGEST_FILE_BYTES;
  const text = isDump ? await (await import('./readDump')).readDump(path) : decodeSource(readFileSync(path), language);
  if (text === undefined) return { kind: 'failure', failure: failures.binaryFile(file) };
  return isGenerated(text, language) ? { kind: 'generated' } : { kind: 'source', text };
}

/** Of a text in memory what is read of its file: of large SQL the DDL, on its own lines. */
export async function readablePart(file: string, text: string): Promise<string> {
  if (text.length <= LARGEST_FILE_BYTES || languageOfFile(file) !== 'sql') return text;
  return (await import('../../syntax/sql/dump')).reduceDump(text);
}

/** What a tool wrote says so in a comment at its top, or has lines no person would write. */
export function isGenerated(text: string, language: SourceLanguage | undefined): boolean {
  // What is in no language of ours is a manifest: a lock-step copy of the dependencies names them just as well.
  if (language === undefined) return false;
  return hasGeneratedHeader(text) || (language === 'typescript' && isMinified(text));
}

function hasGeneratedHeader(text: string): boolean {
  const header = text
    .slice(0, 2000)
    .split(/\r?\n/, 12)
    .filter((line) => /^\s*(?:\/\/|\/\*|\*|#|--)/.test(line))
    .join('\n');
  return /@generated\b|\bDO NOT EDIT\b/.test(header) || (/generated/i.test(header) && /\bdo not (?:edit|modify)\b/i.test(header));
}

/** Short modules of a bundle have long lines as well, and none of the spaces that people write. */
function isMinified(text: string): boolean {
  if (text.length < 1500) return false;
  const perLine = text.length / text.split('\n').length;
  if (text.length >= 10_000 && perLine > 500) return true;
  return perLine > 250 && (text.match(/\s/g)?.length ?? 0) < text.length * 0.08;
}
