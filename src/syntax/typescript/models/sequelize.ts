import { ts } from 'ts-morph';
import type { ModelFact, ModelField, ModelIndex } from '../../../core/models';
import type { TypeScriptFile } from '../file';
import { methodName, propertyOf, receiverOf, some } from '../nodes';
import { originOf } from '../origin';
import { baseOf, decoratedClasses, propertyType, type DecoratedClass } from './decorators';
import { elementsOf, isTrue, objectOf, propertiesOf, referenceTo, textOf, textProperty, timestampFields } from './literals';

const { isCallExpression, isIdentifier, isVariableDeclaration } = ts;

/** By the end of the DataType's name; the first that fits. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/ARRAY/, 'text[]'],
  [/BOOLEAN|boolean/, 'boolean'],
  [/JSON|HSTORE|object/i, 'json'],
  [/BLOB|Buffer/, 'blob'],
  [/ENUM|VIRTUAL/, 'choice'],
  [/TSVECTOR/, 'tsvector'],
  [/UUID/, 'uuid'],
  [/DATE|TIME|NOW|Date/, 'timestamp'],
  [/INT|DECIMAL|FLOAT|REAL|DOUBLE|NUMBER|number/, 'integer'],
  [/TEXT|CITEXT/, 'text'],
  [/STRING|CHAR|string/, 'varchar'],
];

export const typeNamed = (type: string): string => TYPES.find(([pattern]) => pattern.test(type))?.[1] ?? 'other';

/** The models of a file that imports Sequelize: decorated classes, `Model.init(…)` and `sequelize.define(…)`. */
export function sequelizeModels(file: TypeScriptFile): ModelFact[] {
  const classes = decoratedClasses(file, /^sequelize-typescript$/).map((each) => decoratedModel(each, file));
  const made: ModelFact[] = [];
  some(file.source, (node) => {
    const model = isCallExpression(node) ? definedModel(node, file) : undefined;
    if (model !== undefined) made.push(model);
    return false;
  });
  return [...classes, ...made];
}

function decoratedModel(declared: DecoratedClass, file: TypeScriptFile): ModelFact {
  const table = declared.decorators.find(({ name }) => name === 'Table');
  const options = objectOf(table?.args[0]);
  const base = baseOf(declared);
  return {
    name: declared.name,
    library: 'sequelize',
    table: textProperty(options, 'tableName') ?? textProperty(options, 'modelName'),
    isAbstract: table === undefined || undefined,
    bases: base ? [referenceTo(base, file) ?? { name: base.getText() }] : [],
    fields: table === undefined ? withRelations(declared, file) : withTimestamps(withRelations(declared, file), options),
    indexes: indexesOf(options),
    members: [],
    line: file.lineOf(declared.node),
  };
}

function withTimestamps(fields: readonly ModelField[], options: ts.ObjectLiteralExpression | undefined): readonly ModelField[] {
  const isOff = options !== undefined && propertyOf(options, 'timestamps')?.kind === ts.SyntaxKind.FalseKeyword;
  return isOff ? fields : [...fields, ...timestampFields(fields, isTrue(options, 'underscored'))];
}

type Property = DecoratedClass['properties'][number];

function withRelations(declared: DecoratedClass, file: TypeScriptFile): ModelField[] {
  return declared.properties.flatMap((property) => columnOf(property, file) ?? relationOf(property, file) ?? []);
}

function columnOf({ node, name, decorators }: Property, file: TypeScriptFile): ModelField | undefined {
  const named = (each: string) => decorators.find((decorator) => decorator.name === each);
  const column = named('Column') ?? named('ForeignKey') ?? named('CreatedAt') ?? named('UpdatedAt') ?? named('DeletedAt');
  if (column === undefined) return undefined;
  const options = objectOf(column.args[0]);
  const type = options ? propertyOf(options, 'type')?.getText() : column.name === 'Column' ? column.args[0]?.getText() : undefined;
  const target = named('ForeignKey');
  const model = target && referenceTo(target.args[0], file);
  return {
    name,
    column: textProperty(options, 'field'),
    type: typeNamed(type ?? (/At$/.test(column.name) ? 'DATE' : propertyType(node))),
    nullable: named('AllowNull') !== undefined || isTrue(options, 'allowNull'),
    isPrimary: named('PrimaryKey') !== undefined || isTrue(options, 'primaryKey') || undefined,
    isUnique: named('Unique') !== undefined || isTrue(options, 'unique') || undefined,
    isIndexed: named('Index') !== undefined || undefined,
    references: model && { table: model.name, column: 'id' },
  };
}

