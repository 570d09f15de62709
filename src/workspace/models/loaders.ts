import type { Field, Model } from '../../core/workspaceView';
import { fieldNamed } from './fields';
import type { LazyRead } from './lazyReads';

/** The call that makes a query read relations along, e.g. `select_related("customer__country")`. */
export interface Loader {
  /** Code to append to a query: ".select_related(...)"; empty where the library has no such call. */
  readonly call: string;
  /** Names that the code needs from `sqlalchemy.orm`. */
  readonly imports: readonly string[];
}

/** The loader for relations of `model`, to-one by a join and to-many by a second query. */
export function loaderFor(model: Model, reads: readonly Pick<LazyRead, 'relation'>[]): Loader {
  const relations = outermost(reads.map(({ relation }) => relation));
  if (model.library === 'django') return { call: djangoCalls(model, relations), imports: [] };
  if (model.library !== 'sqlalchemy') return { call: '', imports: [] };
  const options = relations.map((relation) => sqlAlchemyOption(model, relation));
  const imports = [...new Set(options.flatMap((option) => option.match(/\b(?:joinedload|selectinload)\b/g) ?? []))];
  return { call: `.options(${options.join(', ')})`, imports };
}

/** Loading "customer.country" loads "customer" too. */
function outermost(relations: readonly string[]): string[] {
  return [...new Set(relations)].filter((relation) => !relations.some((other) => other.startsWith(`${relation}.`)));
}

function djangoCalls(model: Model, relations: readonly string[]): string {
  const joined = relations.filter((relation) => isToOne(model, relation));
  const fetched = relations.filter((relation) => !joined.includes(relation));
  const call = (name: string, names: readonly string[]): string => (names.length === 0 ? '' : `.${name}(${names.map((each) => `"${each.replaceAll('.', '__')}"`).join(', ')})`);
  return call('select_related', joined) + call('prefetch_related', fetched);
}

/** Every step is one row, reached by a foreign key or a one-to-one; a generic relation has no table to join. */
function isToOne(model: Model, relation: string): boolean {
  let at: Model | undefined = model;
  for (const name of relation.split('.')) {
    const field: Field | undefined = at && fieldNamed(at, name);
    if (field?.relation?.kind !== 'one' || (field.relation.model === undefined && !field.relation.holdsKey)) return false;
    at = field.relation.model;
  }
  return true;
}

/** `selectinload(Order.lines).joinedload(Line.product)`. */
function sqlAlchemyOption(model: Model, relation: string): string {
  let at: Model | undefined = model;
  const links: string[] = [];
  for (const name of relation.split('.')) {
    const field: Field | undefined = at && fieldNamed(at, name);
    links.push(`${field?.relation?.kind === 'many' ? 'selectinload' : 'joinedload'}(${at?.name ?? ''}.${name})`);
    at = field?.relation?.model;
  }
  return links.join('.');
}
