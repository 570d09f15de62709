import { formatBytes, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The call that makes the list: "cursor.fetchall()", "list(queryset)", "prisma.user.findMany()". */
  readonly read: string;
  /** What hands out one row or batch at a time: "the cursor itself", ".iterator()". */
  readonly instead: string;
  /** The table or collection, where it is known. */
  readonly table?: string;
}

/** A row with its object around it, give or take. */
const ROW_BYTES = 1024;
const BATCH_ROWS = 1000;

export const rule: Rule<Facts> = {
  meta: {
    id: 'whole-result-in-memory',
    title: 'Whole query result held for one pass',
    family: 'streaming',
    resource: 'memory',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'safe',
    complexity: { now: 'O(n) memory', after: 'O(1) memory' },
    cost: {
      unit: 'bytes in memory',
      variable: 'rows in the result',
      assumedSize: 10_000,
      now: (n) => n * ROW_BYTES,
      after: (n) => Math.min(n, BATCH_ROWS) * ROW_BYTES,
      millisecondsPerUnit: 0.000001,
    },
    why:
      'Every row of the result becomes an object before the first is used. Memory grows with the table, and the first row waits for the last.',
    technique: 'Go through a cursor, an iterator or a stream, which holds one batch at a time.',
    tradeoffs:
      'The connection stays busy until the loop ends, and the rows cannot be counted or gone through again. ' +
      'Some drivers fetch the whole result over the network all the same unless they are told to use a server-side cursor.',
    effortMinutes: 10,
    validation: 'heap',
    conflicts: [{ view: 'simplicity', text: 'A list can be measured, sorted and read twice; a cursor only once.' }],
    whenNot: 'The result is known to be small, the loop writes to the table it reads, or it needs the connection for something else meanwhile.',
    examples: {
      typescript: {
        bad: `import Database from 'better-sqlite3';

const db = new Database('app.db');

export function exportEvents(write: (line: string) => void) {
  for (const event of db.prepare('SELECT id, name FROM events WHERE deleted IS NULL').all()) write(JSON.stringify(event));
}
`,
        better: `import Database from 'better-sqlite3';

const db = new Database('app.db');

export function exportEvents(write: (line: string) => void) {
  for (const event of db.prepare('SELECT id, name FROM events WHERE deleted IS NULL').iterate()) write(JSON.stringify(event));
}
`,
      },
      python: {
        bad: `def export_events(cursor, out):
    cursor.execute("SELECT id, name FROM events WHERE deleted IS NULL")
    for id, name in cursor.fetchall():
        out.write(f"{id},{name}\\n")
`,
        better: `def export_events(cursor, out):
    cursor.execute("SELECT id, name FROM events WHERE deleted IS NULL")
    for id, name in cursor:
        out.write(f"{id},{name}\\n")
`,
      },
    },
    links: [
      { title: 'Django: QuerySet.iterator()', url: 'https://docs.djangoproject.com/en/stable/ref/models/querysets/#iterator' },
      { title: 'SQLAlchemy: fetching large result sets with yield_per', url: 'https://docs.sqlalchemy.org/en/20/orm/queryguide/api.html#fetching-large-result-sets-with-yield-per' },
      { title: 'MongoDB: access data from a cursor', url: 'https://www.mongodb.com/docs/drivers/node/current/crud/query/cursor/' },
    ],
  },

  link({ facts, size, file, functionName, language, confidence }, workspace) {
    const declared = size && workspace.sizeOf(size);
    if (declared !== undefined && declared <= BATCH_ROWS) return undefined;
    // A migration or a script reads a table once, and where it was too large somebody would have seen it.
    const isRare = language === 'typescript' && workspace.heatOf(file, functionName).heat === 'cold';
    return { facts, confidence: isRare ? 'possible' : confidence };
  },

  say({ read, instead, table }, cost) {
    const rows = table === undefined ? 'every row' : `every row of ${table}`;
    return {
      message: `${read} builds a list of ${rows}, roughly ${formatBytes(cost.now)} at ${formatSize(cost)} and 1 KiB a row, and the loop goes through it once. Use ${instead}, which holds one batch at a time.`,
      hint: `all rows in memory: ~${formatBytes(cost.now)}`,
    };
  },
};
