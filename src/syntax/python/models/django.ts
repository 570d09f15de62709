import type { ModelFact, ModelField } from '../../../core/models';
import type { PythonFile } from '../file';
import type { PythonNode } from '../node';
import { basesOf, declaredName, statementsOf } from '../statements';
import { qualifiedDeclaration } from '../names';
import { djangoField } from './djangoFields';
import { djangoMeta } from './djangoMeta';
import { djangoManager, managersOf } from './djangoManagers';
import { membersOf } from './members';
import { modelReference } from './references';

/** Classes of Django and its neighbours that are Django models, by the name they are imported under. */
const MODEL_BASE = /^django\.(?:contrib\.\w+(?:\.\w+)*|db)\.models\.(?:\w+\.)*\w+$|^django\.contrib\.auth\.base_user\.\w+$|^(?:model_utils|django_extensions|polymorphic|mptt|taggit|treebeard|wagtail|modelcluster|simple_history|django_comments|solo|parler|modeltranslation|oauth2_provider|guardian)\b.*\.[A-Z]\w+$/;
const NO_MODEL_BASE = /(?:Manager|QuerySet|Choices|Field|Form|View|Admin|Serializer|Filter|FilterSet|Config|TestCase|Command|Middleware|Lookup|Transform|Panel|Block|ViewSet|Exception|Error|Index|Constraint|Widget|Aggregate|Func|Mixin)$/;

/** The Django models of a file. Only files that import Django are asked. */
export function djangoModels(file: PythonFile): ModelFact[] {
  return [...file.classes.values()].flatMap((declaration) => djangoModel(declaration, file) ?? djangoManager(declaration, file) ?? []);
}

function djangoModel(declaration: PythonNode, file: PythonFile): ModelFact | undefined {
  const name = declaredName(declaration)?.text;
  const bases = basesOf(declaration);
  if (name === undefined || bases.length === 0) return undefined;
  const isKnown = bases.some((base) => isModelBase(file.names.qualified(base)));
  const fields = fieldsOf(declaration, file);
  const isLikely = fields.some(({ isOwn }) => isOwn);
  if (!isKnown && !isLikely && !mayInherit(declaration, bases, fields.length, file)) return undefined;
  const meta = djangoMeta(declaration);
  return {
    name: qualifiedDeclaration(declaration),
    library: 'django',
    table: meta.table,
    app: meta.app,
    isAbstract: meta.isAbstract || undefined,
    isProxy: meta.isProxy || undefined,
    needsBase: isKnown || isLikely ? undefined : true,
    bases: bases.flatMap((base) => modelReference(base, file) ?? []),
    fields: fields.map(({ field }) => field),
    indexes: meta.indexes,
    ordering: meta.ordering,
    members: membersOf(declaration, file),
    managers: managersOf(declaration, file),
    line: file.lineOf(declaration),
  };
}

const isModelBase = (qualified: string | undefined): boolean => qualified !== undefined && MODEL_BASE.test(qualified) && !NO_MODEL_BASE.test(qualified);

interface ReadField {
  readonly field: ModelField;
  /** Made by a class of Django's own model fields. */
  readonly isOwn: boolean;
}

function fieldsOf(declaration: PythonNode, file: PythonFile): ReadField[] {
  return statementsOf(declaration.child('Body')).flatMap((statement) => {
    if (statement.kind !== 'AssignStatement') return [];
    const field = djangoField(statement, file);
    if (field === undefined) return [];
    const qualified = file.names.qualified(statement.lastChild!.firstChild) ?? '';
    return [{ field, isOwn: /^django\..*\bmodels\./.test(qualified) }];
  });
}

/** A base from another file of the project may be a model; the workspace finds out. */
function mayInherit(declaration: PythonNode, bases: readonly PythonNode[], fieldCount: number, file: PythonFile): boolean {
  if (bases.some((base) => NO_MODEL_BASE.test(base.text))) return false;
  if (fieldCount > 0) return true;
  const isModelFile = /(?:^|\/)(?:\w*models?(?:\/\w+)?|\w*models)\.py$/.test(file.path);
  return isModelFile && declaration.closest('FunctionDefinition', 'ClassDefinition') === undefined;
}
