import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'The related rows are joined or asked for with every query, sent and made into objects, and then nobody looks at them.',
  technique: 'Leave the relation out of this query; the code that needs it reads it along itself.',
  tradeoffs: 'Code that comes to read the relation later has to add it to the query, or asks for it row by row.',
  conflicts: [{ view: 'simplicity', text: 'One query for all callers is less to keep than a query for each.' }],
  whenNot: 'The relation is read in code that is not seen here, such as a signal or a hook of the model.',
  examples: {
    typescript: {
      bad: `import { Column, DataSource, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
class Line {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => Order, (order) => order.lines) order: Order;
}

@Entity()
class Order {
  @PrimaryGeneratedColumn() id: number;
  @Column() number: string;
  @OneToMany(() => Line, (line) => line.order) lines: Line[];
}

export async function numbers(source: DataSource) {
  const orders = await source.getRepository(Order).find({ relations: { lines: true }, take: 500 });
  return orders.map((order) => order.number);
}
`,
      better: `import { Column, DataSource, Entity, Index, ManyToOne, OneToMany, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
class Line {
  @PrimaryGeneratedColumn() id: number;
  @ManyToOne(() => Order, (order) => order.lines) @Index() order: Order;
}

@Entity()
class Order {
  @PrimaryGeneratedColumn() id: number;
  @Column() number: string;
  @OneToMany(() => Line, (line) => line.order) lines: Line[];
}

export async function numbers(source: DataSource) {
  const orders = await source.getRepository(Order).find({ take: 500 });
  return orders.map((order) => order.number);
}
`,
    },
    python: {
      bad: `from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    number = models.CharField(max_length=20)


def numbers():
    return [order.number for order in Order.objects.select_related("customer")[:500]]
`,
      better: `from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=100)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    number = models.CharField(max_length=20)


def numbers():
    return [order.number for order in Order.objects.all()[:500]]
`,
    },
  },
  links: [
    { title: 'Django: select_related()', url: 'https://docs.djangoproject.com/en/stable/ref/models/querysets/#select-related' },
    { title: 'Prisma: relation queries', url: 'https://www.prisma.io/docs/orm/prisma-client/queries/relation-queries' },
    { title: 'SQLAlchemy: relationship loading techniques', url: 'https://docs.sqlalchemy.org/en/20/orm/queryguide/relationships.html' },
  ],
};
