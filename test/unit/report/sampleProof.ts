import type { Run } from '../../../src/core/evidence';
import type { CandidateProof, PlanMeasurement, PlanNode, Proof, Trial } from '../../../src/core/proof';
import { dataSentence } from '../../../src/evidence/proofWords';
import { run } from './support';

const SQL = 'SELECT id, name FROM products WHERE LOWER(name) LIKE $1 ORDER BY id LIMIT $2';

const scan: PlanNode = {
  operation: 'Limit', estimatedRows: 5, rows: 20, loops: 1, totalMs: 143, cost: 26_000, pages: 11_000,
  children: [
    {
      operation: 'Seq Scan', relation: 'products', detail: "Filter: (lower(name) ~~ '%badreas%'::text)", estimatedRows: 2, rows: 240, loops: 1,
      removedRows: 999_760, totalMs: 142, cost: 25_000, pages: 11_000, children: [],
    },
  ],
};

const search: PlanNode = {
  operation: 'Limit', estimatedRows: 20, rows: 20, loops: 1, totalMs: 0.9, cost: 66, pages: 41,
  children: [
    {
      operation: 'Bitmap Heap Scan', relation: 'products', estimatedRows: 24, rows: 240, loops: 1, totalMs: 0.8, cost: 65, pages: 41,
      children: [{ operation: 'Bitmap Index Scan', index: 'products_name_trgm_idx', estimatedRows: 24, rows: 240, loops: 1, totalMs: 0.2, cost: 21, pages: 17, children: [] }],
    },
  ],
};

const measurement = (plan: PlanNode, medianMs: number): PlanMeasurement => ({
  plan, samples: Array.from({ length: 12 }, (_, i) => medianMs * (0.97 + i / 200)), medianMs, pages: plan.pages, cost: plan.cost, rows: plan.rows,
});

const values = [{ placeholder: '$1', of: 'products.name', value: '%badreas%' }, { placeholder: '$2', of: 'LIMIT', value: '20' }];

const trial = (after: PlanNode, medianMs: number, overrides: Partial<Trial> = {}): Trial => ({
  parameters: { kind: 'selective', values },
  before: measurement(scan, 143),
  after: measurement(after, medianMs),
  ratio: medianMs / 143,
  interval: [(medianMs / 143) * 0.9, (medianMs / 143) * 1.1],
  basis: 'time',
  ...overrides,
});

const cost = { buildMs: 2260, indexBytes: 43_417_600, tableBytes: 77_053_952, insertRatio: 2.45, insertedRows: 2000 };

/** A slow search with both of its answers. `finding` recommends them. */
export function provedSearch(finding: string): Proof {
  const candidate = (overrides: Partial<CandidateProof>): CandidateProof => ({
    findings: [finding], title: '', statements: [], outcome: 'proved', reason: 'Takes 0.006 times the time.', trials: [trial(search, 0.86)], cost, ...overrides,
  });
  return {
    subject: { file: 'src/products.ts', line: 14, functionName: 'searchProducts', findings: [finding] },
    engine: { name: 'pglite', version: 'PostgreSQL 18.6 in PGlite' },
    data: {
      kind: 'synthetic', seed: 1,
      tables: [{ table: 'products', rows: 640_000, wanted: 1_000_000, basis: 'declared', capped: 'loading was stopped after 45 s' }],
    },
    sql: SQL,
    baseline: [],
    candidates: [
      candidate({
        title: 'Trigram index on products.name',
        statements: ['CREATE EXTENSION IF NOT EXISTS pg_trgm', 'CREATE INDEX products_name_trgm_idx ON "products" USING gin (lower("name") gin_trgm_ops)'],
        semantics: 'Finds the same rows as before, in any part of a word.',
      }),
      candidate({
        title: 'Full-text search on products.name',
        statements: [`ALTER TABLE "products" ADD COLUMN name_search tsvector GENERATED ALWAYS AS (to_tsvector('simple', "name")) STORED`],
        rewritten: `SELECT id, name FROM products WHERE name_search @@ websearch_to_tsquery('simple', $1) ORDER BY id LIMIT $2`,
        semantics: 'A word search is not a substring search.',
        trials: [
          trial(search, 0.3, { matches: { before: 240, after: 240 } }),
          trial(search, 0.1, { parameters: { kind: 'fragment', values }, matches: { before: 341, after: 0 } }),
        ],
      }),
    ],
    notes: ['The type geometry of products.place is not known here; text stands in for it.'],
  };
}

/** An index that the planner leaves alone. */
export function refutedIndex(finding: string): Proof {
  const { candidates: _, ...shared } = provedSearch(finding);
  return {
    ...shared,
    candidates: [
      {
        findings: [finding], title: 'Index on products (status)', statements: ['CREATE INDEX products_status_idx ON products (status)'],
        outcome: 'refuted', reason: 'The planner does not use it: the plan stays the same.', trials: [trial(scan, 141)], cost,
      },
    ],
  };
}

export function proofRun(proof: Proof, id = '20261122T202900-abcdef'): Run {
  return run({
    id,
    kind: 'proof',
    tool: proof.engine,
    driver: { kind: 'proof', label: `Query of ${proof.subject.file}:${proof.subject.line + 1}`, argv: [], cwd: '.' },
    sampleCount: undefined,
    proof,
    caveats: [dataSentence(proof)],
  });
}
