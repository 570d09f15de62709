/** What an engine is called where the user is asked. */
const ENGINES: Readonly<Record<string, string>> = {
  pglite: 'PGlite, on made-up rows in memory',
  sqlite: 'SQLite, on made-up rows in memory',
  postgres: 'your own PostgreSQL server, planned and not run',
};

/** What a proof would do, as the user is asked to allow it: the exact statements, and where they are run. */
export function proofCommand({ engine, queries, candidates }: {
  readonly engine: string;
  readonly queries: readonly { readonly sql: string }[];
  readonly candidates: readonly { readonly statements: readonly string[] }[];
}): string {
  const changes = candidates.flatMap(({ statements }) => statements);
  const asked = queries.map(({ sql }) => sql).join('\nor, where it cannot run that as it stands:\n');
  return [`EXPLAIN in ${ENGINES[engine] ?? engine}:`, asked, ...changes].join('\n');
}
