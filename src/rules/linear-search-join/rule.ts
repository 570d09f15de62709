import { formatCount, formatSize } from '../../core/format';
import type { Rule } from '../../core/rule';

export interface Facts {
  /** The list that is searched: "users". */
  readonly collection: string;
  /** How it is searched: "users.find", "users.filter", "a nested loop over users", "next() over users". */
  readonly search: string;
  /** What both sides are compared by, as the code names it: "user.id". */
  readonly key: string;
  /** The collection of the loop around the search. */
  readonly loop: string;
  /** What answers in one step: "Map", "Map of lists", "Set"; "dict", "dict of lists", "set". */
  readonly index: string;
}

export const rule: Rule<Facts> = {
  meta: {
    id: 'linear-search-join',
    title: 'Two collections matched by searching one for each item of the other',
    family: 'algorithm',
    resource: 'cpu',
    decision: 'upfront',
    languages: ['typescript', 'python'],
    fix: 'suggestion',
    complexity: { now: 'O(n²)', after: 'O(n)' },
    cost: {
      unit: 'comparisons',
      variable: 'items in each of the two collections',
      assumedSize: 1000,
      now: (n) => (n * n) / 2,
      after: (n) => 2 * n,
      millisecondsPerUnit: 0.00001,
    },
    why: 'For each item of one collection the other is read from its start until a key is equal, so n items take n x n / 2 comparisons. An index by that key is built once in n steps and answers in one.',
    technique: 'Build a Map (in Python a dict) of the searched collection by its key before the loop and look each item up; group into lists where several may match.',
    tradeoffs: 'The index takes memory for n entries and must be rebuilt when the collection changes. Where keys repeat, say whether the first or the last item counts.',
    effortMinutes: 10,
    validation: 'benchmark',
    conflicts: [{ view: 'simplicity', text: 'For a few dozen items the search is as fast and needs no second structure.' }],
    whenNot: 'One of the two collections stays small (under about 50 items), or the database could join them instead.',
    examples: {
      typescript: {
        bad: `export function withCustomers(orders: { customerId: string }[], customers: { id: string }[]) {
  return orders.map((order) => ({ order, customer: customers.find((customer) => customer.id === order.customerId) }));
}
`,
        better: `export function withCustomers(orders: { customerId: string }[], customers: { id: string }[]) {
  const customersById = new Map(customers.map((customer) => [customer.id, customer]));
  return orders.map((order) => ({ order, customer: customersById.get(order.customerId) }));
}
`,
      },
      python: {
        bad: `def with_customers(orders: list, customers: list):
    return [(order, next((c for c in customers if c.id == order.customer_id), None)) for order in orders]
`,
        better: `def with_customers(orders: list, customers: list):
    customers_by_id = {customer.id: customer for customer in customers}
    return [(order, customers_by_id.get(order.customer_id)) for order in orders]
`,
      },
    },
    links: [
      { title: 'MDN: Map', url: 'https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Map' },
      { title: 'Wikipedia: hash join', url: 'https://en.wikipedia.org/wiki/Hash_join' },
    ],
  },

  say(facts, cost) {
    return {
      message: `${facts.search} reads ${facts.collection} from its start for each item of ${facts.loop}: O(n²), about ${formatCount(cost.now)} comparisons at ${formatSize(cost)}. Build a ${facts.index} by ${facts.key} before the loop and look it up.`,
      hint: `O(n²): ${formatCount(cost.now)} comparisons`,
    };
  },
};
