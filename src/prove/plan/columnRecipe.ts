import type { ColumnDefinition } from '../../core/facts';
import type { Table } from '../../core/workspaceView';
import { hasFewValues } from '../../workspace/schema/uses';
import type { ColumnRecipe, Draw, ValueShape } from '../data/recipe';
import type { ColumnType } from './columnTypes';
import type { ColumnRule } from './constraints';

/** What is known of a column beside its name and type. */
export interface ColumnContext {
  readonly table: Table;
  readonly type: ColumnType;
  readonly rows: number;
  readonly rule?: ColumnRule;
  /** What the query compares it with, so that there are rows with it. */
  readonly literals?: readonly string[];
  /** The labels of its enum type. */
  readonly labels?: readonly string[];
  /** Its values differ in each row. */
  readonly isUnique: boolean;
  readonly reference?: Extract<Draw, { kind: 'reference' }>;
}

/** A column that says when something ended is empty while it has not. */
const RARELY_SET = /(?:^|_)(?:deleted|archived|cancelled|canceled|revoked|expired|disabled|closed|banned|failed|locked)_?(?:at|on|by|date)?$|[a-z](?:Deleted|Archived|Cancelled|Canceled|Revoked|Expired)(?:At|On)$|^(?:deleted|archived|cancelled|canceled|revoked|expired)(?:At|On)$/;
/** Follows the order in which rows are written. */
const WRITTEN_AT = /^(?:created|inserted|placed|submitted|published|occurred|logged|time|timestamp|date|ts)(?:_?(?:at|on|date|time|ts)|At|On|Date)?$/i;

const RARE_NULLS = 0.1;
const MOSTLY_NULL = 0.9;
/** Few rows have a value that is common, many one that is rare. */
const SKEW = 2;
const ENUM_SKEW = 2.5;
const FEW_VALUES = 6;

/** How the values of a column are made up: by its keys first, then its constraints, its type and last its name. */
export function columnRecipe(column: ColumnDefinition, context: ColumnContext): ColumnRecipe {
  const { isUnique, reference, rule, labels, type } = context;
  const values = labels ?? rule?.values ?? type.values ?? valuesAround(column, context);
  const draw: Draw = reference ?? (isUnique ? { kind: 'row' } : poolOf(column, context, values));
  return { name: column.name, shape: shapeOf(column, context, values), draw, nullShare: nullShareOf(column, context) };
}

/** A column of few values has those that the query names, and others beside them. */
function valuesAround({ name }: ColumnDefinition, { literals = [], type, table, isUnique }: ColumnContext): readonly string[] | undefined {
  if (literals.length === 0 || isUnique || type.family === 'boolean' || !hasFewValues(name, table)) return undefined;
  const others = type.family === 'integer' ? ['0', '1', '2', '3', '4'] : ['other', 'second', 'third', 'fourth', 'fifth'];
  return [...new Set([...others, ...literals])].slice(0, Math.max(FEW_VALUES, literals.length + 3));
}

function nullShareOf({ name, nullable }: ColumnDefinition, { table, isUnique, reference }: ColumnContext): number {
  if (!nullable || table.primaryKey.some((key) => key.toLowerCase() === name.toLowerCase())) return 0;
  if (RARELY_SET.test(name)) return MOSTLY_NULL;
  // The root of a tree has no parent.
  if (reference !== undefined && reference.table === table.name) return 0.5;
  return isUnique ? 0 : RARE_NULLS;
}

