import type { FileFacts } from '../core/facts';
import type { Schema } from '../core/workspaceView';
import { Databases } from './schema/databases';

/** The schema that the facts of some files come to, seen from the root of the workspace. */
export function buildSchema(facts: readonly FileFacts[]): Schema {
  return new Databases(facts).schemaOf('');
}
