import { parse } from 'smol-toml';

export type Table = Readonly<Record<string, unknown>>;

/** A file of TOML as plain objects; undefined for one that is half-typed. */
export function readToml(text: string): Table | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** The table at a path of keys; undefined where there is none. */
export function tableAt(table: unknown, ...path: readonly string[]): Table | undefined {
  const found = path.reduce<unknown>((at, key) => (isTable(at) ? at[key] : undefined), table);
  return isTable(found) ? found : undefined;
}

/** The texts of a list, or of several tables' lists of the same name. */
export function textsAt(tables: readonly (Table | undefined)[], ...names: readonly string[]): readonly string[] {
  return tables.flatMap((table) => names.flatMap((name) => table?.[name])).flat().filter((item) => typeof item === 'string');
}

const isTable = (value: unknown): value is Table => typeof value === 'object' && value !== null && !Array.isArray(value);
