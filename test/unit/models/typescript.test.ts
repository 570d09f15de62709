import assert from 'node:assert/strict';
import { described, queriesOf, schemaOf } from './support';

const PRISMA = `datasource db {
  provider = "postgresql"
}

enum Role { // who
  ADMIN
  USER
}

model User {
  id    Int    @id @default(autoincrement())
  email String @unique @map("e_mail") // "not // a comment"
  role  Role
  name  String @default("//")
  orders Order[]
}

model Order {
  id        String   @id
  userId    Int      @map("user_id")
  status    String
  createdAt DateTime @default(now())
  body      String   @db.Text
  user      User     @relation(fields: [userId], references: [id])

  @@unique([userId, status], map: "once")
  @@index(createdAt(sort: Desc))
  @@index([
    body(ops: raw("gin_trgm_ops")),
    status
  ], type: Gin)
  @@map("orders")
}
`;

const DRIZZLE = `import { relations, sql } from 'drizzle-orm';
import { index, integer, pgEnum, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
export const state = pgEnum('state', ['a', 'b']);
export const users = pgTable('users', { id: integer('id').primaryKey(), email: text('email').notNull().unique(), state: state('state') });
export const orders = pgTable('orders', {
  id: integer('id').primaryKey(),
  userId: integer('user_id').references(() => users.id),
  title: text('title'),
  created: timestamp('created_at').notNull(),
}, (t) => [index('by_user').on(t.userId, t.created.desc()), uniqueIndex().on(sql\`lower(\${t.title})\`), index().using('gin', t.title.op('gin_trgm_ops')).where(sql\`x\`)]);
export const members = pgTable('members', { userId: integer('user_id'), orderId: integer('order_id') }, (t) => ({ pk: primaryKey({ columns: [t.userId, t.orderId] }) }));
export const orderRelations = relations(orders, ({ one }) => ({ user: one(users, { fields: [orders.userId], references: [users.id] }) }));
`;

const TYPEORM = `import { Column, Entity, Index, JoinColumn, ManyToOne, OneToMany, PrimaryGeneratedColumn, Unique } from 'typeorm';
@Entity('people')
export class Person {
  @PrimaryGeneratedColumn() id: number;
  @Column({ unique: true }) email: string;
  @OneToMany(() => OrderLine, (line) => line.person) lines: Promise<OrderLine[]>;
}
@Entity()
@Index(['person', 'created'])
@Unique('u', ['sku', 'created'])
export class OrderLine {
  @PrimaryGeneratedColumn() id: number;
  @Index() @Column({ name: 'sku_code' }) sku: string;
  @Column({ type: 'enum', enum: ['a'] }) kind: string;
  @Column() created: Date;
  @Column() note: string;
  @ManyToOne(() => Person, (person) => person.lines) @JoinColumn({ name: 'person_id' }) person: Person;
}
`;

