import type { Match } from '../../core/rule';
import { argumentsOf, calleeOf } from '../../syntax/python/expressions';
import type { PythonFile, PythonNode } from '../../syntax/python/file';
import { ADDING_METHODS, sharedCollectionAt } from '../../syntax/python/sharedState';
import type { PythonMatcher } from '../matchers';
import { useOf, writersOf } from '../sharedStatePython';
import type { Facts } from './rule';

export const matcher: PythonMatcher<Facts> = {
  kinds: ['CallExpression', 'AssignStatement', 'UpdateStatement'],
  names: [...ADDING_METHODS, 'Limiter'],

  find(node, file): Match<Facts> | undefined {
    const limiter = node.kind === 'CallExpression' ? memoryLimiter(node, file) : undefined;
    return limiter ?? keptState(node, file);
  },
};

/** The first place in a function that writes to a shared collection whose name says that it keeps state for users. */
function keptState(node: PythonNode, file: PythonFile): Match<Facts> | undefined {
  const collection = sharedCollectionAt(node, file);
  if (collection === undefined || collection.additions[0]?.node !== node) return undefined;
  const use = useOf(collection, file);
  if (use.kind !== 'state') return undefined;
  return {
    span: node,
    facts: { kind: 'collection', name: collection.name, what: use.what, writers: writersOf(collection, file) },
    related: [{ span: collection.declaration, message: `${collection.name} belongs to the process` }],
  };
}

/** Flask-Limiter and SlowAPI count in memory unless they are told a storage. */
function memoryLimiter(call: PythonNode, file: PythonFile): Match<Facts> | undefined {
  if (call.calledName !== 'Limiter' || !file.imports('flask_limiter', 'slowapi')) return undefined;
  const qualified = file.names.qualified(calleeOf(call)) ?? '';
  const [library] = qualified.split('.');
  if (library !== 'flask_limiter' && library !== 'slowapi') return undefined;
  const isTold = argumentsOf(call).some(({ name, unpacks }) => unpacks !== undefined || name === 'storage_uri' || name === 'storage_options' || name === 'enabled');
  if (isTold || /RATELIMIT_STORAGE/.test(file.text)) return undefined;
  return {
    span: call,
    // Flask-Limiter may read it from the application's configuration, which can stand in any file.
    confidence: library === 'slowapi' ? 'likely' : 'possible',
    facts: { kind: 'library', call: library === 'slowapi' ? 'SlowAPI' : 'Flask-Limiter', what: 'rate limits', instead: 'storage_uri="redis://…"' },
  };
}
