import type { ModelFact, ModelField, ModelIndex } from '../../../core/models';
import { argumentsOf, memberOf } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import { qualifiedDeclaration } from '../names';
import { assignmentOf, basesOf, declaredName, decoratorsOf, statementsOf } from '../statements';
import { literalText } from '../strings';
import { membersOf, methodsOf } from './members';
import { modelReference } from './references';
import { calledKind, columnField, sqlAlchemyField } from './sqlalchemyColumns';
import { tableArguments, type TableArguments } from './sqlalchemyTable';

/** The mapped classes, mixins and Table objects of a file that has to do with SQLAlchemy. */
export function sqlAlchemyModels(file: PythonFile): ModelFact[] {
  const classes = [...file.classes.values()].flatMap((declaration) => mappedClass(declaration, file) ?? []);
  const topLevel = file.root.children.map((statement) => (statement.kind === 'ExpressionStatement' ? statement.firstChild! : statement));
  const tables = topLevel.flatMap((statement) => tableObject(statement, file) ?? []);
  return withOuterIndexes([...classes, ...tables], topLevel);
}

function mappedClass(declaration: PythonNode, file: PythonFile): ModelFact | undefined {
  const statements = statementsOf(declaration.child('Body'));
  const attributes = [...statements.flatMap(attributeOf), ...methodsOf(declaration).flatMap(declaredAttribute)];
  const bases = basesOf(declaration);
  const isSqlModel = bases.some((base) => /(?:^|\.)SQLModel$/.test(base.text)) || argumentsOf(declaration).some(({ name }) => name === 'table');
  const fields = attributes.flatMap(({ name, value, annotation }) => {
    return isMappedAttribute(value, annotation, isSqlModel) ? (sqlAlchemyField(name, value, annotation, file) ?? []) : [];
  });
  const table = attributes.find(({ name }) => name === '__tablename__')?.value;
  if (fields.length === 0 && table === undefined) return undefined;
  const isTable = argumentsOf(declaration).some(({ name, value }) => name === 'table' && value.text === 'True');
  const tableArgs = tableArguments(attributes.find(({ name }) => name === '__table_args__')?.value);
  return {
    name: qualifiedDeclaration(declaration),
    library: 'sqlalchemy',
    table: literalText(table) ?? (isTable ? declaredName(declaration)!.text.toLowerCase() : undefined),
    isAbstract: isAbstract(declaration, attributes, isSqlModel && !isTable) || undefined,
    bases: bases.flatMap((base) => modelReference(base, file) ?? []),
    fields: withKeys(fields, tableArgs),
    indexes: tableArgs.indexes,
    members: membersOf(declaration, file),
    line: file.lineOf(declaration),
  };
}

/** An annotation alone is a column in Mapped[...] and in a SQLModel; a pydantic model has annotations too. */
function isMappedAttribute(value: PythonNode | undefined, annotation: PythonNode | undefined, isSqlModel: boolean): boolean {
  const kind = calledKind(value);
  if (kind === 'Field' || !MAPPING.test(kind)) return isSqlModel || /\bMapped\b/.test(annotation?.text ?? '');
  return true;
}

const MAPPING = /^(?:Column|mapped_column|relationship|dynamic_loader|Relationship|primary_key)$/;

interface Attribute {
  readonly name: string;
  readonly value?: PythonNode;
  readonly annotation?: PythonNode;
}

/** `name = value`, `name: Mapped[int] = value` and `name: Mapped[int]` in a class's body. */
function attributeOf(statement: PythonNode): Attribute[] {
  if (statement.kind !== 'AssignStatement') return [];
  const { targets, annotation, value } = assignmentOf(statement);
  const target = targets.length === 1 && targets[0]!.length === 1 ? targets[0]![0]! : undefined;
  if (target?.kind !== 'VariableName') return [];
  return [{ name: target.text, value: value.length === 1 ? value[0] : undefined, annotation }];
}

