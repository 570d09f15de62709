import assert from 'node:assert/strict';
import { createDetector } from '../../../src/detect/detector';
import { knowledgeOf } from './support';

const MODEL = (columns: string): string => `from sqlalchemy.orm import mapped_column, DeclarativeBase
class Base(DeclarativeBase):
    pass
class User(Base):
    __tablename__ = "users"
    id = mapped_column(Integer, primary_key=True)
${columns.replace(/^/gm, '    ')}
`;
const NAMED = MODEL('email = mapped_column(String, index=True)\nname = mapped_column(String)');

async function tableFrom(files: Readonly<Record<string, string>>, file: string, table = 'users') {
  return (await knowledgeOf(files)).schemaOf(file).table(table);
}

const indexes = (table: Awaited<ReturnType<typeof tableFrom>>): string[] | undefined => table?.indexes.map(({ columns }) => columns.join()).sort();

describe('models and the databases of a repository', () => {
  const SQL = 'CREATE TABLE users (id bigserial PRIMARY KEY, email text, name text);';
  const TWO = {
    'apps/a/migrations/1.sql': `${SQL} CREATE INDEX n ON users (name);`,
    'apps/a/models.py': NAMED,
    'apps/b/migrations/1.sql': 'CREATE TABLE users (id bigserial PRIMARY KEY, email text, phone text); CREATE INDEX p ON users (phone);',
    'apps/b/models.py': MODEL('email = mapped_column(String)\nphone = mapped_column(String)'),
  };

  it('come together where the folder of the model is', async () => {
    assert.deepEqual(indexes(await tableFrom(TWO, 'apps/a/views.py')), ['email', 'id', 'name']);
    assert.deepEqual(indexes(await tableFrom(TWO, 'apps/b/views.py')), ['id', 'phone']);
    assert.equal((await tableFrom(TWO, 'apps/a/views.py'))!.file, 'apps/a/migrations/1.sql');
  });

  it('come together across folders where the columns are the same, and not where only the name is', async () => {
    const files = { 'infra/db/schema.sql': `${SQL} CREATE INDEX n ON users (name);`, 'services/api/models.py': NAMED };
    assert.deepEqual(indexes(await tableFrom(files, 'services/api/views.py')), ['email', 'id', 'name']);
    const others = { ...files, 'infra/db/schema.sql': 'CREATE TABLE users (login text PRIMARY KEY, shell text, home text);' };
    assert.deepEqual(indexes(await tableFrom(others, 'services/api/views.py')), ['email', 'id']);
    assert.deepEqual(indexes(await tableFrom(others, 'infra/tool.py')), ['login']);
  });

  it('are of the database that their path names', async () => {
    const files = { 'db/mysql/1_t.sql': `${SQL} CREATE INDEX n ON users (name);`, 'db/postgres/models.py': NAMED };
    assert.deepEqual(indexes(await tableFrom(files, 'db/postgres/x.py')), ['email', 'id']);
    assert.deepEqual(indexes(await tableFrom(files, 'db/mysql/x.py')), ['id', 'name']);
  });

  it('keep the indexes that a migration makes of a table that only the model describes, until one drops them', async () => {
    const migration = (sql: string): string => `from django.db import migrations\nclass Migration(migrations.Migration):\n    operations = [migrations.RunSQL("${sql}")]\n`;
    const files = { 'app/models.py': NAMED, 'app/migrations/0002_name.py': migration('CREATE INDEX n ON users (name)') };
    assert.deepEqual(indexes(await tableFrom(files, 'app/views.py')), ['email', 'id', 'name']);
    const renamed = { ...files, 'app/migrations/0003_name.py': migration('ALTER INDEX n RENAME TO m'), 'app/migrations/0004_name.py': migration('DROP INDEX m') };
    assert.deepEqual(indexes(await tableFrom(renamed, 'app/views.py')), ['email', 'id']);
    assert.equal((await tableFrom(files, 'app/views.py'))!.file, 'app/models.py');
  });

  it('are shown where the model stands, and known to be created where a migration does it', async () => {
    const create = 'from django.db import migrations, models\nclass Migration(migrations.Migration):\n    operations = [\n        migrations.CreateModel(name="Order", fields=[("id", models.AutoField(primary_key=True)), ("reference", models.CharField(max_length=20))]),\n        migrations.AddIndex("order", models.Index(fields=["reference"], name="by_reference")),\n    ]\n';
    const model = 'from django.db import models\nclass Order(models.Model):\n    reference = models.CharField(max_length=20)\n';
    const files = { 'shop/models.py': model, 'shop/migrations/0001_initial.py': 'from django.db import migrations\nclass Migration(migrations.Migration):\n    operations = []\n', 'shop/migrations/0002_order.py': create };
    const table = (await tableFrom(files, 'shop/views.py', 'shop_order'))!;
    assert.deepEqual([table.file, table.model], ['shop/migrations/0002_order.py', { file: 'shop/models.py', line: 1 }]);
    const detector = createDetector({ only: ['blocking-index-creation'] });
    for (const [file, text] of Object.entries(files)) await detector.update(file, text);
    assert.deepEqual(detector.check().findings, []);
  });

  it('have one index where SQL and the model call it differently, and both where one is partial', async () => {
    const files = { 'db/migrations/1.sql': `${SQL} CREATE INDEX users_by_email ON users (email);`, 'app/models.py': NAMED };
    assert.deepEqual(indexes(await tableFrom(files, 'app/views.py')), ['email', 'id']);
    const partial = { ...files, 'db/migrations/1.sql': `${SQL} CREATE INDEX users_by_email ON users (email) WHERE name IS NULL;` };
    assert.deepEqual(indexes(await tableFrom(partial, 'app/views.py')), ['email', 'email', 'id']);
  });

  it('have their foreign keys indexed by InnoDB alone, and leave those of SQL where they stand', async () => {
    const orders = (url: string): string => `${NAMED}class Order(Base):\n    __tablename__ = "orders"\n    id = mapped_column(Integer, primary_key=True)\n    user_id = mapped_column(ForeignKey("users.id"))\nURL = "${url}://localhost/x"\n`;
    assert.deepEqual(indexes(await tableFrom({ 'app/models.py': orders('mysql+pymysql') }, 'app/views.py', 'orders')), ['id', 'user_id']);
    const files = { 'app/models.py': orders('postgresql'), 'db/migrations/1.sql': `${SQL}\nCREATE TABLE orders (id bigserial PRIMARY KEY, user_id bigint REFERENCES users (id));` };
    const table = (await tableFrom(files, 'app/views.py', 'orders'))!;
    assert.deepEqual(table.foreignKeys.map(({ file, line }) => ({ file, line })), [{ file: 'db/migrations/1.sql', line: 1 }]);
    assert.deepEqual([indexes(table), table.dialect], [['id'], 'postgresql']);
  });

  it('follow the revisions of Alembic in each folder', async () => {
    const step = (id: string, after: string, operation: string): string => `from alembic import op\nrevision = "${id}"\ndown_revision = ${after}\ndef upgrade():\n    ${operation}\n`;
    const files = {
      'app/models.py': NAMED,
      'alembic/versions/b1_add.py': step('b1', 'None', 'op.create_index("n", "users", ["name"])'),
      'alembic/versions/a2_drop.py': step('a2', '"b1"', 'op.drop_index("n")'),
    };
    assert.deepEqual(indexes(await tableFrom(files, 'app/views.py')), ['email', 'id']);
  });
});

