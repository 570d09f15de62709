import { formatBytes } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The reading call: "readFileSync", "read", "json.load". */
  readonly call: string;
  /** What then happens with the text: "split into lines", "parsed". */
  readonly use: string;
  /** The streaming way for this use: "readline over createReadStream", "iterate over the file". */
  readonly instead: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'whole-file-read',
    title: 'Whole file read into memory',
    family: 'streaming',
    resource: 'memory',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n) memory', after: 'O(1) memory' },
    cost: {
      unit: 'bytes in memory',
      variable: 'bytes in the file',
      assumedSize: 10 * 1024 * 1024,
      now: (n) => 2 * n,
      after: () => 64 * 1024,
      millisecondsPerUnit: 0.000001,
    },
    why: 'The file is held in memory at least twice, as text and as what is made of it. Memory grows with the file and ends in a crash on a large one.',
    technique: 'Stream it: read a line or a chunk, use it, let it go.',
    tradeoffs: 'Streaming code is longer, errors surface in the middle, and random access is gone.',
    effortMinutes: 20,
    validation: 'heap',
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
  },

  link({ facts, file, functionName, confidence }, workspace) {
    // A file that nothing says records of, read by a script that somebody runs by hand, is most often a small one.
    return confidence === 'possible' && workspace.heatOf(file, functionName).heat === 'cold' ? undefined : { facts };
  },

  say(facts, cost) {
    return {
      message: `${facts.call} holds the whole file in memory before it is ${facts.use}: about ${formatBytes(cost.now)} for a file of ${formatBytes(cost.n)}. Use ${facts.instead}.`,
      hint: 'whole file in memory',
    };
  },
};
