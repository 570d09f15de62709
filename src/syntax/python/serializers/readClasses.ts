import type { ClassFact, SerializerFact } from '../../../core/classes';
import { loadedBy } from '../data/loading';
import { displayItems, memberOf } from '../expressions';
import type { PythonFile } from '../file';
import { modelReference } from '../models/references';
import { qualifiedDeclaration } from '../names';
import type { PythonNode } from '../node';
import { assignmentOf, basesOf, declaredName, simpleAssignment, statementsOf } from '../statements';
import { literalText } from '../strings';
import { marshmallowSerializer } from './marshmallow';
import { responseModel } from './pydantic';
import { restSerializer } from './restFramework';

/** Classes whose bases decide what they ask for or show. */
const SHOWING = /(?:Serializer|Schema|View|View[Ss]et|Mixin|Admin|Inline|API)\w*$/;

/** The views, admin pages, serializers and response models of a file. */
export function readClasses(file: PythonFile): ClassFact[] {
  if (!file.text.includes('class ') || !file.imports(...PACKAGES)) return [];
  return [...file.classes.values()].flatMap((declaration) => classFact(declaration, file) ?? []);
}

const PACKAGES = ['django', 'rest_framework', 'ninja', 'pydantic', 'fastapi', 'marshmallow', 'flask_marshmallow', 'marshmallow_sqlalchemy', 'sqlmodel'] as const;

function classFact(declaration: PythonNode, file: PythonFile): ClassFact | undefined {
  const bases = basesOf(declaration);
  if (bases.length === 0) return undefined;
  const serializer = serializerOf(declaration, bases, file);
  const name = declaredName(declaration)?.text ?? '';
  if (serializer === undefined && !SHOWING.test(name) && !bases.some((base) => SHOWING.test(base.text))) return undefined;
  return {
    name: qualifiedDeclaration(declaration),
    bases: bases.flatMap((base) => modelReference(base, file) ?? []),
    members: memberNames(declaration),
    serializer,
    eager: loadedByMethods(declaration),
    line: file.lineOf(declaration),
  };
}

function serializerOf(declaration: PythonNode, bases: readonly PythonNode[], file: PythonFile): SerializerFact | undefined {
  if (bases.some((base) => /Serializer\w*$/.test(base.text))) return restSerializer(declaration, file);
  if (file.imports('marshmallow', 'flask_marshmallow', 'marshmallow_sqlalchemy') && bases.some((base) => /Schema$/.test(base.text))) return marshmallowSerializer(declaration, file);
  return responseModel(declaration, file);
}

/** What the methods that ask for rows read along: `get_queryset`, and helpers that other classes call. */
function loadedByMethods(declaration: PythonNode): readonly string[] | undefined {
  const found = declaration.descendants('CallExpression').flatMap((call) => loadedBy(call.calledName, call));
  const joined = statementsOf(declaration.child('Body')).flatMap((statement) => {
    const assigned = simpleAssignment(statement);
    return assigned?.target.text === 'list_select_related' && assigned.value.text !== 'False' ? displayItems(assigned.value).map((item) => literalText(item)?.replaceAll('__', '.') ?? '*') : [];
  });
  return found.length + joined.length > 0 ? [...found, ...joined] : undefined;
}

/** The methods and attributes of a class, as its body names them. */
function memberNames(declaration: PythonNode): string[] {
  return statementsOf(declaration.child('Body')).flatMap((statement) => {
    const inner = statement.kind === 'DecoratedStatement' ? statement.lastChild! : statement;
    if (inner.kind === 'FunctionDefinition') return declaredName(inner)?.text ?? [];
    if (inner.kind !== 'AssignStatement') return [];
    const [targets] = assignmentOf(inner).targets;
    return targets?.flatMap((target) => (memberOf(target) ? [] : [target.text])) ?? [];
  });
}
