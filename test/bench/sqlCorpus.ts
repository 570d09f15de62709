/** One file of SQL, as a project of PostgreSQL would have it. */
export interface SqlFile {
  readonly file: string;
  readonly text: string;
}

const NOUNS = ['account', 'booking', 'contract', 'delivery', 'event', 'folder', 'grant', 'holiday', 'invoice', 'job'];

/** Migrations that create, index and alter tables, as ORMs and people write them; the same for the same count. */
export function migrations(count: number): SqlFile[] {
  return Array.from({ length: count }, (_, i) => ({
    file: `db/migrations/${String(i + 1).padStart(4, '0')}_${noun(i)}.sql`,
    text: i % 3 === 0 ? createTable(i) : i % 3 === 1 ? addIndexes(i) : alter(i),
  }));
}

/** Queries of every shape that the rules look at. */
export function queries(count: number): SqlFile {
  return { file: 'db/queries.sql', text: Array.from({ length: count }, (_, i) => query(i)).join('\n') };
}

const noun = (i: number): string => `${NOUNS[i % NOUNS.length]}_${Math.floor(i / NOUNS.length)}`;
/** The table that the migration before created. */
const tableBefore = (i: number): string => noun(i - (i % 3));

function createTable(i: number): string {
  const table = noun(i);
  return `-- CreateTable
CREATE TABLE "${table}" (
    "id" BIGSERIAL NOT NULL,
    "owner_id" BIGINT NOT NULL,
    "parent_id" BIGINT,
    "title" VARCHAR(200) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "amount" NUMERIC(12, 2),
    "meta" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "deleted_at" TIMESTAMPTZ,

    CONSTRAINT "${table}_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "${table}_title_key" ON "${table}"("title");

-- AddForeignKey
ALTER TABLE "${table}" ADD CONSTRAINT "${table}_parent_fkey" FOREIGN KEY ("parent_id") REFERENCES "${table}"("id") ON DELETE CASCADE;
`;
}

function addIndexes(i: number): string {
  const table = tableBefore(i);
  return `CREATE INDEX "${table}_owner_idx" ON "${table}" ("owner_id", "created_at" DESC);
CREATE INDEX "${table}_open_idx" ON "${table}" ("created_at") WHERE "deleted_at" IS NULL AND "status" = 'open';
CREATE INDEX "${table}_title_lower_idx" ON "${table}" (lower("title"));
CREATE INDEX "${table}_meta_idx" ON "${table}" USING gin ("meta");
`;
}

function alter(i: number): string {
  const table = tableBefore(i);
  return `ALTER TABLE "${table}" ADD COLUMN "note_${i}" TEXT, ALTER COLUMN "amount" SET DEFAULT 0;
UPDATE "${table}" SET "note_${i}" = '' WHERE "note_${i}" IS NULL;
ALTER TABLE "${table}" ALTER COLUMN "note_${i}" SET NOT NULL;
`;
}

function query(i: number): string {
  const [a, b] = [noun(3 * (i % 40)), noun(3 * ((i + 1) % 40))];
  switch (i % 5) {
    case 0:
      return `-- name: list_${i}
SELECT a.id, a.title, b.status, count(*) OVER () AS total_${i}
FROM ${a} a
JOIN ${b} b ON b.owner_id = a.id
WHERE a.owner_id = $1 AND a.created_at >= $2
ORDER BY a.created_at DESC
LIMIT 50 OFFSET $3;
`;
    case 1:
      return `SELECT id, title AS title_${i}
FROM ${a}
WHERE lower(title) LIKE '%' || $1 || '%'
  AND deleted_at IS NULL
ORDER BY created_at DESC
LIMIT 20;
`;
    case 2:
      return `WITH recent_${i} AS (
  SELECT owner_id, max(created_at) AS last_at FROM ${a} WHERE status IN ('open', 'new') GROUP BY owner_id
)
SELECT r.owner_id, r.last_at, (SELECT sum(x.amount) FROM ${b} x WHERE x.owner_id = r.owner_id) AS amount
FROM recent_${i} r;
`;
    case 3:
      return `UPDATE ${a}
SET status = 'closed ${i}', meta = meta || '{"by": "batch"}'
WHERE id = ANY ($1) AND created_at::date < $2;
`;
    default:
      return `DELETE FROM ${a} WHERE owner_id NOT IN (SELECT owner_id FROM ${b} WHERE deleted_at IS NOT NULL AND status <> 'kept ${i}');
`;
  }
}
