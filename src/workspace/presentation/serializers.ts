import type { SerializedField, SerializerFact } from '../../core/classes';
import type { ReadPath } from '../../core/models';
import { EACH } from '../../core/templates';
import type { Classes, KnownClass, Model } from '../../core/workspaceView';
import { fieldNamed } from '../models/fields';
import type { Shown } from './shown';

/** What is read further away is hardly ever what the view meant to show, and circles must end. */
const LONGEST = 8;

interface Row {
  readonly model?: Model;
  /** What is being collected, so that serializers that contain themselves end. */
  readonly within: readonly KnownClass[];
}

const COLLECTED = new WeakMap<Classes, Map<KnownClass, Map<Model | undefined, readonly Shown[]>>>();

/** What a serializer or response model, with those nested in it, reads of each row of `model`. */
export function shownBySerializer(serializer: KnownClass, model: Model | undefined, classes: Classes): readonly Shown[] {
  return collected(serializer, { model, within: [] }, classes);
}

/** Serializers are nested in many others, so what each reads is worked out once. */
function collected(serializer: KnownClass, row: Row, classes: Classes): readonly Shown[] {
  const known = entry(entry(COLLECTED, classes, () => new Map()), serializer, () => new Map<Model | undefined, readonly Shown[]>());
  let shown = known.get(row.model);
  if (shown === undefined) known.set(row.model, (shown = collect(serializer, row, classes)));
  return shown;
}

function entry<K, V>(map: { get(key: K): V | undefined; set(key: K, value: V): unknown }, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

function collect(serializer: KnownClass, row: Row, classes: Classes): readonly Shown[] {
  const lineage = classes.lineage(serializer).known.filter((each) => each.serializer !== undefined);
  const facts = lineage.map((each) => each.serializer!);
  const isDynamic = facts.some((fact) => fact.isDynamic) || undefined;
  const declared = declaredFields(lineage);
  const found: Shown[] = [];
  const add = (paths: readonly ReadPath[], place: Pick<Shown, 'file' | 'line'>, isSometimes?: boolean): void => {
    for (const path of paths) if (!isColumn(path, row.model)) found.push({ ...place, path, isConditional: isSometimes || isDynamic });
  };
  for (const each of lineage) add(each.serializer!.reads ?? [], { file: each.file, line: each.line });
  for (const name of shownNames(facts, declared, row.model)) {
    const field = declared.get(name);
    if (field === undefined) {
      add(readsOfName(name, facts, row.model), { file: serializer.file, line: serializer.line });
      continue;
    }
    const place = { file: field.file, line: field.line };
    add(field.reads, place);
    add(field.sometimes ?? [], place, true);
    for (const shown of nested(field, { ...row, within: [...row.within, serializer] }, classes)) found.push(isDynamic ? { ...shown, isConditional: true } : shown);
  }
  return found;
}

/** A plain column costs nothing, and is most of what serializers show. */
const isColumn = ([name, ...rest]: ReadPath, model: Model | undefined): boolean => name !== undefined && rest.length === 0 && model?.fields.get(name) !== undefined && model.fields.get(name)!.relation === undefined;

type DeclaredField = SerializedField & { readonly file: string };

/** The fields by name; a class overrides what its bases declare. */
function declaredFields(lineage: readonly KnownClass[]): ReadonlyMap<string, DeclaredField> {
  return new Map([...lineage].reverse().flatMap(({ file, serializer }) => serializer!.fields.map((field) => [field.name, { ...field, file }] as const)));
}

/** The names that are shown: for Django REST framework those that the nearest Meta lists, for the others all that are declared. */
function shownNames(facts: readonly SerializerFact[], declared: ReadonlyMap<string, SerializedField>, model: Model | undefined): readonly string[] {
  const listed = facts.flatMap(({ names }) => names ?? []).filter((name) => name !== '*');
  if (facts[0]?.library !== 'rest-framework') return [...new Set([...listed, ...declared.keys()])];
  const nearest = facts.find(({ names }) => names !== undefined)?.names;
  if (nearest === undefined) return [...declared.keys()];
  if (nearest !== '*') return nearest;
  const hidden = new Set(facts.flatMap((fact) => fact.hidden ?? []));
  const own = [...(model?.fields.values() ?? [])].filter(({ relation }) => relation === undefined || relation.holdsKey || (relation.kind === 'many' && relation.via === undefined));
  return [...new Set([...own.map(({ name }) => name), ...declared.keys()])].filter((name) => !hidden.has(name));
}

/** What a name that is not declared reads: a key is a column of the row, the keys of many rows are not. */
function readsOfName(name: string, facts: readonly SerializerFact[], model: Model | undefined): ReadPath[] {
  if (facts[0]?.library !== 'rest-framework' && facts[0]?.library !== 'ninja') return [[name]];
  const relation = model && fieldNamed(model, name)?.relation;
  if (relation === undefined) return [[name]];
  if (relation.kind === 'many') return [[name, 'all()', EACH]];
  return relation.holdsKey && !facts.some(({ depth }) => depth !== undefined) ? [] : [[name]];
}

function nested({ nested: inner, file }: DeclaredField, row: Row, classes: Classes): readonly Shown[] {
  const serializer = inner && classes.find(file, inner.serializer);
  if (inner === undefined || serializer === undefined || row.within.includes(serializer)) return [];
  const shown = collected(serializer, { model: modelAt(row.model, inner.path), within: row.within }, classes);
  return shown.map((each) => ({ ...each, path: [...inner.path, ...each.path] })).filter(({ path }) => path.length <= LONGEST);
}

/** The model of the rows that a path of relations leads to. */
function modelAt(model: Model | undefined, path: ReadPath): Model | undefined {
  let at = model;
  for (const name of path) if (name !== EACH && !name.endsWith('()')) at = at && fieldNamed(at, name)?.relation?.model;
  return at;
}
