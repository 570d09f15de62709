import { formatBytes, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';
import type { NamedRows } from '../../workspace/models/rows';
import { linkWholeRows } from './link';

export interface Facts {
  /** The query as a reader sees it. */
  readonly call: string;
  /** The rows of an ORM, for the linker to look up their columns; absent for a statement. */
  readonly rows?: NamedRows;
  /** What the code uses of each row; empty for a statement, where that is not known. */
  readonly used: readonly string[];
  /** A statement's tables, and the columns that it compares for equality. */
  readonly tables?: readonly string[];
  readonly equal?: readonly string[];
  /** Set by the linker: the model or table, how many columns it has, and which of those that are not used are large. */
  readonly table?: string;
  readonly columns?: number;
  readonly large?: readonly string[];
}

const ROW_BYTES = 1_024;
const USED_BYTES = 100;

export const rule: Rule<Facts> = {
  meta: {
    id: 'select-star',
    title: 'Whole rows read for a few columns',
    family: 'database',
    resource: 'database',
    decision: 'deferrable',
    languages: ['typescript', 'python', 'sql'],
    fix: 'suggestion',
    complexity: { now: 'O(n) whole rows', after: 'O(n) used columns' },
    cost: {
      unit: 'bytes in memory',
      variable: 'rows',
      assumedSize: 1_000,
      now: (n) => n * ROW_BYTES,
      after: (n) => n * USED_BYTES,
      millisecondsPerUnit: 0.00001,
    },
    why: 'Columns that nobody uses are read from the disk, sent and made into objects. Large values are stored apart from their row, so that asking for them costs reads of their own.',
    technique: 'Name the columns that are used: select, only(), load_only(), attributes, or a list of columns in place of *.',
    tradeoffs: 'A column that is needed later has to be added to the query too; objects that lack columns cannot be saved or handed on as whole ones.',
    effortMinutes: 10,
    validation: 'benchmark',
    conflicts: [{ view: 'simplicity', text: 'Whole rows fit every caller; a query for each use has to be kept in step with it.' }],
    whenNot: 'There are few rows, or the unused columns are small.',
    examples: {
      typescript: {
        bad: `import { Column, DataSource, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
class Article {
  @PrimaryGeneratedColumn() id: number;
  @Index() @Column() title: string;
  @Column({ type: 'text' }) body: string;
}

export async function titles(source: DataSource, author: string) {
  const articles = await source.getRepository(Article).find({ where: { title: author } });
  return articles.map((article) => article.title);
}
`,
        better: `import { Column, DataSource, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
class Article {
  @PrimaryGeneratedColumn() id: number;
  @Index() @Column() title: string;
  @Column({ type: 'text' }) body: string;
}

export async function titles(source: DataSource, author: string) {
  const articles = await source.getRepository(Article).find({ select: { title: true }, where: { title: author } });
  return articles.map((article) => article.title);
}
`,
      },
      python: {
        bad: `from django.db import models


class Article(models.Model):
    title = models.CharField(max_length=100, db_index=True)
    body = models.TextField()


def titles(prefix):
    return [article.title for article in Article.objects.filter(title__gt=prefix)]
`,
        better: `from django.db import models


class Article(models.Model):
    title = models.CharField(max_length=100, db_index=True)
    body = models.TextField()


def titles(prefix):
    return [article.title for article in Article.objects.filter(title__gt=prefix).only("title")]
`,
      },
      sql: {
        bad: `CREATE TABLE articles (id integer PRIMARY KEY, title text, body jsonb, published_at timestamp);
CREATE INDEX ON articles (published_at);

SELECT * FROM articles WHERE published_at > now() - interval '1 day';
`,
        better: `CREATE TABLE articles (id integer PRIMARY KEY, title text, body jsonb, published_at timestamp);
CREATE INDEX ON articles (published_at);

SELECT id, title FROM articles WHERE published_at > now() - interval '1 day';
`,
      },
    },
    links: [
      { title: 'Django: only()', url: 'https://docs.djangoproject.com/en/stable/ref/models/querysets/#only' },
      { title: 'PostgreSQL: TOAST', url: 'https://www.postgresql.org/docs/current/storage-toast.html' },
      { title: 'Prisma: select fields', url: 'https://www.prisma.io/docs/orm/prisma-client/queries/select-fields' },
    ],
  },

  link: linkWholeRows,

  say({ call, used, table, columns, large = [] }, cost) {
    const among = large.length > 0 ? `, among them ${listed(large)}` : '';
    const uses = used.length > 0 ? `, and the code here uses ${listed(used)}` : '';
    return {
      message: `${call} reads all ${columns} columns of each row of ${table}${among}${uses}: about ${formatBytes(cost.now)} at ${formatSize(cost)} and 1 KiB a row. Ask for the columns that are used.`,
      hint: `${columns} columns a row${used.length > 0 ? `, ${used.length} used` : ''}`,
    };
  },
};

/** More names than these are a list to look up, not to read. */
const MOST_NAMED = 4;

const listed = (names: readonly string[]): string => (names.length > MOST_NAMED ? `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more` : names.join(', '));
