/** The text asks for a list at its own path: "/v1/orders" in quotes, at the end of a template, or in front of a query. */
export function asksForList(list: string, text: string): boolean {
  for (let at = text.indexOf(list); at >= 0; at = text.indexOf(list, at + 1)) {
    const after = text[at + list.length];
    if (after !== undefined && /["'`?]/.test(after)) return true;
  }
  return false;
}
