/** A name as it is compared: without quotes and without its schema, in lower case. */
export function plainName(name: string): string {
  const unquoted = name.replace(/["`[\]]/g, '');
  return unquoted.slice(unquoted.lastIndexOf('.') + 1).toLowerCase();
}

export function isSameName(a: string, b: string): boolean {
  return plainName(a) === plainName(b);
}
