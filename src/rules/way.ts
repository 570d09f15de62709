/** " (through a → b)" for a call that comes to its effect by way of other functions; the callee itself is not repeated. */
export function wayOf({ call, via }: { readonly call: string; readonly via?: readonly string[] }): string {
  const [first, ...rest] = via ?? [];
  const called = call.slice(call.lastIndexOf('.') + 1);
  const between = first !== undefined && first.slice(first.lastIndexOf('.') + 1) === called ? rest : via;
  return between && between.length > 0 ? ` (through ${between.join(' → ')})` : '';
}
