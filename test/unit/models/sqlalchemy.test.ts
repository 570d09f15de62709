import assert from 'node:assert/strict';
import { described, queriesOf, schemaOf } from './support';

const MODELS = `from sqlalchemy import Boolean, Column, DateTime, Enum, ForeignKey, Index, Integer, String, Table, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column, relationship
from app.database import Base
from app.mixins import OwnedMixin

order_tags = Table("order_tags", Base.metadata, Column("order_id", ForeignKey("orders.id"), primary_key=True), Column("tag_id", ForeignKey("tags.id"), primary_key=True, index=True))

class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(200), unique=True)
    orders = relationship("Order", back_populates="customer")

class Order(Base, OwnedMixin):
    __tablename__ = "orders"
    __table_args__ = (UniqueConstraint("customer_id", "reference"), Index("ix_live", "status", postgresql_where="x"), {"schema": "shop"})
    id = Column(Integer, primary_key=True)
    customer_id = Column("customer", ForeignKey("customers.id"), index=True)
    reference = Column(String)
    status = Column(Enum("a", "b"))
    created = Column(DateTime)
    paid: Mapped[bool]
    customer = relationship("Customer", back_populates="orders", lazy="joined")
    lines = relationship("Line", backref="order")

class Line(Base):
    id = Column(Integer, primary_key=True)
    order_id = Column(Integer, ForeignKey("orders.id"))
    sku = Column(String)

Index("ix_sku", func.lower(Line.sku))

class OrderRead(BaseModel):
    id: int
    reference: str
`;
const MIXIN = `from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.ext.declarative import declared_attr

class OwnedMixin:
    @declared_attr
    def owner_id(cls):
        return Column(Integer, ForeignKey("users.id"))
`;
const FILES = { 'app/mixins.py': MIXIN, 'app/models.py': MODELS };

describe('SQLAlchemy models as a schema', () => {
  it('gives tables, columns and indexes of classes, mixins and Table objects', async () => {
    const schema = await schemaOf(FILES);
    assert.equal(described(schema, 'customers'), 'customers | id:integer email:varchar | unique(id) | unique(email)');
    assert.equal(
      described(schema, 'orders'),
      'orders | owner_id:integer id:integer customer:integer reference:varchar status:choice created:timestamp paid:boolean | unique(id) | btree(customer) | unique(customer,reference) | ' +
        'btree(status) where | owner_id->users | customer->customers',
    );
    assert.equal(described(schema, 'line'), 'line | id:integer order_id:integer sku:varchar | unique(id) | btree(lower(sku)) | order_id->orders');
    assert.equal(described(schema, 'order_tags'), 'order_tags | order_id:integer tag_id:integer | unique(order_id,tag_id) | order_id->orders | tag_id->tags');
    assert.equal(described(schema, 'order_read'), 'unknown');
    assert.equal(described(schema, 'owned_mixin'), 'unknown');
  });

  it('replays Alembic in the order of its revisions, and joins it with the models', async () => {
    const revision = (id: string, down: string, body: string): string =>
      `from alembic import op\nimport sqlalchemy as sa\n\nrevision = "${id}"\ndown_revision = ${down}\n\ndef upgrade():\n${body.replace(/^/gm, '    ')}\n\ndef downgrade():\n    op.drop_table("notes")\n`;
    const schema = await schemaOf({
      'alembic/versions/a_last.py': revision('3', '"2"', 'op.create_index(op.f("ix_new"), "notes", ["author_id", sa.text("lower(body)")], postgresql_using="gin")\nop.drop_index("ix_old", table_name="notes")'),
      'alembic/versions/b_first.py': revision('1', 'None', 'op.create_table("notes", sa.Column("id", sa.Integer(), nullable=False), sa.Column("author_id", sa.Integer(), nullable=True), sa.ForeignKeyConstraint(["author_id"], ["users.id"]), sa.PrimaryKeyConstraint("id"))'),
      'alembic/versions/c_middle.py': revision('2', '"1"', 'op.create_index("ix_old", "notes", ["author_id"])\nwith op.batch_alter_table("notes") as batch:\n    batch.add_column(sa.Column("body", sa.Text()))\n    batch.create_unique_constraint("u", ["body"])'),
    });
    assert.equal(described(schema, 'notes'), 'notes | id:integer author_id:integer body:text | unique(id) | unique(body) | gin(author_id,lower(body)) | author_id->users');
  });
});

describe('SQLAlchemy statements and queries', () => {
  const queries = (body: string): Promise<string[]> =>
    queriesOf(
      { ...FILES, 'app/service.py': `from sqlalchemy import and_, desc, func, or_, select\nfrom sqlalchemy.orm import Session\nfrom app.models import Customer, Line, Order\n\ndef run(session: Session, x, y):\n${body.replace(/^/gm, '    ')}\n` },
      'app/service.py',
    );

  const CASES: readonly (readonly [string, string])[] = [
    ['return session.query(Order).filter(Order.reference == x, Order.created > y).all()', 'select orders; orders.reference =; orders.created range'],
    ['return session.scalars(select(Order).where(Order.customer_id.in_(x)).limit(5)).all()', 'select orders; orders.customer in; limit'],
    ['return session.query(Order).filter_by(reference=x).order_by(Order.created.desc()).first()', 'select orders; orders.reference =; by orders.created desc; limit'],
    ['return session.query(Order).filter(or_(Order.reference == x, Order.created == y)).all()', 'select orders; orders.reference other; orders.created other'],
    ['return session.query(Order).filter(func.lower(Order.reference) == x).count()', 'select orders; lower orders.reference ='],
    ['return session.query(Order).join(Order.customer).filter(Customer.email == x).all()', 'select orders,customers; customers.email =; orders.customer=customers.id'],
    ['return session.query(Order).join(Line).filter(Line.sku == x).all()', 'select orders,line; line.sku =; orders.id=line.order_id'],
    ['return session.query(Order).join(Line, Line.order_id == Order.id).all()', 'select orders,line; line.order_id=orders.id'],
    ['return session.query(Order).filter(Order.customer == x).all()', 'select orders; orders.customer ='],
    ['return session.query(Order).get(x)', 'select orders; orders.id ='],
    ['statement = select(Order).where(and_(Order.reference == x, Order.paid))\nreturn session.execute(statement).scalars().all()', 'select orders; orders.reference =; orders.paid ='],
  ];
  for (const [code, expected] of CASES) {
    it(code, async () => assert.deepEqual(await queries(code), [expected]));
  }

  for (const code of ['return session.query(Order).filter(*x).all()', 'return session.query(Order).filter(x).all()', 'return session.query(func.count(Order.id)).group_by(Order.status).all()']) {
    it(`says nothing of ${code}`, async () => assert.deepEqual(await queries(code), []));
  }
});
