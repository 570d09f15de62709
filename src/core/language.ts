import { extname } from 'node:path';

/** The three languages the detector reads. JavaScript, JSX and TSX are dialects of `typescript`. */
export type Language = 'typescript' | 'python' | 'sql';

export const LANGUAGES: readonly Language[] = ['typescript', 'python', 'sql'];

const BY_EXTENSION: Readonly<Record<string, Language>> = {
  '.ts': 'typescript',
  '.tsx': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
  '.js': 'typescript',
  '.jsx': 'typescript',
  '.mjs': 'typescript',
  '.cjs': 'typescript',
  '.py': 'python',
  '.pyi': 'python',
  // A notebook is read as the Python of its cells.
  '.ipynb': 'python',
  '.sql': 'sql',
};

/** The language of a file by its name, or undefined where the detector does not read it. */
export function languageOfFile(file: string): Language | undefined {
  return BY_EXTENSION[extname(file).toLowerCase()];
}

/** Every file extension the detector reads, with its dot. */
export const SOURCE_EXTENSIONS: readonly string[] = Object.keys(BY_EXTENSION);
