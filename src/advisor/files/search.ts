import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { createContext, Script } from 'node:vm';
import picomatch from 'picomatch';
import { type ConfinedFiles, NotReadable } from './confinedFiles';

const MOST_FILES_LISTED = 500;
const MOST_FILES_SEARCHED = 20_000;
const MOST_MATCHES = 200;
const LONGEST_LINE = 300;
/** A pattern may be made to backtrack for ever, so each file gets this long and no longer. */
const LONGEST_MATCHING_MS = 200;
const LONGEST_PATTERN = 500;

export interface FileList {
  readonly files: readonly string[];
  /** There are more than are listed. */
  readonly isCut: boolean;
}

export interface LineMatch {
  readonly file: string;
  /** Zero-based. */
  readonly line: number;
  readonly text: string;
}

/** Files by a glob such as `*.ts`; in path order. @throws NotReadable for a glob that is none */
export async function globFiles(files: ConfinedFiles, pattern: string, signal?: AbortSignal): Promise<FileList> {
  const matches = matcher(pattern);
  const found: string[] = [];
  for await (const file of files.list(signal)) {
    if (!matches(file)) continue;
    if (found.length === MOST_FILES_LISTED) return { files: found, isCut: true };
    found.push(file);
  }
  return { files: found, isCut: false };
}

export interface GrepQuery {
  /** A JavaScript regular expression, matched line by line. */
  readonly pattern: string;
  readonly glob?: string;
  readonly ignoreCase?: boolean;
}

/** Lines that match, file by file. @throws NotReadable for a pattern that is none or takes too long */
export async function grepFiles(files: ConfinedFiles, query: GrepQuery, signal?: AbortSignal): Promise<{ readonly matches: readonly LineMatch[]; readonly isCut: boolean }> {
  const linesOf = lineFinder(query);
  const isWanted = query.glob === undefined ? () => true : matcher(query.glob);
  const matches: LineMatch[] = [];
  let searched = 0;
  for await (const file of files.list(signal)) {
    if (!isWanted(file)) continue;
    if (++searched > MOST_FILES_SEARCHED) return { matches, isCut: true };
    const text = await files.listedText(file).catch(() => undefined);
    if (text === undefined) continue;
    for (const line of linesOf(text)) {
      if (matches.length === MOST_MATCHES) return { matches, isCut: true };
      matches.push({ file, line, text: text.split('\n', line + 1)[line]!.trim().slice(0, LONGEST_LINE) });
    }
    await yieldToOthers();
    signal?.throwIfAborted();
  }
  return { matches, isCut: false };
}

function matcher(glob: string): (file: string) => boolean {
  if (glob.length > LONGEST_PATTERN) throw new NotReadable('The glob is too long.');
  return picomatch(glob, { dot: true, maxLength: LONGEST_PATTERN });
}

/**
 * Finds the lines that match. The expression runs in a context of its own, because only there can V8 be told to
 * give it up after a time.
 */
function lineFinder({ pattern, ignoreCase = false }: GrepQuery): (text: string) => readonly number[] {
  if (pattern === '' || pattern.length > LONGEST_PATTERN) throw new NotReadable('The pattern is empty or too long.');
  const flags = ignoreCase ? 'i' : '';
  try {
    new RegExp(pattern, flags);
  } catch (error) {
    throw new NotReadable(`The pattern is no regular expression (${(error as Error).message}).`);
  }
  const sandbox = { text: '', pattern, flags, most: MOST_MATCHES + 1 };
  const context = createContext(sandbox, { codeGeneration: { strings: false, wasm: false } });
  return (text) => {
    sandbox.text = text;
    try {
      const found = String(MATCHING_LINES.runInContext(context, { timeout: LONGEST_MATCHING_MS }));
      return found === '' ? [] : found.split(',').map(Number);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      throw new NotReadable('The pattern takes too long: use a simpler one without nested repetition.');
    }
  };
}

const MATCHING_LINES = new Script(`(() => {
  const expression = new RegExp(pattern, flags);
  const found = [];
  const lines = text.split('\\n');
  for (let line = 0; line < lines.length && found.length < most; line++) if (expression.test(lines[line])) found.push(line);
  return found.join();
})()`);
