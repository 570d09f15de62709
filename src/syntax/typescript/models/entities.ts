import type { ModelFact, ModelField, ModelIndex, ModelRelation } from '../../../core/models';
import type { ts } from 'ts-morph';
import type { TypeScriptFile } from '../file';
import { propertyOf } from '../nodes';
import { baseOf, decoratedClasses, propertyType, type DecoratedClass, type Decorator } from './decorators';
import { elementsOf, isTrue, objectOf, referenceTo, textOf, textProperty, textsOf } from './literals';

const COLUMNS = /^(?:Column|PrimaryColumn|PrimaryGeneratedColumn|ObjectIdColumn|CreateDateColumn|UpdateDateColumn|DeleteDateColumn|VersionColumn|PrimaryKey|SerializedPrimaryKey|Property|Enum|TreeLevelColumn)$/;
const RELATIONS = /^(?:ManyToOne|OneToOne|OneToMany|ManyToMany|TreeParent|TreeChildren)$/;

/** By the column's declared type; the first that fits. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/enum/i, 'choice'],
  [/bool/i, 'boolean'],
  [/json|object|Record</i, 'json'],
  [/bytea|blob|binary|Buffer/i, 'blob'],
  [/tsvector/i, 'tsvector'],
  [/uuid/i, 'uuid'],
  [/date|time/i, 'timestamp'],
  [/geometry|point/i, 'geometry'],
  [/\[\]$|array/i, 'text[]'],
  [/int|number|decimal|numeric|float|double|bigint/i, 'integer'],
  [/text/i, 'text'],
  [/string|char/i, 'varchar'],
];

/** The entities of TypeORM and MikroORM, which share most of their decorators. */
export function entityModels(file: TypeScriptFile): ModelFact[] {
  return decoratedClasses(file, /^(?:typeorm|@mikro-orm\/\w+)$/).map((each) => entityOf(each, file));
}

function entityOf(declared: DecoratedClass, file: TypeScriptFile): ModelFact {
  const { node, name, decorators, properties } = declared;
  const entity = decorators.find((decorator) => decorator.name === 'Entity' || decorator.name === 'ChildEntity');
  const options = entity?.args.map(objectOf).find((object) => object !== undefined);
  const isMikro = [...decorators, ...properties.flatMap((property) => property.decorators)].some(({ module }) => module.startsWith('@mikro-orm/'));
  const base = baseOf(declared);
  return {
    name,
    library: isMikro ? 'mikro-orm' : 'typeorm',
    table: textOf(entity?.args[0]) ?? textProperty(options, 'name') ?? textProperty(options, 'tableName'),
    isAbstract: entity === undefined || isTrue(options, 'abstract') || undefined,
    bases: base ? [referenceTo(base, file) ?? { name: base.getText() }] : [],
    fields: properties.flatMap((property) => fieldOf(property, isMikro, file) ?? []),
    indexes: decorators.flatMap((decorator) => classIndex(decorator) ?? []),
    members: [],
    line: file.lineOf(node),
  };
}

type Property = DecoratedClass['properties'][number];

function fieldOf({ node, name, decorators }: Property, isMikro: boolean, file: TypeScriptFile): ModelField | undefined {
  const column = decorators.find((decorator) => COLUMNS.test(decorator.name));
  const relation = decorators.find((decorator) => RELATIONS.test(decorator.name));
  const declared = column ?? relation;
  if (declared === undefined) return undefined;
  const options = declared.args.map(objectOf).findLast((object) => object !== undefined);
  const has = (option: string): boolean => isTrue(options, option) || textProperty(options, option) !== undefined;
  const index = decorators.find((decorator) => decorator.name === 'Index');
  const unique = decorators.some((decorator) => decorator.name === 'Unique') || isTrue(index?.args.map(objectOf).find((object) => object) ?? undefined, 'unique') || has('unique');
  const plain = {
    name,
    column: columnName(decorators, options),
    nullable: isTrue(options, 'nullable'),
    isUnique: unique || undefined,
    isIndexed: index !== undefined || has('index') || undefined,
  };
  if (relation !== undefined && column === undefined) return relationField(relation, plain, decorators, options, node, isMikro, file);
  return {
    ...plain,
    type: typeOf(declared, options, node),
    isPrimary: /^Primary|^SerializedPrimaryKey|^ObjectIdColumn/.test(declared.name) || isTrue(options, 'primary') || undefined,
  };
}

