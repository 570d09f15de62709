import { join } from 'node:path';
import type { SizeProbe } from '../core/counts';
import type { FunctionFact } from '../core/facts';
import type { Finding } from '../core/finding';

/** What a recorder may evaluate: names and the properties of names, which have no effect of their own. */
const PLAIN = /^[\w$]+(?:\.[\w$]+)*$/;

/** The probes as the recorders read them, once for each path that a file may be known by. Ids are their indexes. */
export function probesText(probes: readonly SizeProbe[], roots: readonly string[]): string {
  const wanted = probes.flatMap(({ file, at, expression }, id) => {
    if (!PLAIN.test(expression)) return [];
    return roots.map((root) => ({ id: String(id), file: join(root, file), line: at.line, column: at.character, expression }));
  });
  return JSON.stringify(wanted);
}

/** A run that asks at more places than these would not end. */
const MOST_PROBES = 200;

/** Where the sizes that findings depend on can be asked for: those of the target's file first. */
export function probesFor(findings: readonly Finding[], functionOf: (file: string, functionName: string) => Pick<FunctionFact, 'hash'> | undefined, targetFile: string): SizeProbe[] {
  const probes = findings.flatMap(({ file, functionName, range, collections = [] }) => {
    const fact = functionOf(file, functionName);
    return fact ? collections.map((expression): SizeProbe => ({ file, functionName, hash: fact.hash, at: range.start, expression })) : [];
  });
  const isFirst = (probe: SizeProbe) => (probe.file === targetFile ? 0 : 1);
  return probes.sort((a, b) => isFirst(a) - isFirst(b)).slice(0, MOST_PROBES);
}
