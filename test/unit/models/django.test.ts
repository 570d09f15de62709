import assert from 'node:assert/strict';
import { described, queriesOf, schemaOf } from './support';

const BASE = `from django.db import models

class Stamped(models.Model):
    created = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        abstract = True
`;
const MODELS = `from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower
from core.models import Stamped

class Customer(models.Model):
    email = models.EmailField(unique=True)
    country = models.ForeignKey("geo.Country", null=True, on_delete=models.SET_NULL)
    status = models.CharField(max_length=10, choices=[("a", "A")])

class Order(Stamped):
    customer = models.ForeignKey(Customer, related_name="orders", on_delete=models.CASCADE)
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, db_index=False, on_delete=models.CASCADE)
    reference = models.CharField(max_length=20, db_column="ref")
    tags = models.ManyToManyField("Tag")
    note = models.TextField()

    class Meta:
        db_table = "orders"
        ordering = ["-created"]
        unique_together = ("customer", "reference")
        indexes = [models.Index(fields=["reference", "-created"]), models.Index(Lower("note"), name="note_lower"),
                   GinIndex(fields=["note"]), models.Index(fields=["agent"], condition=models.Q(reference="x"), name="part")]

class Tag(models.Model):
    name = models.SlugField()

class Line(models.Model):
    order = models.OneToOneField(Order, on_delete=models.CASCADE)

class Proxied(Order):
    class Meta:
        proxy = True
`;
const FILES = { 'core/models.py': BASE, 'shop/models.py': MODELS };

describe('Django models as a schema', () => {
  it('gives tables, columns and every kind of index, with what abstract bases declare', async () => {
    const schema = await schemaOf(FILES);
    assert.equal(
      described(schema, 'orders'),
      'orders | id:integer created:timestamp customer_id:integer agent_id:integer ref:varchar note:text | unique(id) | btree(created) | btree(customer_id) | btree(ref,created) | ' +
        'btree(lower(note)) | gin(note) | btree(agent_id) where | unique(customer_id,ref) | customer_id->shop_customer',
    );
    assert.equal(described(schema, 'shop_line'), 'shop_line | id:integer order_id:integer | unique(id) | unique(order_id) | order_id->orders');
    assert.equal(described(schema, 'shop_tag'), 'shop_tag | id:integer name:varchar | unique(id) | btree(name)');
    assert.equal(described(schema, 'core_stamped'), 'unknown');
    assert.equal(described(schema, 'shop_proxied'), 'unknown');
  });

  it('joins a model and its migration into one table with the indexes of both', async () => {
    const migration = `from django.db import migrations, models

class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel(name="Tag", fields=[("id", models.AutoField(primary_key=True)), ("name", models.CharField(max_length=9)), ("old", models.IntegerField())],
                               options={"unique_together": {("name", "old")}}),
        migrations.RemoveField(model_name="tag", name="old"),
        migrations.AddIndex(model_name="tag", index=models.Index(fields=["name", "id"], name="both")),
        migrations.RunSQL("CREATE INDEX tag_sql ON shop_tag (id, name)", reverse_sql="DROP INDEX both"),
    ]
`;
    const schema = await schemaOf({ ...FILES, 'shop/migrations/0001_initial.py': migration });
    const tag = described(schema, 'shop_tag');
    assert.match(tag, /^shop_tag \| id:integer name:varchar \|/);
    for (const index of ['btree(name,id)', 'btree(id,name)', 'btree(name)']) assert.ok(tag.includes(index), `${index} in ${tag}`);
    assert.equal(schema.table('shop_tag')!.model?.file, 'shop/models.py', 'the model is the better place to look at');
  });

  it('takes migrations alone where there is no model', async () => {
    const migration = `from django.db import migrations, models

class Migration(migrations.Migration):
    operations = [
        migrations.CreateModel("Event", [("at", models.DateTimeField(db_index=True)), ("who", models.ForeignKey("shop.Customer", on_delete=models.CASCADE))]),
        migrations.RenameField("event", "at", "moment"),
    ]
`;
    assert.equal(
      described(await schemaOf({ 'log/migrations/0001_x.py': migration }), 'log_event'),
      'log_event | moment:timestamp who_id:integer | btree(moment) | btree(who_id) | who_id->shop_customer',
    );
  });

  it('finds a table by the name of its model', async () => {
    assert.equal((await schemaOf(FILES)).table('Order')?.name, 'orders');
  });
});

describe('Django query sets as queries', () => {
  const queries = (body: string): Promise<string[]> =>
    queriesOf({ ...FILES, 'shop/views.py': `from django.db.models import F, Q\nfrom .models import Customer, Order\n\ndef view(x, y):\n${body.replace(/^/gm, '    ')}\n` }, 'shop/views.py');

  const CASES: readonly (readonly [string, string])[] = [
    ['return Order.objects.filter(reference=x, created__gte=y).first()', 'select orders; orders.ref =; orders.created range; limit'],
    ['return list(Order.objects.filter(customer=x))', 'select orders; orders.customer_id ='],
    ['return list(Order.objects.filter(customer__id__in=x))', 'select orders; orders.customer_id in'],
    [
      'return list(Order.objects.filter(customer__email=x))',
      'select orders,shop_customer; shop_customer.email =; orders.customer_id=shop_customer.id',
    ],
    ['return Customer.objects.filter(orders__reference=x).count()', 'select shop_customer,orders; columns ; orders.ref =; shop_customer.id=orders.customer_id'],
    ['return list(Order.objects.filter(note__icontains=x))', 'select orders; upper orders.note like-infix'],
    ['return list(Order.objects.filter(created__date=x))', 'select orders; date orders.created ='],
    ['return list(Order.objects.exclude(reference=x).filter(Q(note=x) & Q(agent=y)))', 'select orders; orders.ref other; orders.note =; orders.agent_id ='],
    ['return list(Order.objects.filter(Q(note=x) | Q(agent=y)))', 'select orders; orders.note other; orders.agent_id other'],
    ['return list(Order.objects.order_by("-reference", "created")[:10])', 'select orders; by orders.ref desc; by orders.created; limit'],
    ['return list(Order.objects.all()[x:y])', 'select orders; by orders.created desc; limit; offset'],
    ['return Order.objects.latest("created")', 'select orders; by orders.created desc; limit'],
    ['return list(Order.objects.values_list("reference", "customer__email"))', 'select orders,shop_customer; columns ref,email; orders.customer_id=shop_customer.id'],
    ['orders = Order.objects.filter(reference=x)\norders = orders.filter(agent=y)\nreturn orders.exists()', 'select orders; columns ; orders.ref =; orders.agent_id ='],
    ['Order.objects.filter(reference=x).update(note=y)', 'update orders; orders.ref ='],
    ['return list(Order.objects.filter(tags__name=x))', 'select orders,shop_tag; shop_tag.name =; orders.id=?.(through)'],
    ['return list(Order.objects.filter(whatever=x))', 'hidden'],
  ];
  for (const [code, expected] of CASES) {
    it(code, async () => assert.deepEqual(await queries(code), [expected]));
  }

  const SILENT = [
    'return list(Order.objects.filter(**x))',
    'return list(Order.objects.filter(x))',
    'return list(Order.objects.raw("select 1"))',
    'orders = Order.objects.all()\nif x:\n    orders = orders.filter(agent=x)\nreturn list(orders.filter(reference=y))',
  ];
  for (const code of SILENT) {
    it(`says nothing of ${JSON.stringify(code)}`, async () => assert.deepEqual(await queries(code), []));
  }
});
