import assert from 'node:assert/strict';
import { createDetector } from '../../../src/detect/detector';

/** How sure the rule is of a page of Prisma with this `where`. */
async function confidence(where: string, before = '', model = 'order'): Promise<string | undefined> {
  const detector = createDetector({ only: ['offset-pagination'] });
  const page = `${before} return prisma.${model}.findMany({ where: ${where}, skip: page * 20, take: 20 });`;
  await detector.update('src/pages.ts', `import { PrismaClient } from '@prisma/client';\nconst prisma = new PrismaClient();\nexport function list(page: number, teamId: string, q: string) { ${page} }\n`);
  return detector.check().findings[0]?.confidence;
}

/** How sure the rule is of a page of this SQLAlchemy statement. */
async function ofOrders(statement: string): Promise<string | undefined> {
  const detector = createDetector({ only: ['offset-pagination'] });
  const model = "class Order(Base):\n    __tablename__ = 'orders'\n    id: Mapped[int] = mapped_column(primary_key=True)\n";
  const imports = 'from sqlalchemy import select\nfrom sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\n\nclass Base(DeclarativeBase):\n    pass\n\n';
  await detector.update('shop/pages.py', `${imports}${model}\ndef page(session, customer, n):\n    query = ${statement}\n    return session.scalars(query.offset(n).limit(20)).all()\n`);
  return detector.check().findings[0]?.confidence;
}

describe('pages of a part of a table', () => {
  it('are as deep as the part is, where it is the rows of one parent', async () => {
    assert.equal(await confidence('{ teamId }'), 'possible');
    assert.equal(await confidence('{ teamId: teamId, name: { contains: q } }'), 'possible');
    assert.equal(await confidence('where', 'const where = { teamId };'), 'possible');
    assert.equal(await confidence('whereOf(teamId)'), 'possible');
    assert.equal(await confidence('{ ...conditions }'), 'possible');
    assert.equal(await confidence('{ team: { organisation: { id: teamId } } }'), 'possible');
    assert.equal(await confidence('{ team: { id: { in: [teamId] } } }'), 'possible');
    assert.equal(await confidence('{ AND: [{ teamId }, { name: { contains: q } }] }'), 'possible');
  });

  it('are at most a hint where nothing tells that the table grows', async () => {
    assert.equal(await confidence('{}', '', 'auditLog'), 'likely');
    assert.equal(await confidence('{}', '', 'orderItem'), 'likely');
    assert.equal(await confidence('{}', '', 'subscriptionClaim'), 'possible');
    assert.equal(await confidence('{}', '', 'team'), 'possible');
    assert.equal(await confidence('{}', '', 'setting'), undefined);
  });

  it('are as deep as the table where nothing, a search or a status narrows them', async () => {
    assert.equal(await confidence('{}'), 'likely');
    assert.equal(await confidence('{ name: { contains: q } }'), 'likely');
    assert.equal(await confidence("{ status: 'OPEN' }"), 'likely');
    assert.equal(await confidence('{ OR: [{ teamId }] }'), 'likely');
    assert.equal(await confidence('{ team: { name: { contains: q } } }'), 'likely');
    assert.equal(await confidence('{ total: { gt: page } }'), 'likely');
  });

  it('are those of one owner in SQLAlchemy, too, where a filter says so before or on the way', async () => {
    assert.equal(await ofOrders('select(Order)'), 'likely');
    assert.equal(await ofOrders('select(Order).where(Order.customer_id == customer)'), 'possible');
    assert.equal(await ofOrders('select(Order).filter_by(customer_id=customer)'), 'possible');
    assert.equal(await ofOrders("select(Order).filter_by(status='open')"), 'likely');
  });
});
