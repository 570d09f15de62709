import type { ModelFact, ModelReference } from '../../../core/models';
import { loadedBy } from '../data/loading';
import { calleeOf, memberOf } from '../expressions';
import type { PythonFile } from '../file';
import { qualifiedDeclaration } from '../names';
import type { PythonNode } from '../node';
import { basesOf, declaredName, simpleAssignment, statementsOf } from '../statements';
import { methodsOf } from './members';
import { modelReference } from './references';

/** A manager whose `get_queryset` reads relations along with every row; other managers change nothing. */
export function djangoManager(declaration: PythonNode, file: PythonFile): ModelFact | undefined {
  if (!basesOf(declaration).some(({ text }) => /(?:Manager|QuerySet)\b/.test(text))) return undefined;
  const method = methodsOf(declaration).find((each) => declaredName(each)?.text === 'get_queryset');
  const eager = (method?.descendants('CallExpression') ?? []).flatMap((call) => loadedBy(call.calledName, call));
  if (eager.length === 0) return undefined;
  return {
    name: qualifiedDeclaration(declaration),
    library: 'django',
    isAbstract: true,
    bases: [],
    fields: [],
    indexes: [],
    members: [],
    eager,
    line: file.lineOf(declaration),
  };
}

/** `objects = OrderManager()`, `objects = OrderManager.from_queryset(OrderQuerySet)()`. */
export function managersOf(declaration: PythonNode, file: PythonFile): readonly ModelReference[] | undefined {
  const found = statementsOf(declaration.child('Body')).flatMap((statement) => {
    const assigned = simpleAssignment(statement);
    if (assigned === undefined || assigned.value.kind !== 'CallExpression' || !/^(?:objects|\w*manager)$/.test(assigned.target.text)) return [];
    return managerClass(assigned.value, file) ?? [];
  });
  return found.length > 0 ? found : undefined;
}

function managerClass(call: PythonNode, file: PythonFile): ModelReference | undefined {
  const callee = calleeOf(call)!;
  const inner = callee.kind === 'CallExpression' ? calleeOf(callee)! : callee;
  const member = memberOf(inner);
  const owner = member !== undefined && /^(?:from_queryset|as_manager)$/.test(member.name) ? member.object : inner;
  return modelReference(owner, file);
}