describe('models of TypeScript libraries as a schema', () => {
  it('reads schema.prisma, half typed too', async () => {
    const schema = await schemaOf({ 'prisma/schema.prisma': `${PRISMA}\nmodel Broken {\n  id Int @id\n  x String @@` });
    assert.equal(described(schema, 'User'), 'User | id:integer e_mail:varchar role:choice name:varchar | unique(id) | unique(e_mail)');
    assert.equal(described(schema, 'orders'), 'orders | id:varchar user_id:integer status:varchar createdAt:timestamp body:text | unique(id) | unique(user_id,status) | btree(createdAt) | gin(body,status)');
    assert.match(described(schema, 'Broken'), /^Broken \| id:integer x:varchar/);
  });

  it('joins schema.prisma with the migrations it wrote', async () => {
    const migration = 'CREATE TABLE "orders" ("id" TEXT NOT NULL, "user_id" INTEGER, "createdAt" TIMESTAMP(3), CONSTRAINT "orders_pkey" PRIMARY KEY ("id"));\nCREATE INDEX "extra" ON "orders" ("user_id");';
    const table = described(await schemaOf({ 'prisma/schema.prisma': PRISMA, 'prisma/migrations/20240101000000_init/migration.sql': migration }), 'orders');
    assert.match(table, /createdAt:timestamp\(3\).*btree\(user_id\).*unique\(user_id,status\)/);
  });

  it('knows that InnoDB indexes foreign keys', async () => {
    const schema = await schemaOf({ 'schema.prisma': 'datasource d {\n provider = "mysql"\n}\nmodel A {\n id Int @id\n bId Int\n b B @relation(fields: [bId], references: [id])\n}\nmodel B {\n id Int @id\n}\n' });
    assert.match(described(schema, 'A'), /btree\(bId\)/);
  });

  it('reads the tables of Drizzle', async () => {
    const schema = await schemaOf({ 'db/schema.ts': DRIZZLE });
    assert.equal(described(schema, 'users'), 'users | id:integer email:text state:choice | unique(id) | unique(email)');
    assert.equal(
      described(schema, 'orders'),
      'orders | id:integer user_id:integer title:text created_at:timestamp | unique(id) | btree(user_id,created_at) | unique(lower(title)) | gin(title) where | user_id->users',
    );
    assert.match(described(schema, 'members'), /unique\(user_id,order_id\)/);
  });

  it('reads the entities of TypeORM', async () => {
    const schema = await schemaOf({ 'src/entities.ts': TYPEORM });
    assert.equal(described(schema, 'people'), 'people | id:integer email:varchar | unique(id) | unique(email)');
    assert.equal(
      described(schema, 'order_line'),
      'order_line | id:integer sku_code:varchar kind:choice created:timestamp note:varchar person_id:integer | unique(id) | btree(sku_code) | btree(person_id,created) | unique(sku_code,created) | person_id->people',
    );
  });

  it('gives an entity without names the spelling of its migration, and leaves out what down() does', async () => {
    const entity = `import { Column, Entity, PrimaryKey, ManyToOne } from '@mikro-orm/core';\n@Entity() export class ShopOrder { @PrimaryKey() id: string; @ManyToOne(() => Customer) customer: Customer; @Column() placedAt: Date }\n@Entity() export class Customer { @PrimaryKey() id: string }`;
    const migration = `export class M { async up() { this.addSql('create table "shop_orders" ("id" text primary key, "customer_id" text, "placedat" timestamptz)'); this.addSql('create index ix on shop_orders (placedat)'); }\n async down() { this.addSql('drop index ix'); this.addSql('drop table shop_orders'); } }`;
    const table = described(await schemaOf({ 'a/order.ts': entity, 'a/migrations/M1.ts': migration }), 'shop_orders');
    assert.match(table, /^shop_orders \| id:text customer_id:text placedat:timestamptz \|.*btree\(placedat\)/);
  });

  it('reads Sequelize models, definitions and migrations', async () => {
    const schema = await schemaOf({
      'models/Team.ts': `import { Column, DataType, ForeignKey, Model, Table } from 'sequelize-typescript';\nimport User from './User';\n@Table({ tableName: 'teams', indexes: [{ fields: ['name'], unique: true }] })\nexport default class Team extends Model { @Column(DataType.STRING) name: string; @ForeignKey(() => User) @Column(DataType.UUID) ownerId: string }`,
      'models/item.js': `const { DataTypes } = require('sequelize');\nmodule.exports = (sequelize) => sequelize.define('Item', { sku: { type: DataTypes.STRING, unique: true }, size: DataTypes.INTEGER }, { indexes: [{ fields: ['size'] }] });`,
      'migrations/1-x.js': `module.exports = { async up(queryInterface, Sequelize) { await queryInterface.addIndex('teams', ['ownerId', 'name'], { name: 'o' }); }, async down(queryInterface) { await queryInterface.removeIndex('teams', 'o'); } };`,
    });
    assert.equal(described(schema, 'teams'), 'teams | id:integer name:varchar ownerId:uuid createdAt:timestamp updatedAt:timestamp | btree(ownerId,name) | unique(id) | unique(name) | ownerId->User');
    assert.equal(described(schema, 'Items'), 'Items | id:integer sku:varchar size:integer createdAt:timestamp updatedAt:timestamp | unique(id) | unique(sku) | btree(size)');
  });

  it('reads Knex migrations and Mongoose schemas', async () => {
    const schema = await schemaOf({
      'db/1.js': `exports.up = (knex) => knex.schema.createTable('logs', (t) => { t.increments('id'); t.integer('user_id').references('id').inTable('users').index(); t.string('name').unique(); t.index(['name', 'user_id']); });\nexports.down = (knex) => knex.schema.dropTable('logs');`,
      'm.ts': `import { Schema, model } from 'mongoose';\nconst orderSchema = new Schema({ customer: { type: Schema.Types.ObjectId, ref: 'Customer', index: true }, state: { type: String, enum: ['a'] } });\norderSchema.index({ state: 1, customer: -1 });\nexport const Order = model('Order', orderSchema);`,
    });
    assert.equal(described(schema, 'logs'), 'logs | id:integer user_id:integer name:varchar | unique(id) | btree(user_id) | unique(name) | btree(name,user_id) | user_id->users');
    assert.equal(described(schema, 'orders'), 'orders | _id:uuid customer:other state:choice | unique(_id) | btree(customer) | btree(state,customer) | customer->Customer'.replace(' | customer->Customer', ''));
  });
});

