import type { Node } from 'libpg-query';

/** Enough for the statements of a large file while it is edited, and for those of its neighbours. */
const CACHED_STATEMENTS = 1_000;
/** Longer statements are data, not queries, and would fill the cache with few entries. */
const CACHED_LENGTH = 10_000;

let parseSync: typeof import('libpg-query').parseSync | undefined;

/** Loads the parser's WebAssembly once; parsing is synchronous afterwards. */
export async function loadSqlParser(): Promise<void> {
  if (parseSync !== undefined) return;
  const library = await import('libpg-query');
  await library.loadModule();
  parseSync = library.parseSync;
}

/** Trees by statement text, least recently used first. `null` remembers what does not parse. */
const cache = new Map<string, Node | null>();
let isRemembering = false;

/**
 * Does work whose statements are likely to come again, as those of a document that is being edited: their trees are
 * kept. What is read once, in a scan, would only push them out.
 */
export function remembering<Result>(isLikely: boolean, work: () => Result): Result {
  const before = isRemembering;
  isRemembering = isLikely;
  try {
    return work();
  } finally {
    isRemembering = before;
  }
}

/** How many texts the grammar has read since the process began; for tests that count work instead of timing it. */
export function parseCount(): number {
  return parses;
}

let parses = 0;

/** The tree of the one statement in `sql`, or null where PostgreSQL's grammar does not know it. */
export function parseTree(sql: string): Node | null {
  const known = cache.get(sql);
  if (known !== undefined) {
    cache.delete(sql);
    cache.set(sql, known);
    return known;
  }
  const tree = parseOne(sql);
  if (isRemembering && sql.length <= CACHED_LENGTH) remember(sql, tree);
  return tree;
}

function parseOne(sql: string): Node | null {
  if (parseSync === undefined) throw new Error('the SQL parser is not loaded; await loadSqlParser() first');
  parses++;
  try {
    const statements = parseSync(sql).stmts ?? [];
    return statements.length === 1 ? (statements[0]!.stmt ?? null) : null;
  } catch {
    // A syntax error. SQL of another dialect is normal here and never worth a message.
    return null;
  }
}

function remember(sql: string, tree: Node | null): void {
  if (cache.size >= CACHED_STATEMENTS) cache.delete(cache.keys().next().value!);
  cache.set(sql, tree);
}
