/**
 * Guards for plain JSON, put together from small ones. A guard names its type, so a field that is
 * added to the type and forgotten in the guard is a compile error.
 */
export type Check<T> = (value: unknown) => value is T;

/** Longer than any text that is worth showing, and short enough to keep a broken sender from stalling the view. */
const LONGEST_TEXT = 100_000;

export const isText: Check<string> = (value): value is string =>
  typeof value === 'string' && value.length <= LONGEST_TEXT;

export const isFlag: Check<boolean> = (value): value is boolean => typeof value === 'boolean';

/** Lines, columns, counts and sequence numbers: whole and not negative. */
export const isCount: Check<number> = (value): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

export const isNumber: Check<number> = (value): value is number => typeof value === 'number' && !Number.isNaN(value);

export function oneOf<const T extends string | number | boolean>(...values: readonly T[]): Check<T> {
  const known = new Set<unknown>(values);
  return (value): value is T => known.has(value);
}

export function nullable<T>(check: Check<T>): Check<T | null> {
  return (value): value is T | null => value === null || check(value);
}

export function optional<T>(check: Check<T>): Check<T | undefined> {
  return (value): value is T | undefined => value === undefined || check(value);
}

export function listOf<T>(check: Check<T>): Check<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(check);
}

/** An object with these fields and no others. */
export function objectOf<T extends object>(shape: { readonly [K in keyof T]-?: Check<T[K]> }): Check<T> {
  const fields = Object.entries<Check<unknown>>(shape);
  return (value): value is T => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return false;
    }
    const candidate = value as Readonly<Record<string, unknown>>;
    return (
      Object.keys(candidate).every(key => Object.hasOwn(shape, key)) &&
      fields.every(([key, check]) => check(Object.hasOwn(candidate, key) ? candidate[key] : undefined))
    );
  };
}

export function either<A, B>(first: Check<A>, second: Check<B>): Check<A | B> {
  return (value): value is A | B => first(value) || second(value);
}

/** One of several shapes, told apart by the text of one field. */
export function unionOf<Key extends string, T extends { readonly [K in Key]: string }>(
  key: Key,
  variants: { readonly [K in T[Key]]: Check<Extract<T, { readonly [P in Key]: K }>> },
): Check<T> {
  return (value): value is T => {
    const name = (value as { readonly [K in Key]?: unknown } | null | undefined)?.[key];
    return typeof name === 'string' && Object.hasOwn(variants, name) && variants[name as T[Key]](value);
  };
}

/** One of several messages, told apart by their `type`. */
export function messageOf<T extends { readonly type: string }>(variants: {
  readonly [K in T['type']]: Check<Extract<T, { readonly type: K }>>;
}): Check<T> {
  return unionOf<'type', T>('type', variants);
}
