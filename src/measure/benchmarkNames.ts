import type { DriverChoice } from './drivers/choice';

/** A benchmark as its file declares it. */
export interface DeclaredBenchmark {
  readonly name: string;
  /** Zero-based. */
  readonly line: number;
}

/** A name is a plain string before the function it names; one that is put together is known once it has run. */
const named = (callee: string): RegExp => new RegExp(String.raw`^(?![ \t]*(?://|/?\*)).*?(?<![\w$])(?:${callee})\(\s*(?:'([^'\\\n]+)'|"([^"\\\n]+)"|${'`'}([^${'`'}\\$\n]+)${'`'})\s*,`, 'gm');
const BENCH = named(String.raw`bench(?:\.\w+)?|[\w$]*(?:\(\))?\.add`);
const TEST = named(String.raw`(?:test|it)(?:\.only)?`);
const PYTEST = /^[ \t]*(?:async )?def (test_\w*)\([^)]*\bbenchmark\b/gm;

/** The benchmarks that a file declares, in their order; none for a script and a project, which say it when they have run. */
export function declaredBenchmarks({ kind, runner }: DriverChoice, text: string): readonly DeclaredBenchmark[] {
  if (kind !== 'benchmark' || runner === 'asv') return [];
  const pattern = runner === 'pytest' ? PYTEST : runner === 'node:test' ? TEST : BENCH;
  const found: DeclaredBenchmark[] = [];
  let line = 0;
  let counted = 0;
  for (const match of text.matchAll(pattern)) {
    const name = match.slice(1).find((group) => group !== undefined)!;
    // A long call has its name on a line of its own; the call is where the lens belongs.
    line += linesIn(text.slice(counted, match.index));
    counted = match.index;
    if (!found.some((other) => other.name === name)) found.push({ name, line });
  }
  return found;
}

/** Whether a result is that of a declared benchmark: tools put the suite, the file or the class before it and parameters behind it. */
export function isResultOf(declared: string, result: string): boolean {
  if (!result.includes(declared)) return false;
  const at = result.lastIndexOf(declared);
  const [before, after] = [result.slice(0, at), result.slice(at + declared.length)];
  return /(?:^|(?: > |::))$/.test(before) && /^(?:$|\[)/.test(after);
}

const linesIn = (text: string): number => text.split('\n').length - 1;
