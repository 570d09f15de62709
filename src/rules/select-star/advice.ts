import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'Columns that nobody uses are read from the disk, sent and made into objects. Large values are stored apart from their row, so that asking for them costs reads of their own.',
  technique: 'Name the columns that are used: select, only(), load_only(), attributes, or a list of columns in place of *.',
  tradeoffs: 'A column that is needed later has to be added to the query too; objects that lack columns cannot be saved or handed on as whole ones.',
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
};
