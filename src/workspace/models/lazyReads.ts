import type { ReadPath } from '../../core/models';
import { EACH } from '../../core/templates';
import type { Field, KnownMember, Model } from '../../core/workspaceView';
import { fieldNamed } from './fields';

/** One relation that reading a row makes the ORM ask the database for. */
export interface LazyRead {
  /** The relation from the row on, with dots between: "customer.country". */
  readonly relation: string;
  readonly kind: 'one' | 'many';
  /** The model the rows of the relation are of, where it is known. */
  readonly target?: Model;
  /** The method or property in which the read stands, and its model, where the code reads it through one. */
  readonly via?: { readonly model: Model; readonly member: KnownMember };
  /** It is read under a condition only. */
  readonly isConditional?: boolean;
  /** Only the key of the related row is read, which the row itself has: `order.customer.id`. */
  readonly keyOnly?: boolean;
}

/** How a read is come to. */
interface Way {
  readonly via?: LazyRead['via'];
  readonly depth: number;
  readonly isConditional?: boolean;
}

/** Methods of a related manager that a prefetch does not answer. */
const PAST_PREFETCH = /^(?:filter|exclude|order_by|get|latest|earliest|aggregate|annotate|values|values_list|distinct|only|defer|select_related|first|last)\(\)$/;
const QUERYING = /^(?:all|count|exists|first|last|get|filter|exclude|order_by|latest|earliest|aggregate|annotate|values|values_list|distinct|iterator|in_bulk|only|select_related|prefetch_related|length)$/;

/** Deeper chains of properties are followed no further. */
const DEEPEST = 4;

/**
 * The relations that are asked for one by one when `paths` are read of a row of `model`.
 * @param eager what the row's query reads along: names with dots, "*" for any relation, "+" for every required key
 */
export function lazyReads(model: Model, paths: readonly ReadPath[], eager: readonly string[]): LazyRead[] {
  const loaded = new Loaded([...eager, ...model.eager]);
  const found = new Map<string, LazyRead>();
  for (const path of paths) visit(model, path, '', true, { depth: 0 });
  return [...found.values()];

  function visit(at: Model, names: ReadPath, prefix: string, isRequired: boolean, way: Way): void {
    const [first, ...rest] = names;
    if (first === undefined || way.depth > DEEPEST) return;
    const name = first.replace('()', '');
    const field = fieldNamed(at, name);
    if (field?.relation === undefined) {
      const member = field === undefined ? at.members.get(name) : undefined;
      if (member !== undefined && !writes(name, member)) visitMember(at, member, prefix, isRequired, way);
      return;
    }
    // `order.customer_id` is a column of the row.
    if (field.name !== name && field.relation.holdsKey) return;
    const relation = prefix + name;
    const required = isRequired && field.relation.holdsKey && !field.nullable;
    const target = field.relation.model;
    if (isAsked(field, rest, at) && !isLoaded(field, relation, rest, required)) add({ relation, kind: field.relation.kind, target, via: way.via, isConditional: way.isConditional, keyOnly: isKeyOnly(field, rest, target) || undefined });
    if (target !== undefined) visit(target, afterItems(rest), `${relation}.`, required, way);
  }

  function visitMember(at: Model, member: KnownMember, prefix: string, isRequired: boolean, { via, depth, isConditional }: Way): void {
    const inside = { via: via ?? { model: at, member }, depth: depth + 1 };
    for (const read of member.reads) visit(at, read, prefix, isRequired, { ...inside, isConditional });
    for (const read of member.sometimes ?? []) visit(at, read, prefix, isRequired, { ...inside, isConditional: true });
  }

  /** The first place counts; it stays a matter of the key only while nothing else is read. */
  function add(read: LazyRead): void {
    const known = found.get(read.relation);
    if (known === undefined) found.set(read.relation, read);
    else found.set(read.relation, { ...known, keyOnly: known.keyOnly && read.keyOnly, isConditional: known.isConditional && read.isConditional });
  }

  function isLoaded(field: Field, relation: string, rest: ReadPath, required: boolean): boolean {
    if (field.relation!.loading !== 'lazy') return true;
    if (field.relation!.kind === 'many' && rest[0] !== undefined && PAST_PREFETCH.test(rest[0])) return loaded.hasAny;
    return loaded.covers(relation, required);
  }
}

/** What a method that saves the row reads besides is the smaller part of its cost. */
const writes = (name: string, { reads, sometimes = [] }: KnownMember): boolean => WRITE.test(name) || [...reads, ...sometimes].some((path) => path.some((each) => WRITE.test(each.replace('()', ''))));

const WRITE = /^(?:save|asave|delete|adelete|clean|full_clean|__init__|__del__)$/;

/** A related row is asked for when its name is read; many rows of Django when a method of their manager is called. */
function isAsked({ relation }: Field, rest: ReadPath, owner: Model): boolean {
  if (relation!.kind === 'one' || owner.library !== 'django') return true;
  return rest[0] !== undefined && QUERYING.test(rest[0].replace('()', ''));
}

function isKeyOnly({ relation, column }: Field, rest: ReadPath, target: Model | undefined): boolean {
  if (relation!.kind !== 'one' || column === undefined || rest.length !== 1 || target === undefined) return false;
  return rest[0] === 'pk' || fieldNamed(target, rest[0]!)?.isPrimary === true;
}

/** What is read of each item of a collection: behind `all()` and the mark of a loop. */
function afterItems(rest: ReadPath): ReadPath {
  const each = rest.indexOf(EACH);
  return each < 0 ? rest : rest.slice(each + 1);
}

class Loaded {
  private readonly paths: ReadonlySet<string>;
  readonly hasAny: boolean;

  constructor(eager: readonly string[]) {
    this.paths = new Set(eager);
    this.hasAny = this.paths.has('*');
  }

  /** @param isRequired every step up to the relation is a key that cannot be null */
  covers(relation: string, isRequired: boolean): boolean {
    if (this.hasAny || this.paths.has(relation) || (isRequired && this.paths.has('+'))) return true;
    for (const path of this.paths) {
      if (path.startsWith(`${relation}.`)) return true;
      if (path.endsWith('.*') && relation.startsWith(path.slice(0, -1))) return true;
    }
    return false;
  }
}
