import type { ModelLibrary, ModelReference } from '../../core/models';
import type { Model, Models } from '../../core/workspaceView';
import { fieldNamed } from './fields';

/** Rows as one file names them: of a model, or of a relation of it. */
export interface NamedRows {
  readonly model: ModelReference & { readonly library: ModelLibrary };
  readonly through?: string;
  readonly eager?: readonly string[];
}

/** Rows as the workspace knows them. */
export interface KnownRows {
  readonly model: Model;
  /** What their query reads along, with what is there in any case. */
  readonly eager: readonly string[];
  /** The query's beginning is not known, so that more may be read along. */
  readonly isDoubtful: boolean;
}

/** The model behind rows that a file names; undefined where it is none of the workspace's. */
export function knownRows({ model: reference, through, eager }: NamedRows, file: string, models: Models): KnownRows | undefined {
  let model = models.find(file, reference, reference.library);
  const known = [...(eager ?? [])];
  for (const name of through?.split('.') ?? []) {
    const relation = model && fieldNamed(model, name)?.relation;
    // The rows of a relation hold the row they were read from.
    if (relation?.reverse !== undefined && relation.kind === 'many') known.push(relation.reverse);
    model = relation?.model;
  }
  return model && { model, eager: known, isDoubtful: eager === undefined || eager.includes('?') };
}
