/** What kind of values a column holds; it decides what is generated and how two engines write the type. */
export type TypeFamily =
  | 'integer' | 'decimal' | 'boolean' | 'text' | 'uuid' | 'date' | 'time' | 'timestamp' | 'interval' | 'json' | 'bytes' | 'inet' | 'array' | 'tsvector';

export interface ColumnType {
  readonly family: TypeFamily;
  /** As PostgreSQL writes it. */
  readonly postgresql: string;
  /** Most characters of a text. */
  readonly length?: number;
  /** Digits behind the point. */
  readonly scale?: number;
  /** Values that the type itself lists, as MySQL's enum does. */
  readonly values?: readonly string[];
  /** The extension that brings the type. */
  readonly extension?: string;
  readonly element?: ColumnType;
  /** The type is not known here; text stands in for it. */
  readonly isUnknown?: boolean;
}

type Rule = readonly [RegExp, TypeFamily, string | ((argument: string) => string)];

const withArgument = (name: string) => (argument: string) => (argument === '' ? name : `${name}(${argument})`);

/** Names of PostgreSQL, MySQL, SQLite and the ORMs, in lower case and without their arguments. First match wins. */
const TYPES: readonly Rule[] = [
  [/^(?:smallserial|serial2|smallint|int2|tinyint|smallintegerfield|positivesmallintegerfield|smallinteger|year)(?: unsigned)?$/, 'integer', 'smallint'],
  [/^(?:bigserial|serial8|bigint|int8|biginteger|bigintegerfield|bigautofield|positivebigintegerfield|long)(?: unsigned)?$/, 'integer', 'bigint'],
  [/^(?:serial4?|int|int4|integer|mediumint|autofield|integerfield|positiveintegerfield|oid|xid)(?: unsigned)?$/, 'integer', 'integer'],
  [/^(?:bool|boolean|booleanfield|nullbooleanfield|bit varying|bit)$/, 'boolean', 'boolean'],
  [/^(?:real|float4)$/, 'decimal', 'real'],
  [/^(?:float|float8|double|double precision|floatfield)$/, 'decimal', 'double precision'],
  [/^(?:numeric|decimal|number|money|smallmoney|decimalfield|dec)$/, 'decimal', withArgument('numeric')],
  [/^(?:varchar|character varying|varchar2|nvarchar|charfield|emailfield|slugfield|urlfield|filefield|imagefield|filepathfield|string|unicode|varcharacter)$/, 'text', withArgument('varchar')],
  [/^(?:char|character|bpchar|nchar)$/, 'text', withArgument('char')],
  [/^(?:text|tinytext|mediumtext|longtext|ntext|clob|textfield|unicodetext|name|xml|largetext)$/, 'text', 'text'],
  [/^(?:uuid|uniqueidentifier|uuidfield|guid)$/, 'uuid', 'uuid'],
  [/^(?:date|datefield)$/, 'date', 'date'],
  [/^(?:time|timetz|timefield|time without time zone|time with time zone)$/, 'time', 'time'],
  [/^(?:timestamptz|timestamp with time zone|datetimefield|datetimeoffset)$/, 'timestamp', 'timestamptz'],
  [/^(?:timestamp|datetime|datetime2|timestamp without time zone|smalldatetime)$/, 'timestamp', 'timestamp'],
  [/^(?:interval|durationfield)$/, 'interval', 'interval'],
  // PostgreSQL's json cannot be compared, which models do not tell apart.
  [/^(?:jsonb?|jsonfield)$/, 'json', 'jsonb'],
  [/^(?:bytea|bytes|blob|tinyblob|mediumblob|longblob|binary|varbinary|largebinary|binaryfield|image)$/, 'bytes', 'bytea'],
  [/^(?:inet|cidr|genericipaddressfield|ipaddressfield|ipaddress)$/, 'inet', 'inet'],
  [/^(?:tsvector|searchvectorfield)$/, 'tsvector', 'tsvector'],
];

const EXTENSION_TYPES: Readonly<Record<string, string>> = { citext: 'citext', hstore: 'hstore', ltree: 'ltree', cube: 'cube' };

/** Reads a column's type as the workspace writes it, whatever the dialect. Never fails: the unknown becomes text. */
export function columnType(written: string): ColumnType {
  const text = written.toLowerCase().replace(/["`[\]]+$/, (end) => (/\[\]/.test(end) ? end : '')).replace(/["`]/g, '').trim();
  const array = /^(.*?)(?:\s*\[\d*\])+$/.exec(text);
  if (array) {
    const element = columnType(array[1]!);
    return { family: 'array', postgresql: `${element.postgresql}[]`, element, isUnknown: element.isUnknown };
  }
  const [, name = text, argument = '', behind = ''] = /^([^(]*)\(([^)]*)\)(.*)$/.exec(text) ?? [];
  return typeNamed(`${name.trim()}${behind.replace(/\bcollate\b.*/, '').trimEnd()}`.replace(/^.*\./, '').trim(), argument.replace(/\s/g, ''));
}

function typeNamed(name: string, argument: string): ColumnType {
  if (name === 'enum' || name === 'set') return { family: 'text', postgresql: 'text', values: argument.split(',').map((value) => value.replace(/^'|'$/g, '')) };
  if (name === 'tinyint' && argument === '1') return { family: 'boolean', postgresql: 'boolean' };
  const extension = EXTENSION_TYPES[name];
  if (extension !== undefined) return { family: 'text', postgresql: name, extension };
  // SQLite takes any type and PostgreSQL none where there is none.
  if (name === '') return { family: 'text', postgresql: 'text' };
  const rule = TYPES.find(([pattern]) => pattern.test(name));
  if (rule === undefined) return { family: 'text', postgresql: 'text', isUnknown: true };
  const [, family, postgresql] = rule;
  const numbers = argument.split(',').map(Number);
  return {
    family,
    postgresql: typeof postgresql === 'string' ? postgresql : postgresql(/^\d+(?:,\d+)?$/.test(argument) ? argument : ''),
    ...(family === 'text' && numbers[0]! > 0 ? { length: numbers[0] } : {}),
    ...(family === 'decimal' && argument !== '' ? { scale: numbers[1] ?? 0, length: numbers[0] } : {}),
  };
}

/** As SQLite writes it: by affinity, which is all that it looks at. */
export function sqliteType({ family }: ColumnType): string {
  if (family === 'integer' || family === 'boolean') return 'INTEGER';
  return family === 'decimal' ? 'REAL' : family === 'bytes' ? 'BLOB' : 'TEXT';
}
