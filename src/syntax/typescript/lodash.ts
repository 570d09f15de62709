import { ts } from 'ts-morph';
import type { TypeScriptFile } from './file';
import { methodName, receiverOf, unwrap } from './nodes';

const { isIdentifier } = ts;

const MODULES = /^(?:lodash|lodash-es|underscore|es-toolkit\/compat)(?:$|\/)/;

/** The name of the lodash (or underscore) function that is called: "sortBy" of `_.sortBy(xs)` and of an imported `sortBy(xs)`. */
export function lodashFunction(call: ts.CallExpression, file: TypeScriptFile): string | undefined {
  const callee = unwrap(call.expression);
  if (isIdentifier(callee)) {
    const imported = file.imports.get(callee.text);
    if (!imported || !MODULES.test(imported.module)) return undefined;
    // `import sortBy from 'lodash/sortBy'`
    return imported.name === 'default' || imported.name === '*' ? imported.module.slice(imported.module.lastIndexOf('/') + 1) : imported.name;
  }
  const owner = receiverOf(call);
  const module = owner && isIdentifier(owner) ? file.imports.get(owner.text)?.module : undefined;
  return module !== undefined && MODULES.test(module) ? methodName(call) : undefined;
}