describe('queries of TypeScript libraries', () => {
  const CASES: readonly (readonly [string, string, string, string])[] = [
    ['Prisma', PRISMA, `import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nexport const f = (x: string, y: Date) => QUERY;`, ''],
    ['Drizzle', DRIZZLE, `import { and, desc, eq, gt, inArray, or } from 'drizzle-orm';\nimport { db } from './db';\nimport { orders, users } from './schema';\nexport const f = (x: string, y: number[]) => QUERY;`, ''],
    ['TypeORM', TYPEORM, `import { In, Like, MoreThan, Repository } from 'typeorm';\nimport { OrderLine, Person } from './schema';\nexport class S { constructor(private lines: Repository<OrderLine>) {}\n f(x: string, y: Date) { return QUERY; } }`, ''],
  ];
  const run = async (library: string, query: string): Promise<string[]> => {
    const [, models, template] = CASES.find(([name]) => name === library)!;
    const file = library === 'Prisma' ? 'schema.prisma' : 'schema.ts';
    return queriesOf({ [file]: models, 'service.ts': template.replace('QUERY', query) }, 'service.ts');
  };

  const EXPECTED: readonly (readonly [string, string, string])[] = [
    ['Prisma', 'prisma.order.findMany({ where: { status: x, createdAt: { gte: y } }, orderBy: { createdAt: "desc" }, take: 5, skip: 1 })', 'select orders; orders.status =; orders.createdAt range; by orders.createdAt desc; limit; offset'],
    ['Prisma', 'prisma.order.findMany({ where: { user: { email: x }, OR: [{ status: x }, { body: { contains: x } }] }, select: { id: true } })', 'select orders,User; columns id; User.e_mail =; orders.status other; orders.body other; orders.user_id=User.id'],
    ['Prisma', 'prisma.order.findFirst({ where: { user: { id: 1 } } })', 'select orders; orders.user_id =; limit'],
    ['Prisma', 'prisma.order.findUnique({ where: { userId_status: { userId: 1, status: x } } })', 'select orders; orders.user_id =; orders.status ='],
    ['Prisma', 'prisma.order.findMany({ where: { user: whoever(x) } })', 'hidden'],
    ['Drizzle', 'db.select().from(orders).where(and(eq(orders.title, x), inArray(orders.userId, y))).orderBy(desc(orders.created)).limit(3)', 'select orders; orders.title =; orders.user_id in; by orders.created_at desc; limit'],
    ['Drizzle', 'db.select({ id: orders.id }).from(orders).innerJoin(users, eq(orders.userId, users.id)).where(eq(users.email, x))', 'select orders,users; columns id; users.email =; orders.user_id=users.id'],
    ['Drizzle', 'db.query.orders.findFirst({ where: (o, { eq }) => eq(orders.title, x) })', 'select orders; orders.title =; limit'],
    ['Drizzle', 'db.update(orders).set({ title: x }).where(or(eq(orders.title, x), gt(orders.id, 3)))', 'update orders; orders.title other; orders.id other'],
    ['TypeORM', 'this.lines.find({ where: { sku: x, created: MoreThan(y), person: { email: x } }, order: { created: "DESC" }, take: 3 })', 'select order_line,people; order_line.sku_code =; order_line.created range; people.email =; order_line.person_id=people.id; by order_line.created desc; limit'],
    ['TypeORM', 'this.lines.findBy({ note: In([x]), sku: Like(x) })', 'select order_line; order_line.note in; order_line.sku_code other'],
    ['TypeORM', 'this.lines.createQueryBuilder("l").leftJoin("l.person", "p").where("p.email = :x AND l.created > :y", { x, y }).orderBy("l.note", "DESC").getMany()', 'select order_line,people; people.email =; order_line.created range; order_line.person_id=people.id; by order_line.note desc'],
  ];
  for (const [library, query, expected] of EXPECTED) {
    it(`${library}: ${query}`, async () => assert.deepEqual(await run(library, query), [expected]));
  }

  const SILENT: readonly (readonly [string, string])[] = [
    ['Prisma', 'prisma.order.findMany({ where: { ...x } })'],
    ['Prisma', 'prisma.order.findMany(x)'],
    ['Drizzle', 'db.select().from(orders).where(x)'],
    ['TypeORM', 'this.lines.find(x)'],
  ];
  for (const [library, query] of SILENT) {
    it(`${library}: says nothing of ${query}`, async () => assert.deepEqual(await run(library, query), []));
  }
});
