import type { Candidate, Linked } from '../../core/rule';
import type { WorkspaceView } from '../../core/workspaceView';
import { fieldNamed } from '../../workspace/models/fields';
import { knownRows } from '../../workspace/models/rows';
import type { Facts } from './rule';

/** Confirms that what the code reads of the rows are fields, for a property or method may read any relation. */
export function linkUnused({ facts, file }: Candidate<Facts>, workspace: WorkspaceView): Linked<Facts> | undefined {
  const model = knownRows(facts.rows, file, workspace.models)?.model;
  if (model === undefined || facts.names.some((name) => fieldNamed(model, name.replace('()', '')) === undefined)) return undefined;
  // What is no relation of the model is loaded by some other name.
  if (facts.unused.some((path) => fieldNamed(model, path.split('.')[0]!)?.relation === undefined)) return undefined;
  return { facts: { ...facts, model: model.name }, size: { kind: 'table', name: model.table } };
}
