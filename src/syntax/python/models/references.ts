import type { ModelReference } from '../../../core/models';
import type { CalleeReference } from '../../../core/facts';
import { calleeOf, dottedName } from '../expressions';
import type { PythonFile } from '../file';
import { bindingReference } from '../names';
import type { PythonNode } from '../node';
import { literalText } from '../strings';

/** The name under which the project's own user model is looked up. */
export const USER_MODEL = 'AUTH_USER_MODEL';

/** The model an expression names: a class, a string such as "shop.Order", or the project's user model. */
export function modelReference(expression: PythonNode, file: PythonFile): ModelReference | undefined {
  const text = literalText(expression);
  if (text !== undefined) return text === '' ? undefined : { name: text };
  if (expression.kind === 'LambdaExpression') return expression.lastChild && modelReference(expression.lastChild, file);
  const dotted = dottedName(calleeOf(expression) ?? expression);
  if (dotted === undefined) return undefined;
  if (/(?:^|\.)(?:AUTH_USER_MODEL|get_user_model)$/.test(dotted)) return { name: USER_MODEL };
  return dottedReference(dotted, expression, file);
}

/** `Order`, `models.Order`, `shop.models.Order`, as their import tells. */
function dottedReference(dotted: string, place: PythonNode, file: PythonFile): ModelReference {
  const [root, ...path] = dotted.split('.');
  const name = path.pop() ?? root!;
  const binding = file.scopes.resolve(root!, place)?.bindings[0];
  if (binding === undefined) return { name };
  if (binding.kind !== 'import') {
    const reference = bindingReference(binding);
    return { name: reference?.kind === 'local' && dotted === root ? reference.name : name };
  }
  if (dotted === root) return { name: binding.member ?? name, module: binding.module };
  const owner = binding.member === undefined ? binding.module! : joined(binding.module!, binding.member);
  return { name, module: [owner, ...path].join('.') };
}

/** The model behind a reference that inference keeps with a value. */
export function asModelReference(reference: CalleeReference | undefined): ModelReference | undefined {
  if (reference === undefined) return undefined;
  if (reference.kind === 'local') return { name: reference.name };
  if (reference.kind === 'import') return { name: reference.name, module: reference.module };
  const owner = asModelReference(reference.owner);
  if (owner === undefined) return undefined;
  return { name: reference.name, module: owner.module === undefined ? undefined : joined(owner.module, owner.name) };
}

const joined = (module: string, member: string): string => (module.endsWith('.') ? module + member : `${module}.${member}`);
