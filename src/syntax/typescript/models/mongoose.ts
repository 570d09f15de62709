import { ts } from 'ts-morph';
import type { ModelFact, ModelField, ModelIndex } from '../../../core/models';
import type { TypeScriptFile } from '../file';
import { methodName, propertyOf, receiverOf, walk } from '../nodes';
import { originOf } from '../origin';
import { elementsOf, isTrue, objectOf, propertiesOf, textOf, textProperty, timestampFields } from './literals';

const { isCallExpression, isIdentifier, isNewExpression, isVariableDeclaration } = ts;

interface Schema {
  readonly fields: readonly ModelField[];
  readonly indexes: ModelIndex[];
  readonly collection?: string;
}

/** The collections of a file that imports Mongoose: schemas, their indexes, and the models made of them. */
export function mongooseModels(file: TypeScriptFile): ModelFact[] {
  const schemas = new Map<string, Schema>();
  const models: ModelFact[] = [];
  walk(file.source, (node) => {
    if (isNewExpression(node)) readSchema(node, schemas, file);
    else if (isCallExpression(node)) {
      readIndex(node, schemas);
      const model = readModel(node, schemas, file);
      if (model !== undefined) models.push(model);
    }
  });
  return models;
}

/** `const orderSchema = new Schema({ customer: { type: ObjectId, ref: 'Customer', index: true } }, { collection })`. */
function readSchema(node: ts.NewExpression, schemas: Map<string, Schema>, file: TypeScriptFile): void {
  const origin = originOf(node.expression, file);
  const isSchema = origin?.module === 'mongoose' && (origin.name === 'Schema' || origin.path.includes('Schema'));
  const holder = isVariableDeclaration(node.parent) && isIdentifier(node.parent.name) ? node.parent.name.text : undefined;
  const definition = objectOf(node.arguments?.[0]);
  if (!isSchema || holder === undefined || definition === undefined) return;
  const fields = propertiesOf(definition).map(([name, value]) => fieldOf(name, value));
  const options = objectOf(node.arguments?.[1]);
  const dated = isTrue(options, 'timestamps') ? timestampFields(fields) : [];
  schemas.set(holder, { fields: [...fields, ...dated], indexes: [], collection: textProperty(options, 'collection') });
}

function fieldOf(name: string, value: ts.Expression): ModelField {
  const [element] = elementsOf(value);
  const options = objectOf(element ?? value);
  const type = (options ? propertyOf(options, 'type') : value)?.getText() ?? '';
  const ref = textProperty(options, 'ref');
  const isMany = element !== undefined || type.startsWith('[');
  return {
    name,
    column: name,
    type: typeNamed(type, options),
    nullable: !isTrue(options, 'required'),
    isUnique: isTrue(options, 'unique') || undefined,
    isIndexed: isTrue(options, 'index') || textProperty(options, 'index') !== undefined || objectOf(options && propertyOf(options, 'index')) !== undefined || undefined,
    relation: ref ? { kind: isMany ? 'many' : 'one', target: { name: ref }, holdsKey: true, reverse: '', loading: 'explicit' } : undefined,
  };
}

function typeNamed(type: string, options: ts.ObjectLiteralExpression | undefined): string {
  if (options && propertyOf(options, 'enum')) return 'choice';
  if (/Boolean/.test(type)) return 'boolean';
  if (/Date/.test(type)) return 'timestamp';
  if (/Number|Decimal/.test(type)) return 'integer';
  return /String/.test(type) ? 'varchar' : 'other';
}

/** `orderSchema.index({ customer: 1, createdAt: -1 }, { unique: true })`. */
function readIndex(call: ts.CallExpression, schemas: ReadonlyMap<string, Schema>): void {
  const receiver = methodName(call) === 'index' ? receiverOf(call) : undefined;
  const schema = receiver && isIdentifier(receiver) ? schemas.get(receiver.text) : undefined;
  const keys = propertiesOf(objectOf(call.arguments[0]));
  if (schema === undefined || keys.length === 0) return;
  const options = objectOf(call.arguments[1]);
  const isText = keys.some(([, value]) => textOf(value) === 'text');
  schema.indexes.push({
    name: textProperty(options, 'name'),
    fields: keys.map(([name]) => name),
    unique: isTrue(options, 'unique'),
    method: isText ? 'fulltext' : undefined,
    where: options && propertyOf(options, 'partialFilterExpression')?.getText(),
  });
}

/** `mongoose.model('Order', orderSchema)` and `model<Order>('Order', orderSchema)`. */
function readModel(call: ts.CallExpression, schemas: ReadonlyMap<string, Schema>, file: TypeScriptFile): ModelFact | undefined {
  const name = textOf(call.arguments[0]);
  const argument = call.arguments[1];
  const schema = argument && isIdentifier(argument) ? schemas.get(argument.text) : undefined;
  const called = methodName(call) ?? (isIdentifier(call.expression) ? call.expression.text : '');
  if (name === undefined || schema === undefined || called !== 'model') return undefined;
  const { fields, indexes, collection } = schema;
  return { name, library: 'mongoose', table: textOf(call.arguments[2]) ?? collection, bases: [], fields, indexes, members: [], line: file.lineOf(call) };
}