describe('the index that queries of an ORM and of SQL lack', () => {
  const FILES = {
    'shop/models.py': 'from django.db import models\nclass Order(models.Model):\n    reference = models.CharField(max_length=20)\n    agent = models.CharField(max_length=20)\n    created = models.DateTimeField()\n',
    'shop/views.py': 'from .models import Order\ndef of_agent(request, x):\n    return list(Order.objects.filter(agent=x).order_by("-created")[:20])\n',
    'shop/report.sql': 'SELECT reference FROM shop_order WHERE agent = $1;\n',
  };

  async function findings() {
    const detector = createDetector({ only: ['missing-index'] });
    for (const [file, text] of Object.entries(FILES)) await detector.update(file, text);
    return { detector, found: detector.check().findings };
  }

  it('is one for both, in the words of the model', async () => {
    const { found } = await findings();
    assert.deepEqual(found.map(({ file }) => file).sort(), ['shop/report.sql', 'shop/views.py']);
    for (const { message } of found) {
      assert.match(message, /An index on shop_order \(agent, created\) reads the matching rows only: models\.Index\(fields=\["agent", "-?created"\]\) in Meta\.indexes of Order\. It also serves 1 more query\./);
    }
  });

  it('is proved in tables and columns', async () => {
    const { detector, found } = await findings();
    const orm = detector.proofCase(found.find(({ file }) => file === 'shop/views.py')!)!;
    assert.deepEqual([orm.query?.tables, orm.candidates], [['shop_order'], [{ kind: 'index', table: 'shop_order', columns: ['agent', 'created'] }]]);
  });
});
