import { ts } from 'ts-morph';
import type { ColumnUse, FilterOperator } from '../../../core/facts';
import type { ModelReference } from '../../../core/models';
import type { OrmQuery } from '../../../core/ormQuery';
import type { TypeScriptFile } from '../file';
import { methodName, receiverOf } from '../nodes';
import { objectOf, propertiesOf, referenceTo, textOf } from '../models/literals';
import { isDescending, QueryReader } from './conditions';

const { isCallExpression } = ts;

interface Link {
  readonly name: string;
  readonly call: ts.CallExpression;
}

/** The calls of a chain, the first one first. */
function linksOf(call: ts.CallExpression): Link[] {
  const links: Link[] = [];
  for (let at: ts.Expression | undefined = call; at && isCallExpression(at); at = receiverOf(at)) links.unshift({ name: methodName(at) ?? at.expression.getText(), call: at });
  return links;
}

const COMPARISONS: Readonly<Record<string, FilterOperator>> = { '=': '=', '>': 'range', '>=': 'range', '<': 'range', '<=': 'range', in: 'in', between: 'range', 'is null': 'is-null', is: 'is-null' };
const operatorOf = (written: string): FilterOperator => COMPARISONS[written.toLowerCase().replace(/\s+/g, ' ')] ?? 'other';

/** `knex('orders').where('status', s).andWhere('total', '>', n).orderBy('created', 'desc').limit(10)`: tables by their own names. */
export function knexQuery(call: ts.CallExpression, file: TypeScriptFile): OrmQuery | undefined {
  const links = linksOf(call);
  const table = links.map(({ name, call: each }) => (/^(?:from|table|into)$/.test(name) || each === links[0]!.call ? textOf(each.arguments[0]) : undefined)).find((name) => name !== undefined);
  if (table === undefined || !/^[\w.]+$/.test(table)) return undefined;
  const reader = new QueryReader(file);
  for (const link of links) if (!readKnexLink(link, reader)) return undefined;
  const verb = links.some(({ name }) => name === 'update') ? 'update' : links.some(({ name }) => /^del(?:ete)?$/.test(name)) ? 'delete' : 'select';
  return reader.query(undefined, table, call, verb);
}

function readKnexLink({ name, call }: Link, reader: QueryReader): boolean {
  const [first, second, third] = call.arguments;
  if (/^(?:whereRaw|andWhereRaw|orWhereRaw|whereExists|having\w*|groupBy\w*|union\w*|with\w*|modify|orderByRaw|joinRaw|count\w*|sum\w*|avg\w*|min|max|distinct|pluck|raw)$/.test(name)) return false;
  const condition = /^(and|or)?[wW]here(Not)?(In|Null|NotNull|NotIn|Between|Like|ILike)?$/.exec(name);
  if (condition !== null) return readKnexWhere(condition, call, reader);
  if (/^(?:inner|left|right|fullOuter)?[jJ]oin$/.test(name)) return join(first, second, third ?? second, reader);
  if (name === 'orderBy') {
    const column = columnUse(textOf(first));
    const descending = second === undefined ? false : isDescending(second);
    if (column === undefined || descending === undefined) return false;
    reader.orderSpan = reader.file.span(call);
    reader.orderBy.push({ ...column, descending });
  }
  reader.hasLimit ||= name === 'limit' || name === 'first';
  reader.hasOffset ||= name === 'offset';
  return true;
}

function readKnexWhere([, glue, not, kind]: RegExpExecArray, call: ts.CallExpression, reader: QueryReader): boolean {
  const [first, second, third] = call.arguments;
  const isLoose = glue === 'or' || not !== undefined;
  const object = objectOf(first);
  if (object !== undefined) {
    for (const [name, value] of propertiesOf(object)) reader.add(columnUse(name)!, isLoose ? 'other' : '=', call, value);
    return object.properties.every((property) => !ts.isSpreadAssignment(property));
  }
  const column = columnUse(textOf(first));
  if (column === undefined) return false;
  const written = third === undefined ? undefined : textOf(second);
  const operator = kind === 'In' ? 'in' : kind === 'Between' ? 'range' : kind === 'Null' ? 'is-null' : kind !== undefined ? 'other' : written === undefined ? '=' : operatorOf(written);
  reader.add(column, isLoose ? 'other' : operator, call, third ?? second);
  return true;
}

/** `.join('customers', 'customers.id', 'orders.customer_id')`, with an operator between or not. */
function join(table: ts.Expression | undefined, left: ts.Expression | undefined, right: ts.Expression | undefined, reader: QueryReader): boolean {
  const [a, b] = [columnUse(textOf(left)), columnUse(textOf(right))];
  if (textOf(table) === undefined || a?.table === undefined || b?.table === undefined) return false;
  reader.joins.push([a, b]);
  return true;
}

