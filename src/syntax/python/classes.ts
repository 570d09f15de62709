import type { CalleeReference } from '../../core/facts';
import { argumentsOf, calleeOf, dottedName } from './expressions';
import type { PythonFile } from './file';
import { literalText } from './strings';
import { bindingReference } from './names';
import type { PythonNode } from './node';
import type { Binding } from './scope';
import { basesOf, declaredName, simpleAssignment, statementsOf } from './statements';
import type { Value } from './values';

const DJANGO_BASES = /^django\..*\bmodels\.Model$|^django\.contrib\.auth\.(?:base_user|models)\.\w+$|^(?:model_utils|django_extensions|polymorphic|mptt)\b.*\bmodels?\.\w+$/;
const DJANGO_FIELDS = /^django\..*\bmodels\.(?:\w*Field|ForeignKey|\w*Manager)$/;
const SQLALCHEMY_COLUMNS = /(?:^|\.)(?:Column|mapped_column|relationship)$/;
/** Names every class of some depth has; a chain of in-file bases is never longer in practice. */
const MAX_DEPTH = 5;

/** The class object behind a declaration of this file: an ORM model or an ordinary class. */
export function declaredClass(declaration: PythonNode, file: PythonFile, depth = 0): Value {
  const library = modelLibrary(declaration, file, depth);
  const reference = classReference(declaration);
  if (library === undefined) return { kind: 'class', reference };
  return { kind: 'model', library, table: declaredTable(declaration) ?? declaredName(declaration)?.text, reference };
}

function classReference(declaration: PythonNode): CalleeReference | undefined {
  const name = declaredName(declaration);
  return name && bindingReference({ kind: 'class', node: name, owner: declaration });
}

function modelLibrary(declaration: PythonNode, file: PythonFile, depth: number): string | undefined {
  for (const base of basesOf(declaration)) {
    if (DJANGO_BASES.test(file.names.qualified(base) ?? '')) return 'django';
    const binding = base.kind === 'VariableName' ? file.scopes.resolve(base.text, base)?.bindings[0] : undefined;
    if (binding?.kind === 'class' && depth < MAX_DEPTH && binding.owner !== declaration) {
      const inherited = declaredClass(binding.owner, file, depth + 1);
      if (inherited.kind === 'model') return inherited.library;
    }
  }
  return libraryOfFields(declaration, file);
}

/** Declared columns tell a model whose base class stands in another file. */
function libraryOfFields(declaration: PythonNode, file: PythonFile): string | undefined {
  for (const statement of statementsOf(declaration.child('Body'))) {
    const assigned = simpleAssignment(statement);
    if (assigned?.target.text === '__tablename__') return 'sqlalchemy';
    const callee = assigned && calleeOf(assigned.value);
    if (callee === undefined) continue;
    if (DJANGO_FIELDS.test(file.names.qualified(callee) ?? '')) return 'django';
    if (SQLALCHEMY_COLUMNS.test(dottedName(callee) ?? '') && file.imports('sqlalchemy', 'flask_sqlalchemy', 'sqlmodel')) return 'sqlalchemy';
  }
  return undefined;
}

/** `__tablename__ = "orders"`, or `class Meta: db_table = "orders"`. */
function declaredTable(declaration: PythonNode): string | undefined {
  for (const statement of statementsOf(declaration.child('Body'))) {
    if (statement.kind === 'ClassDefinition' && declaredName(statement)?.text === 'Meta') return tableOf(statement, 'db_table');
  }
  return tableOf(declaration, '__tablename__');
}

function tableOf(declaration: PythonNode, name: string): string | undefined {
  for (const statement of statementsOf(declaration.child('Body'))) {
    const assigned = simpleAssignment(statement);
    if (assigned?.target.text === name) return literalText(assigned.value);
  }
  return undefined;
}

/** The class object behind an imported name, as far as its name, its module and its use in this file tell. */
export function importedClass(dotted: string, binding: Binding, file: PythonFile): Value | undefined {
  const name = dotted.slice(dotted.lastIndexOf('.') + 1);
  if (!/^[A-Z]/.test(name) || /^[A-Z0-9_]+$/.test(name)) return undefined;
  const reference = importedReference(dotted, binding);
  const library = importedLibrary(dotted, binding, file);
  return library === undefined ? { kind: 'class', reference } : { kind: 'model', library, table: name, reference };
}

function importedReference(dotted: string, binding: Binding): CalleeReference | undefined {
  const [, ...path] = dotted.split('.');
  const start = bindingReference(binding);
  if (start !== undefined) return path.reduce<CalleeReference>((owner, name) => ({ kind: 'method', owner, name }), start);
  const name = path.pop();
  return name === undefined ? undefined : { kind: 'import', module: [binding.module!, ...path].join('.'), name };
}

function importedLibrary(dotted: string, { module, member }: Binding, file: PythonFile): string | undefined {
  if (file.managers.has(dotted)) return 'django';
  const isModels = /(?:^|[._])models?(?:\.|$)/.test(`${module}.${member ?? ''}`) || /^models\./.test(dotted);
  if (!isModels) return undefined;
  // A file may use the models of a Django project without naming Django itself.
  if (file.imports('django') || file.managers.size > 0) return 'django';
  return file.imports('sqlalchemy', 'flask_sqlalchemy', 'sqlmodel', 'flask') ? 'sqlalchemy' : undefined;
}

/** The dotted names in front of `.objects`, Django's default manager: "Order", "models.Order". */
export function managersOf(file: PythonFile): ReadonlySet<string> {
  const found = new Set<string>();
  if (!file.text.includes('.objects')) return found;
  for (const property of file.tree.root.descendants('PropertyName')) {
    const owner = property.text === 'objects' ? dottedName(property.parent?.firstChild) : undefined;
    if (owner !== undefined) found.add(owner);
  }
  return found;
}

/** `get_model("order", "Order")`: the name of the model it looks up. */
export function lookedUpModel(call: PythonNode): string | undefined {
  const texts = argumentsOf(call).map((argument) => literalText(argument.value));
  const last = texts[texts.length - 1];
  return last?.slice(last.lastIndexOf('.') + 1);
}
