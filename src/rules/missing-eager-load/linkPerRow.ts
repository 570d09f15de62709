import type { Candidate, Linked } from '../../core/rule';
import type { Model, WorkspaceView } from '../../core/workspaceView';
import { knownRows } from '../../workspace/models/rows';
import type { Facts, PerRow } from './facts';

/** Confirms that what is read of each row is a relation that its model asks for only then. */
export function linkPerRow({ file, facts }: Candidate<Facts>, { rows, paths }: PerRow, workspace: WorkspaceView): Linked<Facts> | undefined {
  const model = knownRows(rows, file, workspace.models)?.model;
  if (model === undefined) return undefined;
  const asked = paths.flatMap(([first]) => relationAsked(first!, model) ?? []);
  const relations = [...new Set(asked)].filter((name) => !rows.eager?.some((each) => each === name || each.startsWith(`${name}.`)));
  if (relations.length === 0) return undefined;
  return { facts: { ...facts, perRow: undefined, relations, model: model.name, loader: loaderOf(model, relations) } };
}

/** TypeORM's lazy relations are read by name, Sequelize's by a method: `order.getLines()`. */
function relationAsked(name: string, { fields, library }: Model): string | undefined {
  if (library === 'typeorm') return fields.get(name)?.relation?.loading === 'lazy' ? name : undefined;
  const [, getter] = /^get([A-Z]\w*)\(\)$/.exec(name) ?? [];
  return getter === undefined ? undefined : [...fields.values()].find((field) => field.relation !== undefined && field.name.toLowerCase() === getter.toLowerCase())?.name;
}

function loaderOf({ library }: Model, relations: readonly string[]): string {
  if (library === 'typeorm') return `relations: { ${relations.map((name) => `${name}: true`).join(', ')} }`;
  return `include: [${relations.map((name) => `"${name}"`).join(', ')}]`;
}
