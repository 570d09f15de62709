import type { QueryFact } from '../../../src/core/facts';
import type { Schema } from '../../../src/core/workspaceView';
import { createDetector } from '../../../src/detect/detector';
import { WorkspaceKnowledge } from '../../../src/workspace/knowledge';

/** What a workspace of these files is known to be. */
export async function knowledgeOf(files: Readonly<Record<string, string>>): Promise<WorkspaceKnowledge> {
  const detector = createDetector({ only: [] });
  for (const [file, text] of Object.entries(files)) await detector.update(file, text);
  const knowledge = new WorkspaceKnowledge();
  for (const facts of detector.facts()) knowledge.set(facts);
  return knowledge;
}

export async function schemaOf(files: Readonly<Record<string, string>>): Promise<Schema> {
  return (await knowledgeOf(files)).schemaOf();
}

/** A table on one line: columns with their types, then its indexes. */
export function described(schema: Schema, name: string): string {
  const table = schema.table(name);
  if (table === undefined) return 'unknown';
  const columns = [...table.columns.values()].map((column) => `${column.name}:${column.type}`).join(' ');
  const indexes = table.indexes.map((index) => `${index.unique ? 'unique' : index.method}(${index.columns.join(',')})${index.where ? ' where' : ''}`);
  const keys = table.foreignKeys.map((key) => `${key.columns.join()}->${key.references}`);
  return [table.name, columns, ...new Set(indexes), ...new Set(keys)].join(' | ');
}

/** The ORM queries of a file in tables and columns, each on one line; "hidden" where nothing can be said. */
export async function queriesOf(files: Readonly<Record<string, string>>, file: string): Promise<string[]> {
  const knowledge = await knowledgeOf(files);
  const facts = knowledge.facts().find((each) => each.file === file)!;
  return facts.queries.map((query) => {
    const translated = knowledge.models.translate(file, query);
    return translated === undefined ? 'hidden' : sayQuery(translated);
  });
}

function sayQuery({ verb, tables, filters, joins, orderBy, hasLimit, hasOffset, columns }: QueryFact): string {
  const use = ({ table, column }: { table?: string; column: string }): string => `${table ?? '?'}.${column}`;
  return [
    `${verb} ${tables.join(',')}`,
    ...(columns === '*' ? [] : [`columns ${columns.join(',')}`]),
    ...filters.map((filter) => `${filter.wrappedBy ? `${filter.wrappedBy} ` : ''}${use(filter)} ${filter.operator}`),
    ...joins.map(([a, b]) => `${use(a)}=${use(b)}`),
    ...orderBy.map((each) => `by ${use(each)}${each.descending ? ' desc' : ''}`),
    ...(hasLimit ? ['limit'] : []),
    ...(hasOffset ? ['offset'] : []),
  ].join('; ');
}
