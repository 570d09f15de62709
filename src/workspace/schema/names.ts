/** The schemas a database begins with, which names need not carry. */
const DEFAULT_SCHEMA = /^(?:public|dbo|main)\./;

/** A name as it is compared: without quotes and without its schema, in lower case. */
export function plainName(name: string): string {
  const full = unquoted(name);
  return full.slice(full.lastIndexOf('.') + 1);
}

/** The same with its schema, unless that is the one a database begins with: "billing.invoices". */
export function fullName(name: string): string {
  return unquoted(name).replace(DEFAULT_SCHEMA, '');
}

export function isSameName(a: string, b: string): boolean {
  return a === b || plainName(a) === plainName(b);
}

const unquoted = (name: string): string => name.replace(/["`[\]]/g, '').toLowerCase();

/** "orderItem" and "OrderItem" as "order_item". */
export function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
