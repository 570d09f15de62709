import type { ModelField, ModelRelation } from '../../../core/models';
import { argumentAt, calleeOf, dottedName, keywordArgument } from '../expressions';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import { simpleAssignment } from '../statements';
import { literalText } from '../strings';
import { modelReference } from './references';

const TO_ONE = /(?:ForeignKey|^ParentalKey)$/;
const ONE_TO_ONE = /OneToOneField$/;
const TO_MANY = /(?:ManyToManyField|TaggableManager)$/;
const FIELD = /(?:Field|Key|TaggableManager|GenericRelation)$/;

/** By the end of the field's name; the first that fits. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/Boolean(?:Field)?$/, 'boolean'],
  [/Array/, 'text[]'],
  [/JSON|HStore/, 'json'],
  [/SearchVector/, 'tsvector'],
  [/Binary/, 'blob'],
  [/Geometry|Point|Polygon|Raster|Line(?:String)?Field/, 'geometry'],
  [/UUID/, 'uuid'],
  [/Date|Time|Duration/, 'timestamp'],
  [/Integer|Auto|Float|Decimal|Money/, 'integer'],
  [/Text(?:Field)?$|RichText|Stream/, 'text'],
  [/Char|Slug|Email|URL|Url|File|Image|GenericIP|CIDR|Color|Country/, 'varchar'],
];

/** `name = models.CharField(...)` of a model's body; undefined for every other statement. */
export function djangoField(statement: PythonNode, file: PythonFile): ModelField | undefined {
  const assigned = simpleAssignment(statement);
  const callee = assigned && calleeOf(assigned.value);
  if (callee === undefined || assigned!.target.kind !== 'VariableName') return undefined;
  return fieldOf(assigned!.target.text, assigned!.value, file);
}

/** The field that a call such as `models.CharField(max_length=20)` makes; undefined for calls of anything else. */
export function fieldOf(name: string, call: PythonNode, file: PythonFile): ModelField | undefined {
  const callee = dottedName(calleeOf(call)!);
  const kind = callee?.slice(callee.lastIndexOf('.') + 1);
  if (kind === undefined || !FIELD.test(kind) || /^(?:forms|serializers|filters|django_filters)\./.test(callee!)) return undefined;
  const relation = relationOf(kind, call, file);
  const is = (keyword: string): boolean => keywordArgument(call, keyword)?.text === 'True';
  const isIndexed = keywordArgument(call, 'db_index')?.text;
  return {
    name,
    column: literalText(keywordArgument(call, 'db_column')),
    type: relation?.holdsKey ? 'integer' : typeOf(kind, call),
    nullable: is('null') || kind === 'NullBooleanField',
    isPrimary: is('primary_key') || undefined,
    isUnique: is('unique') || ONE_TO_ONE.test(kind) || undefined,
    // A foreign key and a slug are indexed unless they say otherwise.
    isIndexed: isIndexed === 'True' || (isIndexed === undefined && (relation?.holdsKey === true || /Slug/.test(kind))) || undefined,
    relation,
  };
}

function typeOf(kind: string, call: PythonNode): string {
  const type = TYPES.find(([pattern]) => pattern.test(kind))?.[1] ?? 'other';
  return keywordArgument(call, 'choices') === undefined || type === 'text[]' ? type : 'choice';
}

function relationOf(kind: string, call: PythonNode, file: PythonFile): ModelRelation | undefined {
  if (/^Generic\w*ForeignKey$/.test(kind)) return { kind: 'one', holdsKey: false, loading: 'lazy', reverse: '' };
  const isMany = TO_MANY.test(kind) || kind === 'GenericRelation';
  const isOne = TO_ONE.test(kind) || ONE_TO_ONE.test(kind);
  if (!isMany && !isOne) return undefined;
  const to = kind === 'TaggableManager' ? undefined : argumentAt(call, 0, 'to');
  const target = to && modelReference(to, file);
  const reverse = literalText(keywordArgument(call, 'related_name'));
  return {
    kind: isMany ? 'many' : 'one',
    target,
    holdsKey: isOne,
    reverse: kind === 'GenericRelation' || reverse?.endsWith('+') ? '' : reverse,
    loading: 'lazy',
  };
}
