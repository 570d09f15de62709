import { type ConfinedFiles, NotReadable } from '../files/confinedFiles';
import { globFiles, grepFiles } from '../files/search';
import { objectSchema, text, whole } from '../schema';
import { defineTool, failed, type ToolOutcome } from './tool';

const USUAL_LINES = 400;
const MOST_LINES = 2000;
const LONGEST_LINE = 500;

export const read = defineTool<{ path: string; offset?: number; limit?: number }>({
  definition: {
    name: 'Read',
    description:
      'Reads a text file of the workspace, with line numbers. Files outside of the workspace, ignored files and files that hold secrets cannot be read.',
    inputSchema: objectSchema(
      {
        path: text('Path relative to the workspace folder, with forward slashes.'),
        offset: whole('The first line, from 1. Default: 1.'),
        limit: whole(`How many lines, at most ${MOST_LINES}. Default: ${USUAL_LINES}.`),
      },
      ['offset', 'limit'],
    ),
  },
  label: ({ path, offset }) => `Reading ${path}${offset === undefined ? '' : ` from line ${offset}`}`,
  run: ({ path, offset = 1, limit = USUAL_LINES }, { files }) => refusable(() => readLines(files, path, offset, limit)),
});

async function readLines(files: ConfinedFiles, path: string, offset: number, limit: number): Promise<ToolOutcome> {
  const { file, text: content } = await files.text(path);
  const lines = content.split(/\r\n|\r|\n/);
  const start = Math.max(offset, 1);
  if (start > lines.length) return failed(`${file} has ${lines.length} lines.`);
  const end = Math.min(start - 1 + Math.min(Math.max(limit, 1), MOST_LINES), lines.length);
  const shown = lines.slice(start - 1, end).map((line, i) => `${start + i}\t${line.slice(0, LONGEST_LINE)}`);
  return { text: `${file}, lines ${start} to ${end} of ${lines.length}:\n${shown.join('\n')}` };
}

export const glob = defineTool<{ pattern: string }>({
  definition: {
    name: 'Glob',
    description: 'Lists files of the workspace by a glob such as "src/**/*.ts". Ignored files and files that hold secrets are left out.',
    inputSchema: objectSchema({ pattern: text('The glob, relative to the workspace folder.') }),
  },
  label: ({ pattern }) => `Listing ${pattern}`,
  run: ({ pattern }, { files }, signal) =>
    refusable(async () => {
      const { files: found, isCut } = await globFiles(files, pattern, signal);
      if (found.length === 0) return { text: `No file matches ${pattern}.` };
      return { text: `${found.join('\n')}${isCut ? '\nThere are more: use a narrower glob.' : ''}` };
    }),
});

export const grep = defineTool<{ pattern: string; glob?: string; ignoreCase?: boolean }>({
  definition: {
    name: 'Grep',
    description: 'Searches the text files of the workspace line by line. Ignored files and files that hold secrets are left out.',
    inputSchema: objectSchema(
      {
        pattern: text('A JavaScript regular expression.'),
        glob: text('Only files that match, such as "**/*.sql".'),
        ignoreCase: { type: 'boolean', description: 'Default: false.' },
      },
      ['glob', 'ignoreCase'],
    ),
  },
  label: ({ pattern, glob: within }) => `Searching ${within ?? 'all files'} for ${pattern}`,
  run: (query, { files }, signal) =>
    refusable(async () => {
      const { matches, isCut } = await grepFiles(files, query, signal);
      if (matches.length === 0) return { text: 'Nothing matches.' };
      const lines = matches.map(({ file, line, text: content }) => `${file}:${line + 1}: ${content}`);
      return { text: `${lines.join('\n')}${isCut ? '\nThere are more: use a narrower pattern or a glob.' : ''}` };
    }),
});

/** What may not be read is said to the model, and is no failure of ours. */
async function refusable(work: () => Promise<ToolOutcome>): Promise<ToolOutcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotReadable) return failed(error.message);
    throw error;
  }
}
