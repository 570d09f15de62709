import { DEEPEST_TYPE, type TypeLookup, type Value, fixed, growing, splitTopLevel, unknown } from './value';

/** Where in a value a type stands: the outermost collection grows with `size`, those inside it are small. */
interface Place {
  readonly depth: number;
  /** Inside an element, `i` is its index. */
  readonly inElement: boolean;
}

const COUNT_IN_ELEMENT = '3';
const NOTHING = unknown('None');

/**
 * A first value for a Python annotation, given as its text. `lookup` gives a dataclass as "Name(field: type, ...)"
 * and a TypedDict as "{field: type, ...}".
 */
export function pythonValue(type: string | undefined, lookup: TypeLookup, place: Place = { depth: 0, inElement: false }): Value {
  const text = (type ?? '').trim().replace(/^(['"])(.*)\1$/, '$2');
  if (text === '' || place.depth > DEEPEST_TYPE) return NOTHING;
  const deeper = (inner: string | undefined) => pythonValue(inner, lookup, { ...place, depth: place.depth + 1 });
  const members = splitTopLevel(text, '|');
  if (members.length > 1) return firstKnown(members.map(deeper));
  const fields = /^(\w*)([({])([\s\S]*)[)}]$/.exec(text);
  if (fields) return ofFields(fields[1]!, splitTopLevel(fields[3]!, ','), deeper);
  const [, qualified = '', argumentText = ''] = /^([\w.]+)(?:\[([\s\S]*)\])?$/.exec(text) ?? [];
  const name = qualified.split('.').pop()!;
  const parameters = splitTopLevel(argumentText, ',');
  const plain = PLAIN[name];
  if (plain) return fixed(place.inElement ? plain.inElement : plain.alone);
  const element = (inner: string | undefined) => pythonValue(inner ?? 'int', lookup, { depth: place.depth + 1, inElement: true });
  const count = place.inElement ? COUNT_IN_ELEMENT : 'size';
  const over = (value: Value, code: string): Value => ({ code, grows: !place.inElement, known: value.known });
  switch (COLLECTIONS[name]) {
    case 'list': {
      const item = element(parameters[0]);
      return over(item, `[${item.code} for ${indexOf(item)} in range(${count})]`);
    }
    case 'set': {
      const item = element(parameters[0]);
      return over(item, `{${item.code} for ${indexOf(item)} in range(${count})}`);
    }
    case 'dict': {
      const [key, item] = [element(parameters[0]), element(parameters[1])];
      return over({ ...item, known: key.known && item.known }, `{${key.code}: ${item.code} for i in range(${count})}`);
    }
    case 'bytes':
      return place.inElement ? fixed(`bytes(${COUNT_IN_ELEMENT})`) : growing('bytes(size)');
  }
  if (name === 'tuple' || name === 'Tuple') return tuple(parameters, deeper, element, count, place);
  if (name === 'Optional' || name === 'Union') return firstKnown(parameters.map(deeper));
  if (name === 'Callable') return fixed('lambda *_, **__: None');
  if (name === 'None') return fixed('None');
  const declared = parameters.length === 0 ? lookup(name) : undefined;
  return declared === undefined ? NOTHING : deeper(declared);
}

const PLAIN: Readonly<Record<string, { readonly alone: string; readonly inElement: string }>> = {
  int: { alone: '1', inElement: 'i' },
  float: { alone: '1.0', inElement: 'float(i)' },
  str: { alone: '"text"', inElement: 'f"text {i}"' },
  bool: { alone: 'True', inElement: 'i % 2 == 0' },
};

const COLLECTIONS: Readonly<Record<string, 'list' | 'set' | 'dict' | 'bytes'>> = {
  ...Object.fromEntries(['list', 'List', 'Sequence', 'MutableSequence', 'Iterable', 'Collection'].map((name) => [name, 'list'])),
  ...Object.fromEntries(['set', 'Set', 'frozenset', 'FrozenSet', 'AbstractSet'].map((name) => [name, 'set'])),
  ...Object.fromEntries(['dict', 'Dict', 'Mapping', 'MutableMapping'].map((name) => [name, 'dict'])),
  bytes: 'bytes',
};

const indexOf = ({ code }: Value): string => (/(?<!\w)i(?!\w)/.test(code) ? 'i' : '_');

function tuple(parameters: readonly string[], deeper: (inner: string) => Value, element: (inner: string) => Value, count: string, place: Place): Value {
  if (parameters[1] === '...') {
    const item = element(parameters[0]!);
    return { code: `tuple(${item.code} for ${indexOf(item)} in range(${count}))`, grows: !place.inElement, known: item.known };
  }
  const items = parameters.map(deeper);
  const code = items.map(({ code: item }) => item).join(', ');
  return { ...together(items), code: items.length === 1 ? `(${code},)` : `(${code})` };
}

function ofFields(constructor: string, fields: readonly string[], deeper: (inner: string) => Value): Value {
  const values = fields.map((field) => {
    const at = field.indexOf(':');
    return { name: field.slice(0, at).trim(), value: deeper(field.slice(at + 1)) };
  });
  const items = values.map(({ name, value: { code } }) => (constructor ? `${name}=${code}` : `"${name}": ${code}`)).join(', ');
  return { ...together(values.map(({ value }) => value)), code: constructor ? `${constructor}(${items})` : `{${items}}` };
}

function together(values: readonly Value[]): Omit<Value, 'code'> {
  return { grows: values.some(({ grows }) => grows), known: values.every(({ known }) => known) };
}

function firstKnown(values: readonly Value[]): Value {
  const filled = values.filter(({ code, known }) => !(known && code === 'None'));
  return filled.find(({ known }) => known) ?? filled[0] ?? values[0] ?? NOTHING;
}
