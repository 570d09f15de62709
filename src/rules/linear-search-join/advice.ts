import type { RuleAdvice } from '../../core/rule';

export const advice: RuleAdvice = {
  why: 'For each item of one collection the other is read from its start until a key is equal, so n items take n x n / 2 comparisons. An index by that key is built once in n steps and answers in one.',
  technique: 'Build a Map (in Python a dict) of the searched collection by its key before the loop and look each item up; group into lists where several may match.',
  tradeoffs: 'The index takes memory for n entries and must be rebuilt when the collection changes. Where keys repeat, say whether the first or the last item counts.',
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
};
