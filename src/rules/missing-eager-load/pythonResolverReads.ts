import type { ReadPath } from '../../core/models';
import type { Confidence, Match } from '../../core/rule';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { metaOptions } from '../../syntax/python/models/djangoMeta';
import { pathFrom, readsOf } from '../../syntax/python/models/members';
import { modelReference } from '../../syntax/python/models/references';
import { basesOf, decoratorsOf, parametersOf } from '../../syntax/python/statements';
import type { NamedRows } from '../../workspace/models/rows';
import type { Facts } from './facts';

/** Packages that read along what a GraphQL query asks for, by what its types and hints say. */
const OPTIMISERS = ['graphene_django_optimizer', 'strawberry_django', 'query_optimizer'];

/**
 * What a resolver of a Django model's type reads of the object it is called for: `return root.tokens.all()`. The linker
 * knows what of it is a relation, and looks into the properties of the model too.
 */
export function resolverReads(method: PythonNode, owner: PythonNode, shownBy: string, confidence: Confidence, file: PythonFile): readonly Match<Facts>[] | undefined {
  const [row] = parametersOf(method);
  if (row === undefined || file.imports(...OPTIMISERS) || decoratorsOf(method).some(({ name }) => /hint/i.test(name))) return undefined;
  const reference = modelOf(owner, row.annotation, file);
  if (reference === undefined) return undefined;
  const rows: NamedRows = { model: { ...reference, library: 'django' }, eager: [] };
  const { reads, sometimes } = readsOf(row.name.text, method);
  return [...byFirstName(reads, 1), ...byFirstName(sometimes, 2)].flatMap(([name, paths]) => {
    const use = method.descendants('VariableName').find((each) => each.text === row.name.text && firstName(pathFrom(each)) === name);
    const span = use?.parent;
    if (span == null || isReadAlong(name, file)) return [];
    const [type, field] = shownBy.split('.');
    return [{ span: { start: span.start, end: span.end }, confidence, facts: { shownBy, resolver: { field: field!, type: type!, call: `${row.name.text}.${name}`, reads: { rows, paths } } } }];
  });
}

/** By the annotation of what is resolved, by `class Meta: model = Order`, or by the type's own argument: `ModelObjectType[models.Order]`. */
function modelOf(owner: PythonNode, annotation: PythonNode | undefined, file: PythonFile): ReturnType<typeof modelReference> {
  const argument = basesOf(owner).map((base) => (base.kind === 'MemberExpression' && base.text.endsWith(']') ? base.children[2] : undefined)).find((each) => each !== undefined);
  const named = annotation ?? metaOptions(owner).get('model') ?? argument;
  return named && modelReference(named, file);
}

/** Reads under one first name, where there are enough: of what is read in two branches, some is read in any case. */
function byFirstName(paths: readonly ReadPath[], least: number): [string, ReadPath[]][] {
  const groups = new Map<string, ReadPath[]>();
  for (const path of paths) groups.set(firstName(path)!, [...(groups.get(firstName(path)!) ?? []), path]);
  return [...groups].filter(([, group]) => group.length >= least);
}

const firstName = ([first]: ReadPath): string | undefined => first?.replace('()', '');

/** Some query of this file reads it along. */
const isReadAlong = (name: string, file: PythonFile): boolean => /(?:select|prefetch)_related\(/.test(file.text) && new RegExp(`["']${name}(?:__|["'])`).test(file.text);
