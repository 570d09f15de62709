import { dirname, join } from 'node:path/posix';

/** One import as it is written, with the file it stands in, relative to the checkout. */
export interface Import {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
}

/** What each folder of `src` may import from the others. The table in ARCHITECTURE.md says what lives where. */
const DIRECTIONS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  syntax: ['core'],
  workspace: ['core', 'syntax'],
  rules: ['core', 'syntax', 'workspace'],
  detect: ['core', 'syntax', 'workspace', 'rules'],
  types: ['core'],
  evidence: ['core'],
  measure: ['core', 'evidence'],
  prove: ['core', 'syntax', 'workspace', 'evidence'],
  report: ['core', 'evidence'],
  advisor: ['core', 'evidence', 'report', 'workspace'],
  lsp: ['core', 'syntax/python/notebook', 'workspace', 'rules', 'detect', 'types/protocol', 'evidence', 'measure', 'prove', 'report', 'advisor'],
  panel: ['core', 'report', 'advisor/view'],
  editor: [
    'core', 'evidence', 'measure', 'prove/plan/plan', 'prove/run/messages', 'prove/runProver', 'prove/server/connectionString', 'report', 'advisor', 'lsp',
    'panel/html', 'panel/protocol', 'panel/conversation/protocol',
  ],
  cli: ['core', 'workspace', 'rules', 'detect', 'types', 'evidence', 'measure', 'prove', 'report', 'advisor'],
  'extension.ts': ['core', 'editor'],
  'server.ts': ['core', 'detect', 'evidence', 'lsp'],
  'cli.ts': ['core', 'cli'],
  'prover.ts': ['core', 'prove'],
  'types.ts': ['types'],
  build: ['core', 'syntax', 'workspace', 'rules', 'detect', 'evidence', 'measure', 'prove', 'report', 'advisor', 'editor', 'cli'],
};

/**
 * Who may import a package. What is not named here is not a dependency of the programs.
 * A rule's own rule.ts is loaded by every program and so never names a parser.
 */
const PACKAGES: readonly { readonly name: RegExp; readonly by: RegExp }[] = [
  { name: /^vscode$/, by: /^src\/(editor\/|extension\.ts$)/ },
  { name: /^vscode-languageclient(\/|$)/, by: /^src\/(editor\/|extension\.ts$)/ },
  { name: /^vscode-languageserver(-[a-z]+)?(\/|$)/, by: /^src\/(lsp\/|server\.ts$)/ },
  { name: /^ts-morph$/, by: /^src\/(syntax\/typescript\/|rules\/[^/]+\/(?!rule\.|python|sql)|rules\/matchers\.ts$|detect\/typescript|types\/)/ },
  { name: /^@ts-morph\/common$/, by: /^src\/types\// },
  { name: /^@lezer\/(python|common)$/, by: /^src\/syntax\/python\// },
  { name: /^libpg-query$/, by: /^src\/(syntax\/sql\/|prove\/server\/)/ },
  { name: /^@electric-sql\/pglite$/, by: /^src\/prove\/engines\/pglite/ },
  { name: /^pg$/, by: /^src\/prove\/server\// },
  { name: /^scslre$/, by: /^src\/syntax\/regex\// },
  { name: /^(ajv|ignore)(\/|$)/, by: /^src\/workspace\// },
  { name: /^jsonc-parser$/, by: /^src\/(workspace\/|syntax\/python\/notebook\.ts)/ },
  { name: /^smol-toml$/, by: /^src\/workspace\/linters\// },
  { name: /^picomatch$/, by: /^src\/(workspace|report|lsp|advisor)\// },
  { name: /^simple-statistics$/, by: /^src\/(evidence|prove|report)\// },
  { name: /^pprof-format$/, by: /^src\/evidence\/export\// },
  { name: /^(d3-array|d3-hierarchy|uplot)(\/|$)/, by: /^src\/panel\/charts\// },
  { name: /^@jridgewell\/trace-mapping$/, by: /^src\/(evidence|measure)\// },
  { name: /^(autocannon|pidusage|ws)(\/|$)/, by: /^src\/measure\// },
  { name: /^(lit|@vscode-elements\/elements)(\/|$)/, by: /^src\/panel\// },
  { name: /^@anthropic-ai\/sdk(\/|$)/, by: /^src\/advisor\/anthropic\.ts$/ },
  { name: /^@modelcontextprotocol\/sdk(\/|$)/, by: /^src\/cli\/mcp\/server\.ts$/ },
];

/** The core computes; it neither reads nor writes anything. */
const CORE_BUILTINS = new Set(['node:path', 'node:crypto']);

/** The words of the rules. One import of them from what is loaded at the start, and all of them are. */
const ADVICE = /^src\/rules\/(?:[^/]+\/advice|generated\/advice)$/;
const ADVICE_READERS = /^src\/(?:rules\/generated\/advice\.ts$|rules\/advice\.ts$|build\/)/;

/** Why an import goes against the house's directions, as a sentence; undefined where it may stand. */
export function objection({ file, line, specifier }: Import): string | undefined {
  const why = specifier.startsWith('.') ? againstDirections(file, specifier) : againstPackages(file, specifier);
  return why && `${file}:${line} imports '${specifier}': ${why}`;
}

function againstDirections(file: string, specifier: string): string | undefined {
  const target = join(dirname(file), specifier);
  const [from, to] = [folderOf(file), folderOf(target)];
  if (ADVICE.test(target) && !ADVICE_READERS.test(file)) return 'what rules tell people is loaded when somebody asks: call loadAdvice().';
  if (target === 'package.json' || target.startsWith('media/') || to === from) return againstOtherRule(file, target);
  const allowed = DIRECTIONS[from];
  if (allowed === undefined) return `src/${from} is not in the table of directions.`;
  if (to === '') return 'it is outside of src.';
  const isAllowed = allowed.some((each) => target === `src/${each}` || target.startsWith(`src/${each}/`) || target === `src/${each.replace(/\.ts$/, '')}`);
  return isAllowed ? undefined : `src/${from} may import ${allowed.join(', ') || 'nothing'}.`;
}

/** Rules do not know each other; only the generated index knows them all. */
function againstOtherRule(file: string, target: string): string | undefined {
  const [from, to] = [ruleOf(file), ruleOf(target)];
  if (from === undefined || to === undefined || from === to || from === 'generated') return undefined;
  return `a rule may not import another rule's folder.`;
}

function againstPackages(file: string, specifier: string): string | undefined {
  if (file.startsWith('src/build/')) return undefined;
  if (specifier.startsWith('node:')) {
    return file.startsWith('src/core/') && !CORE_BUILTINS.has(specifier) ? 'src/core does no I/O.' : undefined;
  }
  const known = PACKAGES.find(({ name }) => name.test(specifier));
  if (known === undefined) return 'the package is not in the table of packages.';
  return known.by.test(file) ? undefined : `only ${known.by.source} may.`;
}

/** The first name below `src`: a folder, or a program's own file. */
function folderOf(path: string): string {
  return path.startsWith('src/') ? path.split('/')[1]! : '';
}

function ruleOf(path: string): string | undefined {
  return /^src\/rules\/([^/]+)\//.exec(path)?.[1];
}
