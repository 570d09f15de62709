import type { SqlDialect } from '../../core/facts';
import type { ModelFact, ModelField, ModelIndex } from '../../core/models';
import { prismaBlocks, type PrismaBlock, type PrismaLine } from './blocks';

const SCALARS: Readonly<Record<string, string>> = {
  String: 'varchar', Boolean: 'boolean', Int: 'integer', BigInt: 'integer', Float: 'integer', Decimal: 'integer', DateTime: 'timestamp', Json: 'json', Bytes: 'blob',
};

const PROVIDERS: Readonly<Record<string, SqlDialect>> = { postgresql: 'postgresql', postgres: 'postgresql', cockroachdb: 'postgresql', mysql: 'mysql', sqlite: 'sqlite' };

/** The database that a schema.prisma names; undefined where it names none whose SQL is read. */
export function prismaDialect(text: string): SqlDialect | undefined {
  const source = prismaBlocks(text).find(({ keyword }) => keyword === 'datasource');
  const provider = source && /^=\s*"(\w+)"/.exec(source.lines.find(({ name }) => name === 'provider')?.rest ?? '')?.[1];
  return provider !== undefined && Object.hasOwn(PROVIDERS, provider) ? PROVIDERS[provider] : undefined;
}

/** The models of a schema.prisma. Enumerations come along as such, because fields of other files may use them. */
export function prismaModels(text: string): ModelFact[] {
  const blocks = prismaBlocks(text);
  const indexesKeys = blocks.some((block) => block.keyword === 'datasource' && indexesForeignKeys(block));
  return blocks.flatMap((block) => {
    if (block.keyword === 'enum') return [enumeration(block)];
    return block.keyword === 'model' || block.keyword === 'view' ? [model(block, indexesKeys)] : [];
  });
}

/** InnoDB indexes the columns of every foreign key; without foreign keys in the database there is nothing to index. */
function indexesForeignKeys({ lines }: PrismaBlock): boolean {
  const settings = lines.map(({ name, rest }) => `${name} ${rest}`).join('\n');
  return /^provider\s*=\s*"mysql"/m.test(settings) && !/^relationMode\s*=\s*"prisma"/m.test(settings);
}

function enumeration({ name, line }: PrismaBlock): ModelFact {
  return { name, library: 'prisma', isEnum: true, isAbstract: true, bases: [], fields: [], indexes: [], members: [], line };
}

function model({ name, lines, line }: PrismaBlock, indexesKeys: boolean): ModelFact {
  const fields = lines.flatMap((each) => (each.name === '' || each.name.startsWith('@@') ? [] : [fieldOf(each)]));
  const keys = lines.filter((each) => each.name === '@@id').flatMap(({ rest }) => listed(rest));
  const indexes = lines.flatMap((each) => indexOf(each) ?? []);
  const held = indexesKeys ? fields.flatMap(({ relation }) => (relation?.via ? [{ fields: relation.via, unique: false }] : [])) : [];
  return {
    name,
    library: 'prisma',
    table: argumentOf(lines.find((each) => each.name === '@@map')?.rest, 'name'),
    bases: [],
    fields: fields.map((field) => (keys.includes(field.name) ? { ...field, isPrimary: true } : field)),
    indexes: [...indexes, ...held],
    members: [],
    line,
  };
}

function fieldOf({ name, rest }: PrismaLine): ModelField {
  const [, type = '', modifier = ''] = /^(Unsupported\("[^"]*"\)|\w+)\s*(\[\]|\?)?/.exec(rest) ?? [];
  const isNullable = modifier === '?';
  const plain = { name, column: attribute(rest, 'map'), nullable: isNullable };
  const isScalar = Object.hasOwn(SCALARS, type) || type.startsWith('Unsupported');
  if (!isScalar) return { ...plain, type: 'relation', relation: relationOf(type, modifier, rest) };
  return {
    ...plain,
    type: modifier === '[]' ? 'text[]' : columnType(type, rest),
    isPrimary: /@id\b/.test(rest) || undefined,
    isUnique: /@unique\b/.test(rest) || undefined,
  };
}

function columnType(type: string, rest: string): string {
  if (type.startsWith('Unsupported')) return type.slice('Unsupported("'.length, -2).toLowerCase();
  if (/@db\.\w*Text\b/.test(rest)) return 'text';
  return /@db\.Uuid\b/.test(rest) ? 'uuid' : SCALARS[type]!;
}

/** A field of another model's type. The workspace tells whether that is a model or an enumeration. */
function relationOf(type: string, modifier: string, rest: string): NonNullable<ModelField['relation']> {
  const via = /@relation\([^)]*\bfields:\s*\[([^\]]*)\]/.exec(rest)?.[1];
  return {
    kind: modifier === '[]' ? 'many' : 'one',
    target: { name: type },
    via: via?.split(',').map((each) => each.trim()),
    holdsKey: false,
    loading: 'explicit',
  };
}

function indexOf({ name, rest }: PrismaLine): ModelIndex | undefined {
  if (!/^@@(?:index|unique|id|fulltext)$/.test(name)) return undefined;
  const fields = listed(rest);
  if (fields.length === 0) return undefined;
  const method = name === '@@fulltext' ? 'fulltext' : /\btype:\s*(\w+)/.exec(rest)?.[1]?.toLowerCase();
  const classes = listedParts(rest).map((part) => /ops:\s*(?:raw\("(\w+)"\)|(\w+))/.exec(part)).map((match) => match?.[1] ?? match?.[2]);
  return {
    name: argumentOf(rest, 'map'),
    fields,
    unique: name === '@@unique' || name === '@@id',
    method,
    operatorClasses: classes.some((each) => each !== undefined) ? classes : undefined,
  };
}

/** The fields of `([a, b(sort: Desc)], map: "x")`, `(fields: [a])` and `(a)`. */
const listed = (rest: string): string[] => listedParts(rest).flatMap((part) => /^\w+/.exec(part)?.[0] ?? []);

function listedParts(rest: string): string[] {
  const list = (/\[([\s\S]*)\]/.exec(rest) ?? /^\(\s*(?:fields:\s*)?(\w+(?:\([^)]*\))?)\s*[,)]/.exec(rest))?.[1] ?? '';
  return list.split(/,(?![^(]*\))/).map((part) => part.trim());
}

/** `"orders"` of `("orders")` and of `(name: "orders")`. */
function argumentOf(rest: string | undefined, name: string): string | undefined {
  if (rest === undefined) return undefined;
  const match = new RegExp(`\\(\\s*"([^"]*)"|\\b${name}:\\s*"([^"]*)"`).exec(rest);
  return match?.[1] ?? match?.[2];
}

const attribute = (rest: string, name: string): string | undefined => new RegExp(`@${name}\\(\\s*(?:name:\\s*)?"([^"]*)"`).exec(rest)?.[1];
