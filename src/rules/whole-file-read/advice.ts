import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'The file is held in memory at least twice, as text and as what is made of it. Memory grows with the file and ends in a crash on a large one.',
  technique: 'Stream it: read a line or a chunk, use it, let it go.',
  tradeoffs: 'Streaming code is longer, errors surface in the middle, and random access is gone.',
  conflicts: [
    { view: 'simplicity', text: 'Reading a small file at once is the shortest correct code.' },
    { view: 'linter', tool: 'ruff', rule: 'FURB101', text: 'It asks for Path.read_text(), which reads the whole file.' },
  ],
  whenNot: 'The file has a known small size: configuration, templates, fixtures, a manifest.',
  examples: {
    typescript: {
      bad: `import { readFileSync } from 'node:fs';

export function countErrors(logFile: string) {
  let errors = 0;
  for (const line of readFileSync(logFile, 'utf8').split('\\n')) {
    if (line.includes(' ERROR ')) errors++;
  }
  return errors;
}
`,
      better: `import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export async function countErrors(logFile: string) {
  let errors = 0;
  for await (const line of createInterface({ input: createReadStream(logFile), crlfDelay: Infinity })) {
    if (line.includes(' ERROR ')) errors++;
  }
  return errors;
}
`,
    },
    python: {
      bad: `def count_errors(log_file):
    errors = 0
    with open(log_file) as log:
        for line in log.readlines():
            if " ERROR " in line:
                errors += 1
    return errors
`,
      better: `def count_errors(log_file):
    errors = 0
    with open(log_file) as log:
        for line in log:
            if " ERROR " in line:
                errors += 1
    return errors
`,
    },
  },
  links: [
    { title: 'Node.js: readline with for await', url: 'https://nodejs.org/api/readline.html#example-read-file-stream-line-by-line' },
  ],
};
