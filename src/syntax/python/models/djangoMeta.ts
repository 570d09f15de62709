import type { ModelFact, ModelIndex } from '../../../core/models';
import { argumentAt, argumentsOf, calleeOf, displayItems, dottedName, keywordArgument } from '../expressions';
import type { PythonNode } from '../node';
import { declaredName, simpleAssignment, statementsOf } from '../statements';
import { literalText } from '../strings';

/** What `class Meta` says of a model's table. */
export interface DjangoMeta {
  readonly table?: string;
  readonly app?: string;
  readonly isAbstract: boolean;
  readonly isProxy: boolean;
  readonly indexes: readonly ModelIndex[];
  readonly ordering?: ModelFact['ordering'];
}

export function djangoMeta(declaration: PythonNode): DjangoMeta {
  const options = metaOptions(declaration);
  return {
    table: literalText(options.get('db_table')),
    app: literalText(options.get('app_label')),
    isAbstract: options.get('abstract')?.text === 'True',
    isProxy: options.get('proxy')?.text === 'True',
    indexes: indexesOf(options),
    ordering: orderingOf(options.get('ordering')),
  };
}

function orderingOf(value: PythonNode | undefined): ModelFact['ordering'] {
  const names = displayItems(value).map((item) => literalText(item));
  if (names.length === 0 || names.some((name) => name === undefined)) return undefined;
  return names.map((name) => ({ field: name!.replace(/^-/, '').replaceAll('__', '.'), descending: name!.startsWith('-') }));
}

/** The assignments in `class Meta` by name. */
export function metaOptions(declaration: PythonNode): ReadonlyMap<string, PythonNode> {
  const meta = statementsOf(declaration.child('Body')).find((statement) => statement.kind === 'ClassDefinition' && declaredName(statement)?.text === 'Meta');
  return new Map(
    statementsOf(meta?.child('Body')).flatMap((statement) => {
      const assigned = simpleAssignment(statement);
      return assigned === undefined ? [] : [[assigned.target.text, assigned.value] as const];
    }),
  );
}

/** The indexes that a model's options declare, under the names they have in Meta and in migrations. */
export function indexesOf(options: ReadonlyMap<string, PythonNode>): ModelIndex[] {
  const declared = ['indexes', 'constraints'].flatMap((name) => displayItems(options.get(name)).flatMap((item) => indexOf(item) ?? []));
  return [...declared, ...together(options.get('unique_together'), true), ...together(options.get('index_together'), false)];
}

/** `models.Index(fields=["a", "-b"])`, `GinIndex(fields=["tags"])`, `UniqueConstraint(...)`; undefined for a check. */
export function indexOf(item: PythonNode): ModelIndex | undefined {
  const callee = dottedName(calleeOf(item));
  const kind = callee?.slice(callee.lastIndexOf('.') + 1) ?? '';
  const isUnique = kind === 'UniqueConstraint';
  if (!isUnique && !kind.endsWith('Index')) return undefined;
  const listed = displayItems(keywordArgument(item, 'fields')).map((field) => plainField(literalText(field)));
  const expressions = argumentsOf(item).flatMap(({ name, unpacks, value }) => (name === undefined && unpacks === undefined ? [expressionOf(value)] : []));
  const fields = [...listed, ...expressions].filter((field) => field !== '');
  if (fields.length === 0) return undefined;
  const include = displayItems(keywordArgument(item, 'include')).flatMap((field) => literalText(field) ?? []);
  const classes = displayItems(keywordArgument(item, 'opclasses')).map((each) => literalText(each));
  return {
    name: literalText(keywordArgument(item, 'name')),
    fields,
    unique: isUnique,
    method: methodOf(kind),
    where: keywordArgument(item, 'condition')?.text,
    include: include.length > 0 ? include : undefined,
    operatorClasses: classes.length > 0 ? classes : undefined,
  };
}

function methodOf(kind: string): string | undefined {
  const method = /^(Gin|Gist|Brin|Hash|SpGist|Bloom)Index$/.exec(kind)?.[1];
  return method?.toLowerCase();
}

/** An expression's column where it is one, `Lower("name")` as "lower(name)". */
function expressionOf(node: PythonNode): string {
  const text = literalText(node);
  if (text !== undefined) return plainField(text);
  const callee = dottedName(calleeOf(node));
  if (callee === undefined) return node.text.toLowerCase();
  const name = callee.slice(callee.lastIndexOf('.') + 1);
  const inner = argumentAt(node, 0);
  if (/^(?:F|OrderBy|OpClass)$/.test(name) && inner !== undefined) return expressionOf(inner);
  // `F("created").desc()` sorts the same column.
  if (/^(?:desc|asc)$/.test(name) || callee === undefined) return expressionOf(calleeOf(node)!.firstChild!);
  return inner === undefined ? name.toLowerCase() : `${name.toLowerCase()}(${expressionOf(inner)})`;
}

const plainField = (name: string | undefined): string => (name ?? '').replace(/^-/, '');

/** `unique_together = ("a", "b")` and `(("a", "b"), ("c", "d"))`. */
function together(value: PythonNode | undefined, unique: boolean): ModelIndex[] {
  const items = displayItems(value);
  const names = items.map((item) => literalText(item));
  if (names.length > 0 && names.every((name) => name !== undefined)) return [{ fields: names as string[], unique }];
  return items.flatMap((item) => together(item, unique));
}
