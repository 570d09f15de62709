import { calleeOf, callText, memberOf } from './expressions';
import type { PythonFile } from './file';
import type { PythonNode } from './node';
import { decoratorsOf, withItems } from './statements';

/** The code that runs while a transaction is open. */
export interface OpenTransaction {
  /** How it was opened, as a reader names it: "transaction.atomic". */
  readonly label: string;
  readonly body: PythonNode;
}

const ATOMIC = /^django\.db\.transaction\.atomic$/;

/** The transaction that a with statement or a decorated function opens. */
export function openedTransaction(node: PythonNode, file: PythonFile): OpenTransaction | undefined {
  const body = node.child('Body');
  if (body === undefined) return undefined;
  const label = node.kind === 'WithStatement' ? labelOfWith(node, file) : labelOfDecorator(node, file);
  return label === undefined ? undefined : { label, body };
}

function labelOfWith(statement: PythonNode, file: PythonFile): string | undefined {
  for (const { context } of withItems(statement)) {
    if (context.kind === 'CallExpression' && opensTransaction(context, file)) return callText(context);
  }
  return undefined;
}

function opensTransaction(call: PythonNode, file: PythonFile): boolean {
  const callee = calleeOf(call)!;
  switch (call.calledName) {
    case 'atomic':
      return ATOMIC.test(file.names.qualified(callee) ?? '');
    case 'begin':
    case 'begin_nested':
    case 'transaction':
    case 'in_transaction': {
      const owner = memberOf(callee)?.object;
      const kind = owner && file.valueOf(owner)?.kind;
      return kind === 'session' || kind === 'connection' || kind === 'engine';
    }
    default:
      return false;
  }
}

/** `@transaction.atomic`, bare or called. */
function labelOfDecorator(declaration: PythonNode, file: PythonFile): string | undefined {
  const found = decoratorsOf(declaration).find(({ name, node }) => ATOMIC.test(file.names.qualifiedText(name, node) ?? ''));
  return found && `@${found.name}`;
}

/** The calls that run inside: what stands in a nested function or lambda runs some other time. */
export function callsInside({ body }: OpenTransaction): readonly PythonNode[] {
  const owner = body.closest('FunctionDefinition', 'LambdaExpression');
  return body.descendants('CallExpression').filter((call) => call.closest('FunctionDefinition', 'LambdaExpression') === owner);
}