/** A column's name comes from its own options, or from the `@JoinColumn` of a relation. */
function columnName(decorators: readonly Decorator[], options: ts.ObjectLiteralExpression | undefined): string | undefined {
  const join = decorators.find(({ name }) => name === 'JoinColumn');
  return textProperty(objectOf(join?.args[0]), 'name') ?? textProperty(options, 'name') ?? textProperty(options, 'fieldName') ?? textProperty(options, 'joinColumn');
}

function typeOf({ name, args }: Decorator, options: ts.ObjectLiteralExpression | undefined, node: ts.PropertyDeclaration): string {
  if (name === 'Enum' || (options && propertyOf(options, 'enum'))) return 'choice';
  if (/Date/.test(name)) return 'timestamp';
  if (isTrue(options, 'array')) return 'text[]';
  const declared = textOf(args[0]) ?? textProperty(options, 'type') ?? textProperty(options, 'columnType') ?? propertyType(node);
  return TYPES.find(([pattern]) => pattern.test(declared))?.[1] ?? 'other';
}

function relationField(
  decorator: Decorator,
  plain: Omit<ModelField, 'type'>,
  decorators: readonly Decorator[],
  options: ts.ObjectLiteralExpression | undefined,
  node: ts.PropertyDeclaration,
  isMikro: boolean,
  file: TypeScriptFile,
): ModelField {
  const isMany = /^(?:OneToMany|ManyToMany|TreeChildren)$/.test(decorator.name);
  const isInverse = options !== undefined && propertyOf(options, 'mappedBy') !== undefined;
  const ownsKey = decorator.name === 'ManyToOne' || decorator.name === 'TreeParent' || (decorator.name === 'OneToOne' && (isMikro ? !isInverse : decorators.some(({ name }) => name === 'JoinColumn')));
  const relation: ModelRelation = {
    kind: isMany ? 'many' : 'one',
    target: referenceTo(decorator.args[0], file) ?? referenceTo(options && propertyOf(options, 'entity'), file),
    holdsKey: ownsKey,
    reverse: '',
    loading: loadingOf(options, propertyType(node)),
  };
  return {
    ...plain,
    type: ownsKey ? 'integer' : 'relation',
    isUnique: plain.isUnique ?? ((decorator.name === 'OneToOne' && ownsKey) || undefined),
    // MikroORM indexes the keys of relations by itself; TypeORM does not.
    isIndexed: plain.isIndexed ?? ((isMikro && ownsKey) || undefined),
    relation,
  };
}

/** A relation declared as a promise is read when it is awaited; others are there only where a query asked for them. */
function loadingOf(options: ts.ObjectLiteralExpression | undefined, type: string): ModelRelation['loading'] {
  if (isTrue(options, 'eager')) return 'eager';
  return isTrue(options, 'lazy') || type.startsWith('Promise<') ? 'lazy' : 'explicit';
}

/** `@Index(['a', 'b'], { unique: true })`, `@Index('name', ['a'])`, `@Unique(['a'])`, `@Index({ properties: ['a'] })`. */
function classIndex({ name, args }: Decorator): ModelIndex | undefined {
  if (name !== 'Index' && name !== 'Unique') return undefined;
  const options = args.map(objectOf).find((object) => object !== undefined);
  const listed = args.find((argument) => elementsOf(argument).length > 0);
  const properties = options && propertyOf(options, 'properties');
  const fields = listed ? textsOf(listed) : properties ? (textOf(properties) !== undefined ? [textOf(properties)!] : textsOf(properties)) : [];
  if (fields.length === 0) return undefined;
  return {
    name: textOf(args[0]) ?? textProperty(options, 'name'),
    fields,
    unique: name === 'Unique' || isTrue(options, 'unique'),
    method: isTrue(options, 'fulltext') ? 'fulltext' : isTrue(options, 'spatial') ? 'gist' : undefined,
    where: textProperty(options, 'where'),
  };
}
