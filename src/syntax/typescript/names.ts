import type { ts } from 'ts-morph';
import { enclosingFunction } from './nodes';

/** A name that does not occur in the function around `node`: `base`, or `base2`, `base3`… */
export function freeName(base: string, node: ts.Node): string {
  const text = (enclosingFunction(node) ?? node.getSourceFile()).getText();
  for (let ordinal = 1; ; ordinal++) {
    const name = ordinal === 1 ? base : `${base}${ordinal}`;
    if (!new RegExp(`\\b${name.replace(/\$/g, '\\$')}\\b`).test(text)) return name;
  }
}

/** "items" -> "item", "categories" -> "category"; a name that is no plural gets "Item" appended. */
export function singular(name: string): string {
  if (/ies$/.test(name)) return name.replace(/ies$/, 'y');
  if (/(?:ss|us|is)$/.test(name) || !/s$/.test(name)) return `${name}Item`;
  return name.replace(/s$/, '');
}
