import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The source of a module that exports `ts` with those names of the compiler that our sources use, and no others.
 * The compiler's own namespace is a table of over two thousand getters, and a matcher asks `ts.isCallExpression` for
 * nearly every node: as an object of few plain properties it costs a tenth of a full pass less.
 * @param sources the folder of our sources.
 * @param compiler the compiler's namespace.
 * @param from an expression that gives that namespace at run time.
 */
export function compilerModule(sources: string, compiler: Readonly<Record<string, unknown>>, from: string): string {
  const words = wordsOf(sources);
  const used = (names: readonly string[]): string[] => names.filter((name) => /^[A-Za-z]\w*$/.test(name) && name !== 'default' && words.has(name));
  const kinds = used(Object.keys(compiler['SyntaxKind'] as object)).map((name) => `${name}: compiler.SyntaxKind.${name}`);
  const members = used(Object.keys(compiler)).filter((name) => name !== 'SyntaxKind').map((name) => `${name}: compiler.${name}`);
  return `const compiler = ${from};\nexport const ts = { ${members.join(', ')}, SyntaxKind: { ${kinds.join(', ')} } };`;
}

/** Every word of the files that import the compiler: whatever they use of it is among them. */
function wordsOf(sources: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const entry of readdirSync(sources, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    if (text.includes(`from 'ts-morph'`)) for (const [word] of text.matchAll(/[A-Za-z]\w*/g)) words.add(word);
  }
  return words;
}
