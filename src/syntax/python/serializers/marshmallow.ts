import type { SerializedField, SerializerFact } from '../../../core/classes';
import type { MemberReads } from '../../../core/models';
import { argumentAt, keywordArgument } from '../expressions';
import type { PythonFile } from '../file';
import { metaOptions } from '../models/djangoMeta';
import { membersOf, readsOf } from '../models/members';
import type { PythonNode } from '../node';
import { parametersOf, simpleAssignment, statementsOf } from '../statements';
import { literalText } from '../strings';
import { calledName, eachOf, firstArgument, isMany, namedSerializer, nestedField, sourcePath } from './fields';

/** A schema of Marshmallow: `customer = fields.Nested(CustomerSchema)`, `name = fields.String(attribute="customer.name")`. */
export function marshmallowSerializer(declaration: PythonNode, file: PythonFile): SerializerFact {
  const methods = new Map(membersOf(declaration, file, 1).map((member) => [member.name, member]));
  const meta = metaOptions(declaration);
  const listed = meta.get('fields')?.descendants('String').flatMap((each) => literalText(each) ?? []);
  return {
    library: 'marshmallow',
    names: listed,
    fields: statementsOf(declaration.child('Body')).flatMap((statement) => {
      const assigned = simpleAssignment(statement);
      if (assigned === undefined || assigned.value.kind !== 'CallExpression') return [];
      return fieldOf(assigned.target.text, assigned.value, methods, file);
    }),
  };
}

function fieldOf(name: string, call: PythonNode, methods: ReadonlyMap<string, MemberReads>, file: PythonFile): SerializedField {
  const line = file.lineOf(call);
  const kind = calledName(call);
  if (keywordArgument(call, 'load_only')?.text === 'True') return { name, reads: [], line };
  const path = sourcePath(name, call, 'attribute');
  if (kind === 'Method') {
    const method = methods.get(literalText(firstArgument(call, 'serialize')) ?? '');
    return { name, reads: method?.reads ?? [], sometimes: method?.sometimes, line };
  }
  if (kind === 'Function') return { name, ...readsOfLambda(firstArgument(call, 'serialize')), line };
  const inner = kind === 'List' ? firstArgument(call, 'cls_or_instance') : undefined;
  const isNested = (each: string): boolean => each === 'Nested' || each === 'Pluck';
  if (isNested(kind) || (inner && isNested(calledName(inner)))) {
    const serializer = namedSerializer(firstArgument(inner ?? call, 'nested'), file);
    const many = inner !== undefined || isMany(call);
    const plucked = literalText(argumentAt(inner ?? call, 1, 'field_name'));
    if (kind === 'Pluck' && plucked !== undefined) return { name, reads: [[...(many ? eachOf(path) : path), plucked]], line };
    return serializer ? nestedField(name, serializer, path, many, line) : { name, reads: [path], line };
  }
  return { name, reads: [path], line };
}

function readsOfLambda(callable: PythonNode | undefined): Pick<SerializedField, 'reads' | 'sometimes'> {
  const row = callable?.kind === 'LambdaExpression' ? parametersOf(callable)[0]?.name.text : undefined;
  return row === undefined ? { reads: [] } : readsOf(row, callable!);
}