/** A mixin's `@declared_attr def owner_id(cls): return Column(...)`. */
function declaredAttribute(method: PythonNode): Attribute[] {
  if (!decoratorsOf(method).some(({ name }) => /(?:^|\.)declared_attr(?:\.\w+)?$/.test(name))) return [];
  const returned = method.descendants('ReturnStatement')[0];
  const items = returned?.children.slice(1).filter(({ kind }) => kind !== ',') ?? [];
  const value = items.length === 1 ? items[0] : undefined;
  return [{ name: declaredName(method)!.text, value, annotation: method.child('TypeDef')?.lastChild }];
}

function isAbstract(declaration: PythonNode, attributes: readonly Attribute[], isUnmapped: boolean): boolean {
  if (isUnmapped || attributes.some(({ name, value }) => name === '__abstract__' && value?.text === 'True')) return true;
  const bases = basesOf(declaration).map(({ text }) => text);
  return bases.every((base) => base === 'object' || /Mixin$/.test(base)) || bases.includes('DeclarativeBase');
}

/** PrimaryKeyConstraint and ForeignKeyConstraint of `__table_args__` speak of columns declared elsewhere. */
function withKeys(fields: readonly ModelField[], { primaryKey, foreignKeys }: TableArguments): ModelField[] {
  return fields.map((field) => {
    const column = field.column ?? field.name;
    const references = foreignKeys.get(column);
    return { ...field, isPrimary: field.isPrimary ?? (primaryKey.includes(column) || undefined), references: field.references ?? references };
  });
}

/** `order_tags = Table("order_tags", metadata, Column("order_id", ...), ...)`. */
function tableObject(statement: PythonNode, file: PythonFile): ModelFact | undefined {
  const [attribute] = attributeOf(statement);
  if (attribute?.value === undefined || calledKind(attribute.value) !== 'Table') return undefined;
  const args = argumentsOf(attribute.value).filter(({ name, unpacks }) => name === undefined && unpacks === undefined);
  const table = literalText(args[0]?.value);
  const columns = args.flatMap(({ value }) => (calledKind(value) === 'Column' ? [columnField('', value, undefined, file)] : []));
  if (table === undefined || columns.length === 0) return undefined;
  const tableArgs = tableArguments(attribute.value);
  return {
    name: attribute.name,
    library: 'sqlalchemy',
    table,
    bases: [],
    fields: withKeys(columns.map((column) => ({ ...column, name: column.column ?? '' })), tableArgs),
    indexes: tableArgs.indexes,
    members: [],
    line: file.lineOf(statement),
  };
}

/** `Index("ix_orders_created", Order.created_at)` below the class it speaks of. */
function withOuterIndexes(models: readonly ModelFact[], topLevel: readonly PythonNode[]): ModelFact[] {
  const outer = topLevel.flatMap((statement) => {
    const call = statement.kind === 'AssignStatement' ? statement.lastChild! : statement;
    if (calledKind(call) !== 'Index') return [];
    const owner = argumentsOf(call).map(({ value }) => ownerOf(value)).find((name) => name !== undefined);
    const [index] = owner === undefined ? [] : tableArguments(call).indexes;
    return index === undefined ? [] : [{ owner: owner!, index }];
  });
  if (outer.length === 0) return [...models];
  const indexesOf = (name: string): ModelIndex[] => outer.filter(({ owner }) => owner === name).map(({ index }) => index);
  return models.map((model) => ({ ...model, indexes: [...model.indexes, ...indexesOf(model.name)] }));
}

/** The class in front of a column: `Order` of `Order.created_at.desc()` and of `func.lower(Order.name)`. */
function ownerOf(expression: PythonNode): string | undefined {
  const owners = [expression, ...expression.descendants('MemberExpression')].map((node) => memberOf(node)?.object);
  return owners.find((owner) => owner?.kind === 'VariableName' && /^[A-Z]/.test(owner.text))?.text;
}

