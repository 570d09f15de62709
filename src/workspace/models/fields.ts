import type { Field, Model } from '../../core/workspaceView';

/** A field under its own name, its column's, or the names that Django has for keys and for the other side of a relation. */
export function fieldNamed({ fields, library }: Model, name: string): Field | undefined {
  const own = fields.get(name);
  if (own !== undefined) return own;
  if (library === 'django') {
    if (name === 'pk') return [...fields.values()].find(({ isPrimary }) => isPrimary);
    return (name.endsWith('_id') ? fields.get(name.slice(0, -3)) : undefined) ?? fields.get(`${name}_set`);
  }
  return [...fields.values()].find(({ column }) => column === name);
}
