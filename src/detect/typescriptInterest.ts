import { ts } from 'ts-morph';
import { STRING_KINDS } from '../syntax/typescript/embeddedSql';
import { ENCLOSING_KINDS, FACT_KINDS } from '../syntax/typescript/factCollector';

/** Who wants to see a kind of node, as bits; most kinds interest nobody and cost one look into this table. */
export const FACTS = 1;
export const RULES = 2;
export const STRING = 4;
/** Nothing here or below matters: types, imports and exports by name hold no running code, and tokens hold nothing. */
export const SKIP = 8;
/** A second visit to the node, after everything below it. */
export const LEAVE = 16;

/** More than the compiler has kinds of node. */
const KINDS = 1024;

export function interestTable(wants: (kind: ts.SyntaxKind) => boolean): Uint8Array {
  const table = new Uint8Array(KINDS);
  for (let kind: ts.SyntaxKind = 0; kind < KINDS; kind++) {
    const wanted = (FACT_KINDS.has(kind) ? FACTS : 0) | (ENCLOSING_KINDS.has(kind) ? LEAVE : 0) | (wants(kind) ? RULES : 0) | (STRING_KINDS.includes(kind) ? STRING : 0);
    const isLeaf = kind <= ts.SyntaxKind.LastToken;
    table[kind] = isWithoutCode(kind) || (isLeaf && wanted === 0) ? SKIP : wanted;
  }
  return table;
}

function isWithoutCode(kind: ts.SyntaxKind): boolean {
  if (kind >= ts.SyntaxKind.FirstTypeNode && kind <= ts.SyntaxKind.LastTypeNode) {
    // `class A extends f(x)` and `f<T>` are type nodes that hold expressions.
    return kind !== ts.SyntaxKind.ExpressionWithTypeArguments;
  }
  switch (kind) {
    case ts.SyntaxKind.ImportDeclaration:
    case ts.SyntaxKind.ExportDeclaration:
    case ts.SyntaxKind.InterfaceDeclaration:
    case ts.SyntaxKind.TypeAliasDeclaration:
    case ts.SyntaxKind.TypeParameter:
      return true;
    default:
      return false;
  }
}
