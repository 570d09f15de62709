/** Appends to the text of a library a line that hands its classes over. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HOOK = 'globalThis[Symbol.for("performance-engineer.benchmarks")]';
const LIBRARIES = [
  [/\/node_modules\/tinybench\/dist\/index\.m?js$/, (text) => `;${HOOK}?.tinybench({ Bench: ${localName(text, 'Bench')}, Task: ${localName(text, 'Task')} });`],
  [/\/node_modules\/mitata\/src\/main\.m?js$/, (text) => `;${HOOK}?.mitata({ B: ${localName(text, 'B')} });`],
];

export async function load(url, context, next) {
  return withHook(url) ?? next(url, context);
}

export function loadSync(url, context, next) {
  return withHook(url) ?? next(url, context);
}

function withHook(url) {
  const address = url.replace(/[?#].*$/, '');
  const appended = LIBRARIES.find(([pattern]) => pattern.test(address))?.[1];
  if (!appended || !address.startsWith('file:')) return undefined;
  const source = readFileSync(fileURLToPath(address), 'utf8');
  return { format: 'module', source: `${source}\n${appended(source)}`, shortCircuit: true };
}

/** What an export is called inside of its module: minifiers rename it. */
function localName(text, exported) {
  const renamed = new RegExp(`export\\s*\\{[^}]*?([\\w$]+)\\s+as\\s+${exported}\\b`).exec(text)?.[1];
  return renamed ?? exported;
}
