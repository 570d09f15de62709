import { DEEPEST_TYPE, type TypeLookup, type Value, fixed, growing, splitTopLevel, unknown } from './value';

/** Where in a value a type stands: the outermost collection grows with `size`, those inside it are small. */
interface Place {
  readonly depth: number;
  /** Inside an element, `i` is its index. */
  readonly inElement: boolean;
}

const COUNT_IN_ELEMENT = '3';
const NOTHING = unknown('undefined');

/** A first value for a TypeScript type, given as its text. */
export function scriptValue(type: string | undefined, lookup: TypeLookup, place: Place = { depth: 0, inElement: false }): Value {
  const text = (type ?? '').replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ' ').trim();
  if (text === '' || place.depth > DEEPEST_TYPE) return NOTHING;
  const deeper = (inner: string, inElement = place.inElement) => scriptValue(inner, lookup, { depth: place.depth + 1, inElement });
  const isFunction = /^(?:<[^>]*>)?\(/.test(text) && /\)\s*=>/.test(text);
  if (isFunction) return fixed('() => undefined');
  const members = splitTopLevel(text, '|');
  if (members.length > 1) return firstKnown(members.map((member) => deeper(member)));
  if (splitTopLevel(text, '&').length > 1) return NOTHING;
  const array = /^([\s\S]+)\[\]$/.exec(text.replace(/^readonly\s+/, ''));
  if (array) return collection(array[1]!, place, lookup, (items) => items);
  if (text.startsWith('(') && text.endsWith(')')) return deeper(text.slice(1, -1));
  if (text.startsWith('[')) return listed(splitTopLevel(text.slice(1, -1), ',').map((item) => deeper(item.replace(/^\w+\??:/, ''))), (items) => `[${items}]`);
  if (text.startsWith('{')) return object(text.slice(1, -1), place, lookup);
  if (/^(?:'[^']*'|"[^"]*"|-?\d[\d.]*|true|false|null|undefined)$/.test(text)) return fixed(text);
  return named(text, place, lookup, deeper);
}

function named(text: string, place: Place, lookup: TypeLookup, deeper: (inner: string) => Value): Value {
  const [, name = '', argumentText = ''] = /^([\w.$]+)\s*(?:<([\s\S]*)>)?$/.exec(text) ?? [];
  const parameters = splitTopLevel(argumentText, ',');
  const plain = PLAIN[name];
  if (plain) return fixed(place.inElement ? plain.inElement : plain.alone);
  const buffer = BUFFERS[name];
  if (buffer) return place.inElement ? fixed(buffer.replace('size', COUNT_IN_ELEMENT)) : growing(buffer);
  switch (name) {
    case 'Array':
    case 'ReadonlyArray':
    case 'Iterable':
    case 'ArrayLike':
      return collection(parameters[0], place, lookup, (items) => items);
    case 'Set':
    case 'ReadonlySet':
      return collection(parameters[0], place, lookup, (items) => `new Set(${items})`);
    case 'Map':
    case 'ReadonlyMap':
      return collection(`[${argumentText}]`, place, lookup, (items) => `new Map(${items})`);
    case 'Record':
      return collection(`[${argumentText}]`, place, lookup, (items) => `Object.fromEntries(${items})`);
    case 'Promise':
      return wrapped(deeper(parameters[0] ?? ''), (inner) => `Promise.resolve(${inner})`);
    case 'Readonly':
    case 'Required':
    case 'NonNullable':
      return deeper(parameters[0] ?? '');
    case 'Partial':
      return fixed('{}');
    default: {
      const declared = parameters.length === 0 ? lookup(name) : undefined;
      return declared === undefined ? NOTHING : deeper(declared);
    }
  }
}

const PLAIN: Readonly<Record<string, { readonly alone: string; readonly inElement: string }>> = {
  number: { alone: '1', inElement: 'i' },
  bigint: { alone: '1n', inElement: 'BigInt(i)' },
  string: { alone: "'text'", inElement: '`text ${i}`' },
  boolean: { alone: 'true', inElement: 'i % 2 === 0' },
  Date: { alone: 'new Date(0)', inElement: 'new Date(i * 1000)' },
  RegExp: { alone: '/text/', inElement: '/text/' },
  URL: { alone: "new URL('http://localhost/')", inElement: 'new URL(`http://localhost/${i}`)' },
  AbortSignal: { alone: 'new AbortController().signal', inElement: 'new AbortController().signal' },
};

const BUFFERS: Readonly<Record<string, string>> = {
  Buffer: 'Buffer.alloc(size)',
  ...Object.fromEntries(
    ['Uint8Array', 'Uint16Array', 'Uint32Array', 'Int8Array', 'Int16Array', 'Int32Array', 'Float32Array', 'Float64Array', 'ArrayBuffer'].map(
      (name) => [name, `new ${name}(size)`],
    ),
  ),
};

/** An array of `size` elements, wrapped into what holds them. */
function collection(element: string | undefined, place: Place, lookup: TypeLookup, wrap: (items: string) => string): Value {
  const { code, known } = scriptValue(element, lookup, { depth: place.depth + 1, inElement: true });
  const length = place.inElement ? COUNT_IN_ELEMENT : 'size';
  const body = code.startsWith('{') ? `(${code})` : code;
  const usesIndex = /(?<![\w$])i(?![\w$])/.test(code);
  const items = `Array.from({ length: ${length} }, (${usesIndex ? '_, i' : ''}) => ${body})`;
  return { code: wrap(items), grows: !place.inElement, known };
}

/** The required properties of an object type's body; what has methods is a service, and no datum. */
function object(body: string, place: Place, lookup: TypeLookup): Value {
  const members = splitTopLevel(body, ';,\n');
  const index = members.map((member) => /^(?:readonly\s+)?\[\w+:\s*(\w+)\]\s*:\s*([\s\S]+)$/.exec(member)).find((match) => match);
  if (index) return collection(`[${index[1]}, ${index[2]}]`, place, lookup, (items) => `Object.fromEntries(${items})`);
  const properties: Value[] = [];
  for (const member of members) {
    const property = /^(?:readonly\s+)?([\w$]+|'[^']*'|"[^"]*")(\??)\s*:\s*([\s\S]+)$/.exec(member);
    if (!property) return NOTHING;
    if (property[2] === '?') continue;
    const value = scriptValue(property[3], lookup, { ...place, depth: place.depth + 1 });
    properties.push(wrapped(value, (code) => `${property[1]}: ${code}`));
  }
  return listed(properties, (items) => (items === '' ? '{}' : `{ ${items} }`));
}

function listed(values: readonly Value[], wrap: (items: string) => string): Value {
  return {
    code: wrap(values.map(({ code }) => code).join(', ')),
    grows: values.some(({ grows }) => grows),
    known: values.every(({ known }) => known),
  };
}

function wrapped(value: Value, wrap: (code: string) => string): Value {
  return { ...value, code: wrap(value.code) };
}

/** Of a union, what says the most: not the empty members that stand for "may be missing". */
function firstKnown(values: readonly Value[]): Value {
  const filled = values.filter(({ code }) => code !== 'undefined' && code !== 'null');
  return filled.find(({ known }) => known) ?? filled[0] ?? values[0]!;
}