function poolOf(column: ColumnDefinition, { type, rows, rule, table }: ColumnContext, values: readonly string[] | undefined): Draw {
  const pool = (size: number, skew: number): Draw => ({ kind: 'pool', size: Math.max(1, Math.min(Math.round(size), Math.max(1, rows))), skew });
  if (values !== undefined) return pool(values.length, ENUM_SKEW);
  if (type.family === 'boolean') return { kind: 'pool', size: 2, skew: RARELY_SET.test(column.name) ? 20 : ENUM_SKEW };
  if (rule?.least !== undefined && rule.most !== undefined) return pool(rule.most - rule.least + 1, SKEW);
  if (hasFewValues(column.name, table)) return pool(FEW_VALUES, ENUM_SKEW);
  if (type.family === 'timestamp' || type.family === 'date') {
    return WRITTEN_AT.test(column.name) ? { kind: 'row' } : pool(type.family === 'date' ? 1_000 : rows, 1);
  }
  if (type.family === 'integer') return isReferenceName(column.name) ? pool(rows / 20, SKEW) : pool(1_000, SKEW);
  // An identifier that is nobody's key is one of this row.
  if (type.family === 'uuid') return isReferenceName(column.name) ? pool(rows / 20, SKEW) : { kind: 'row' };
  if (type.family === 'decimal') return pool(10_000, SKEW);
  if (type.family === 'json' || type.family === 'bytes' || type.family === 'array') return pool(1_000, 1);
  if (type.family === 'text' && isReferenceName(column.name)) return pool(rows / 20, SKEW);
  return pool(rows, 1);
}

/** "workspace_id", "externalId": the key of something that is no table here. */
const isReferenceName = (name: string): boolean => /(?:_id|_uuid|_key|Id|Uuid)$/.test(name);

function shapeOf(column: ColumnDefinition, { type, rule, table, isUnique }: ColumnContext, values: readonly string[] | undefined): ValueShape {
  if (values !== undefined) return { kind: 'list', values };
  const shape = shapeOfType(column, type, rule, hasFewValues(column.name, table));
  // Made-up words repeat.
  return isUnique && shape.kind === 'words' ? { kind: 'label', style: 'code', prefix: 'n', longest: type.length } : shape;
}

function shapeOfType(column: ColumnDefinition, type: ColumnType, rule: ColumnRule | undefined, isFew: boolean): ValueShape {
  switch (type.family) {
    case 'integer':
      return { kind: 'integer', start: rule?.least ?? Math.min(1, rule?.most ?? 1), step: 1 };
    case 'decimal':
      return { kind: 'decimal', start: rule?.least ?? 1, step: type.length !== undefined && type.length - (type.scale ?? 0) < 5 ? 0.01 : 0.25, digits: type.scale ?? 2 };
    case 'boolean':
    case 'uuid':
    case 'interval':
    case 'json':
    case 'bytes':
    case 'inet':
      return { kind: type.family };
    case 'date':
    case 'time':
    case 'timestamp':
      return { kind: 'moment', part: type.family };
    case 'tsvector':
      return { kind: 'words', count: 6 };
    case 'array':
      return { kind: 'array', of: shapeOfType(column, type.element!, undefined, false) };
    case 'text':
      return textShape(column, type, isFew);
  }
}

/** Text that is read by people is made of words; text that is looked up by programs is a label. */
function textShape({ name }: ColumnDefinition, { length, postgresql }: ColumnType, isFew: boolean): ValueShape {
  const prefix = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 12) || 'v';
  if (postgresql === 'hstore') return { kind: 'constant', text: '"k"=>"v"' };
  if (postgresql === 'cube') return { kind: 'constant', text: '(1,2)' };
  if (postgresql === 'ltree') return { kind: 'list', values: ['top', 'top.a', 'top.a.b', 'top.c'] };
  if (isFew) return { kind: 'label', style: 'code', prefix, longest: length };
  // A moment in a text, as SQLite has it.
  if (/(?:_at|_on|_date|[a-z]At|^date|^time)$/.test(name)) return { kind: 'moment', part: 'timestamp' };
  if (/e?mail$/i.test(name)) return { kind: 'label', style: 'email', prefix, longest: length };
  if (/(?:url|uri|link|website|href)$/i.test(name)) return { kind: 'label', style: 'url', prefix, longest: length };
  if (/(?:token|hash|digest|secret|checksum|password|signature|fingerprint)/i.test(name)) return { kind: 'label', style: 'hash', prefix, longest: length };
  if (/(?:description|body|content|text|message|comment|notes?|summary|bio|query|html|markdown)$/i.test(name)) return { kind: 'words', count: 12, longest: length };
  if (/(?:name|title|subject|label|address|city|street|company)$/i.test(name)) return { kind: 'words', count: 3, longest: length };
  return { kind: 'label', style: 'code', prefix, longest: length };
}
