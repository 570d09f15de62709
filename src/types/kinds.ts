import { ts } from 'ts-morph';
import type { TypeKind } from '../core/rule';

const MAX_DEPTH = 4;

/** What a type is for the rules: undefined where it is `any`, generic, or one thing or another. */
export function kindOfType(type: ts.Type, checker: ts.TypeChecker, depth = 0): TypeKind | undefined {
  const value = checker.getNonNullableType(type);
  if (value.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never)) return undefined;
  if (value.isUnion()) return common(value.types.map((part) => kindOfType(part, checker, depth + 1)));
  if (value.flags & ts.TypeFlags.StringLike) return 'string';
  if (value.flags & (ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike | ts.TypeFlags.BigIntLike | ts.TypeFlags.ESSymbolLike)) return 'other';
  if (checker.isArrayType(value) || checker.isTupleType(value)) return 'array';
  const constraint = checker.getBaseConstraintOfType(value);
  if (constraint && constraint !== value && depth < MAX_DEPTH) return kindOfType(constraint, checker, depth + 1);
  return kindOfObject(value, checker, depth);
}

function kindOfObject(type: ts.Type, checker: ts.TypeChecker, depth: number): TypeKind | undefined {
  const known = BY_NAME[type.symbol?.name ?? ''];
  if (known) return known;
  if (depth < MAX_DEPTH && type.isClassOrInterface()) {
    for (const base of checker.getBaseTypes(type)) {
      const inherited = kindOfType(base, checker, depth + 1);
      if (inherited && inherited !== 'other') return inherited;
    }
  }
  // Without its declarations a package's type is an empty object, of which nothing can be said.
  return type.flags & ts.TypeFlags.Object && checker.getPropertiesOfType(type).length > 0 ? 'other' : undefined;
}

const BY_NAME: Readonly<Record<string, TypeKind>> = {
  Array: 'array', ReadonlyArray: 'array',
  Set: 'set', ReadonlySet: 'set', WeakSet: 'set',
  Map: 'map', ReadonlyMap: 'map', WeakMap: 'map',
  Promise: 'promise', PromiseLike: 'promise',
  String: 'string',
};

function common(kinds: readonly (TypeKind | undefined)[]): TypeKind | undefined {
  const [first, ...rest] = kinds;
  return rest.every((kind) => kind === first) ? first : undefined;
}
