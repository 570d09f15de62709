import type { FileFacts } from '../../core/facts';
import type { Answer, Statement } from '../model';
import { nameText, prose } from '../statement';
import { counted, listed } from '../words';
import type { ScalabilityInput } from './input';

const SHOWN = 6;

/** Tables that some query joins, or whose models are related, directly or over others; a domain of one table is joined with none. */
export interface Domain {
  readonly tables: readonly string[];
  readonly queries: number;
}

/** The domains of a workspace by its queries, the most used first. */
export function domainsIn({ queries: all, relations, schema }: Pick<ScalabilityInput, 'queries' | 'relations' | 'schema'>): readonly Domain[] {
  const queries = all.map(({ tables }) => tables.map(table => nameOf(table, schema)));
  const leader = new Map<string, string>();
  const find = (table: string): string => {
    const up = leader.get(table) ?? table;
    return up === table ? table : find(up);
  };
  for (const tables of queries) {
    for (const table of tables) {
      if (!leader.has(table)) leader.set(table, table);
      leader.set(find(table), find(tables[0]!));
    }
  }
  for (const [from, to] of relations.map(pair => pair.map(table => nameOf(table, schema)))) {
    if (leader.has(from!) && leader.has(to!)) leader.set(find(from!), find(to!));
  }
  const tables = [...leader.keys()].sort();
  const tops = [...new Set(tables.map(find))];
  return tops.map(top => ({ top, tables: tables.filter(table => find(table) === top) })).map(({ top, tables: joined }) => ({ tables: joined, queries: queries.filter(([first]) => first !== undefined && find(first) === top).length }))
    .sort((a, b) => b.queries - a.queries || (a.tables[0]! < b.tables[0]! ? -1 : 1));
}

const nameOf = (table: string, schema: ScalabilityInput['schema']): string => (schema.table(table)?.name ?? table).toLowerCase();

export function domainsOf(input: ScalabilityInput): Answer {
  const domains = domainsIn(input);
  if (domains.length === 0) return { statements: [], open: { why: 'No query whose tables are known was found in the code, so what belongs together is not known.' } };
  if (domains.length === 1) {
    return { statements: [[prose(`None: every one of the ${counted(domains[0]!.tables.length, 'table')} that are queried is joined with the others, by a query or by a relation of its model.`)]] };
  }
  const hidden = domains.slice(SHOWN);
  return {
    statements: [
      ...domains.slice(0, SHOWN).map(({ tables, queries }): Statement => [
        prose(`${listed(tables.map(table => nameText(table)), 5)}: ${counted(queries, 'query', 'queries')}, nothing was seen that joins ${tables.length === 1 ? 'it' : 'them'} with the others.`),
      ]),
      ...(hidden.length === 0 ? [] : [[prose(`${counted(hidden.length, 'more domain')}.`)]]),
      keysStatement(domains, input),
      functionsStatement(domains, input),
    ],
  };
}

/** Between databases nobody enforces a foreign key. */
function keysStatement(domains: readonly Domain[], { schema }: ScalabilityInput): Statement {
  const domainOf = lookup(domains);
  const crossing = schema.tables.flatMap(table => {
    const from = table.name.toLowerCase();
    return table.foreignKeys.map(({ references }) => nameOf(references, schema))
      .filter(to => domainOf(from) !== undefined && domainOf(to) !== undefined && domainOf(from) !== domainOf(to))
      .map(to => `${nameText(from)} → ${nameText(to)}`);
  });
  const names = [...new Set(crossing)];
  return [prose(names.length === 0
    ? 'Cost in integrity: no known foreign key crosses these lines.'
    : `Cost in integrity: ${counted(names.length, 'foreign key')} would have to be checked by the code (${listed(names, 5)}).`)];
}

/** A function that writes on both sides loses its transaction. */
function functionsStatement(domains: readonly Domain[], { facts, schema }: ScalabilityInput): Statement {
  const domainOf = lookup(domains);
  const crossing = facts.flatMap(file => file.functions.filter(fn => touched(fn.effects, domainOf, schema) > 1).map(({ name }) => `${nameText(name)} in ${nameText(file.file)}`));
  return [prose(crossing.length === 0
    ? 'Cost in consistency: no function was seen to use tables of two domains itself; what it calls may.'
    : `Cost in consistency: ${counted(crossing.length, 'function uses', 'functions use')} tables of several domains and would lose the one transaction (${listed(crossing, 3)}).`)];
}

function touched(effects: FileFacts['functions'][number]['effects'], domainOf: (table: string) => Domain | undefined, schema: ScalabilityInput['schema']): number {
  const domains = effects.flatMap(({ table }) => (table === undefined ? [] : [domainOf(nameOf(table, schema))]));
  return new Set(domains.filter(domain => domain !== undefined)).size;
}

function lookup(domains: readonly Domain[]): (table: string) => Domain | undefined {
  const byTable = new Map(domains.flatMap(domain => domain.tables.map(table => [table, domain] as const)));
  return table => byTable.get(table);
}
