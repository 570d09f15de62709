import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const LINES = 2000;

/** A text of at least 2,000 lines, and its exact length. */
export interface RealisticFile {
  readonly file: string;
  readonly text: string;
  readonly lines: number;
}

/** Routes, queries, jobs and a command line in one file, as applications grow them: the example's code and our own. */
export function longTypeScript(): RealisticFile {
  const sources = [...filesOf('examples/orders/typescript', '.ts'), ...filesOf('src/cli', '.ts'), ...filesOf('src/measure', '.ts')];
  return joined('src/application.ts', sources, /^import [^;]*;$/gm);
}

/** The same in Python. */
export function longPython(): RealisticFile {
  const sources = [...filesOf('examples/orders/python', '.py'), ...filesOf('src/measure/runtime/python', '.py'), ...filesOf('src/prove/runtime', '.py')];
  return joined('app/application.py', sources, /^(?:import|from) [^(\n]*(?:\([^)]*\))?$/gm);
}

/** Whole files until the length is reached, with what they import at the top, once. */
function joined(file: string, sources: readonly string[], imported: RegExp): RealisticFile {
  const imports = new Set<string>();
  let body = '';
  for (const source of sources) {
    if (body.split('\n').length + imports.size >= LINES) break;
    body += source.replace(imported, (text) => {
      imports.add(text);
      return '';
    });
  }
  const text = `${[...imports].join('\n')}\n${body}`;
  const lines = text.split('\n').length;
  if (lines < LINES) throw new Error(`${file} has only ${lines} lines.`);
  return { file, text, lines };
}

function filesOf(folder: string, extension: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension) && !name.includes('node_modules'))
    .sort()
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'));
}