function relationOf({ name, decorators }: Property, file: TypeScriptFile): ModelField | undefined {
  const relation = decorators.find((decorator) => /^(?:BelongsTo|HasOne|HasMany|BelongsToMany)$/.test(decorator.name));
  if (relation === undefined) return undefined;
  const key = textOf(relation.args[1]) ?? textProperty(objectOf(relation.args[1]), 'foreignKey');
  const isOne = relation.name === 'BelongsTo' || relation.name === 'HasOne';
  return {
    name,
    type: 'relation',
    nullable: true,
    relation: {
      kind: isOne ? 'one' : 'many',
      target: referenceTo(relation.args[0], file),
      via: relation.name === 'BelongsTo' && key !== undefined ? [key] : undefined,
      holdsKey: false,
      reverse: '',
      loading: 'explicit',
    },
  };
}

/** `Order.init({…}, { tableName })` and `sequelize.define('Order', {…}, {…})`. */
function definedModel(call: ts.CallExpression, file: TypeScriptFile): ModelFact | undefined {
  const method = methodName(call);
  if (method !== 'init' && method !== 'define') return undefined;
  const receiver = receiverOf(call)!;
  const [attributes, options] = (method === 'init' ? call.arguments : call.arguments.slice(1)).map((argument) => objectOf(argument));
  if (attributes === undefined || !isSequelize(method, receiver, call, file)) return undefined;
  const holder = isVariableDeclaration(call.parent) && isIdentifier(call.parent.name) ? call.parent.name.text : undefined;
  const name = method === 'init' ? receiver.getText() : (holder ?? textOf(call.arguments[0]));
  const given = method === 'define' ? textOf(call.arguments[0]) : textProperty(options, 'modelName');
  if (name === undefined) return undefined;
  const isFrozen = isTrue(options, 'freezeTableName');
  return {
    name,
    library: 'sequelize',
    table: textProperty(options, 'tableName') ?? (isFrozen ? given : undefined),
    bases: [],
    fields: withTimestamps(propertiesOf(attributes).map(([key, value]) => attributeOf(key, value)), options),
    indexes: indexesOf(options),
    members: [],
    line: file.lineOf(call),
  };
}

/** The receiver is Sequelize's, or the attributes are written in its data types. */
function isSequelize(method: string, receiver: ts.Expression, call: ts.CallExpression, file: TypeScriptFile): boolean {
  if (method === 'define') return originOf(receiver, file)?.module === 'sequelize' || /\bDataTypes?\.\w+/.test(call.arguments[1]?.getText() ?? '');
  return isIdentifier(receiver) && /^[A-Z]/.test(receiver.text) && /\bDataTypes?\.\w+/.test(call.arguments[0]?.getText() ?? '');
}

function attributeOf(name: string, value: ts.Expression): ModelField {
  const options = objectOf(value);
  const references = objectOf(options && propertyOf(options, 'references'));
  const referred = references && (textProperty(references, 'model') ?? propertyOf(references, 'model')?.getText());
  return {
    name,
    column: textProperty(options, 'field'),
    type: typeNamed((options ? propertyOf(options, 'type') : value)?.getText() ?? ''),
    nullable: options === undefined || propertyOf(options, 'allowNull')?.getText() !== 'false',
    isPrimary: isTrue(options, 'primaryKey') || undefined,
    isUnique: isTrue(options, 'unique') || textProperty(options, 'unique') !== undefined || undefined,
    references: referred ? { table: referred, column: textProperty(references, 'key') ?? 'id' } : undefined,
  };
}

/** `indexes: [{ fields: ['a', { name: 'b', order: 'DESC' }], unique: true, using: 'gin', where: {…} }]`. */
export function indexesOf(options: ts.ObjectLiteralExpression | undefined): ModelIndex[] {
  return elementsOf(options && propertyOf(options, 'indexes')).flatMap((element) => indexFrom(objectOf(element)) ?? []);
}

export function indexFrom(index: ts.ObjectLiteralExpression | undefined): ModelIndex | undefined {
  const fields = elementsOf(index && propertyOf(index, 'fields')).flatMap((field) => textOf(field) ?? textProperty(objectOf(field), 'name') ?? textProperty(objectOf(field), 'attribute') ?? []);
  if (index === undefined || fields.length === 0) return undefined;
  return {
    name: textProperty(index, 'name'),
    fields,
    unique: isTrue(index, 'unique') || textProperty(index, 'type')?.toUpperCase() === 'UNIQUE',
    method: (textProperty(index, 'using') ?? (textProperty(index, 'type') === 'FULLTEXT' ? 'fulltext' : undefined))?.toLowerCase(),
    where: propertyOf(index, 'where')?.getText(),
  };
}