/** "orders.status" is a column and its table. */
function columnUse(name: string | undefined): ColumnUse | undefined {
  if (name === undefined || !/^[\w.]+$/.test(name)) return undefined;
  const [column, table] = name.split('.').reverse();
  return { table, column: column! };
}

/** `repository.createQueryBuilder('o').leftJoin('o.customer', 'c').where('o.status = :s', …).orderBy('o.created', 'DESC').take(10).getMany()`. */
export function typeOrmBuilderQuery(call: ts.CallExpression, entity: ModelReference | undefined, file: TypeScriptFile): OrmQuery | undefined {
  const links = linksOf(call);
  const builder = links.find(({ name }) => name === 'createQueryBuilder');
  if (builder === undefined) return undefined;
  const from = links.find(({ name }) => name === 'from');
  const root = from ? referenceTo(from.call.arguments[0], file) : (entity ?? (builder.call.arguments.length > 1 ? referenceTo(builder.call.arguments[0], file) : undefined));
  const alias = textOf(from?.call.arguments[1] ?? builder.call.arguments[builder.call.arguments.length - 1]);
  if (root === undefined || alias === undefined) return undefined;
  const reader = new QueryReader(file);
  const aliases = new Map([[alias, '']]);
  for (const link of links) if (!readBuilderLink(link, aliases, reader)) return undefined;
  return reader.query({ ...root, library: 'typeorm' }, root.name, call, links.some(({ name }) => name === 'delete') ? 'delete' : links.some(({ name }) => name === 'update') ? 'update' : 'select');
}

/** @param aliases the path of relations that each alias stands for */
function readBuilderLink({ name, call }: Link, aliases: Map<string, string>, reader: QueryReader): boolean {
  const [first, second] = call.arguments;
  if (/^(?:groupBy|having|andHaving|addGroupBy|setParameterLock|subQuery|whereExists|orWhereInIds)$/.test(name)) return false;
  if (/^(?:inner|left)Join(?:AndSelect|AndMapOne|AndMapMany)?$/.test(name)) {
    const path = pathOf(textOf(first), aliases);
    const alias = textOf(second);
    if (path === undefined || alias === undefined || call.arguments.length > 2) return false;
    aliases.set(alias, `${path}.`);
    reader.isReduced ||= name.startsWith('inner');
  }
  if (/^(?:and|or)?[wW]here$/.test(name)) return readText(textOf(first), call, aliases, name.startsWith('or'), reader);
  if (/^(?:orderBy|addOrderBy)$/.test(name)) {
    const column = pathOf(textOf(first), aliases);
    const descending = second === undefined ? false : isDescending(second);
    if (column === undefined || descending === undefined) return false;
    reader.orderSpan = reader.file.span(call);
    reader.orderBy.push({ column, descending });
  }
  reader.hasLimit ||= /^(?:take|limit|getOne|getOneOrFail|getRawOne)$/.test(name);
  reader.hasOffset ||= /^(?:skip|offset)$/.test(name);
  return true;
}

const CONDITION = /^\(?\s*(?:(lower|upper|date)\s*\(\s*)?([\w."`]+)\)?\s*(=|<=?|>=?|!=|<>|is\s+not\s+null|is\s+null|not\s+in|in|i?like|between)([\s\S]*)$/i;

/** `o.status = :status AND o.total > :total`; false for what is no list of plain comparisons. */
function readText(text: string | undefined, call: ts.CallExpression, aliases: ReadonlyMap<string, string>, isLoose: boolean, reader: QueryReader): boolean {
  if (text === undefined || /\bselect\b/i.test(text)) return false;
  const hasOr = /\bor\b/i.test(text);
  return text.split(/\s+(?:and|or)\s+/i).every((part) => {
    const [, wrapped, column, operator, value = ''] = CONDITION.exec(part.trim()) ?? [];
    const path = pathOf(column?.replace(/["`]/g, ''), aliases);
    if (path === undefined || operator === undefined) return false;
    const isEnumerated = /^\s*(?:'|\d|true|false)/i.test(value);
    reader.add({ column: path, wrappedBy: wrapped?.toLowerCase(), ...(isEnumerated && { isEnumerated }) }, isLoose || hasOr ? 'other' : operatorOf(operator), call, undefined);
    return true;
  });
}

/** "customer.name" of "c.name" where c is the alias of the relation customer. */
function pathOf(written: string | undefined, aliases: ReadonlyMap<string, string>): string | undefined {
  const [alias, ...rest] = written?.split('.') ?? [];
  const prefix = alias === undefined ? undefined : aliases.get(alias);
  return prefix === undefined || rest.length !== 1 ? undefined : prefix + rest[0];
}
