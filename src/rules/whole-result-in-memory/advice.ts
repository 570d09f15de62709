import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why:
    'Every row of the result becomes an object before the first is used. Memory grows with the table, and the first row waits for the last.',
  technique: 'Go through a cursor, an iterator or a stream, which holds one batch at a time.',
  tradeoffs:
    'The connection stays busy until the loop ends, and the rows cannot be counted or gone through again. ' +
    'Some drivers fetch the whole result over the network all the same unless they are told to use a server-side cursor.',
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
};
