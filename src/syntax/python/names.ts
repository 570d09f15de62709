import type { CalleeReference } from '../../core/facts';
import { dottedName, memberOf } from './expressions';
import type { PythonNode } from './node';
import type { Binding } from './scope';
import type { Scopes } from './scopes';

/** Resolves expressions to the names other files know them by. */
export class Names {
  constructor(private readonly scopes: Scopes) {}

  /**
   * "django.db.models.Model" for `m.Model` after `from django.db import models as m`,
   * "builtins.open" for a name that nobody binds, undefined for values of this file.
   */
  qualified(expression: PythonNode | undefined): string | undefined {
    const dotted = dottedName(expression);
    return dotted === undefined ? undefined : this.qualifiedText(dotted, expression!);
  }

  /** The same for a dotted name that stands in a text, such as a quoted annotation. */
  qualifiedText(dotted: string, place: PythonNode): string | undefined {
    const dot = dotted.indexOf('.');
    const root = dot < 0 ? dotted : dotted.slice(0, dot);
    const binding = this.scopes.resolve(root, place)?.bindings[0];
    if (binding === undefined) return dot < 0 ? `builtins.${root}` : undefined;
    // `try: import a; except ImportError: a = None` is still an import.
    if (binding.kind !== 'import') return undefined;
    return qualifiedImport(binding) + dotted.slice(root.length);
  }

  /** How another file (or this one) would name what is called here, as far as one file can tell. */
  reference(expression: PythonNode): CalleeReference | undefined {
    if (expression.kind === 'VariableName') {
      const binding = this.scopes.resolve(expression.text, expression)?.bindings[0];
      return binding && bindingReference(binding);
    }
    const member = memberOf(expression);
    if (member === undefined) return undefined;
    const module = this.module(member.object);
    if (module !== undefined) return { kind: 'import', module, name: member.name };
    const owner = this.reference(member.object);
    return owner && { kind: 'method', owner, name: member.name };
  }

  /** The module an expression stands for: `a.b` after `import a`, `m` after `import a.b as m`. */
  private module(expression: PythonNode): string | undefined {
    if (expression.kind === 'VariableName') {
      const binding = this.scopes.resolve(expression.text, expression)?.bindings[0];
      return binding?.kind === 'import' && binding.member === undefined ? binding.module : undefined;
    }
    const member = memberOf(expression);
    const owner = member && this.module(member.object);
    return owner === undefined ? undefined : `${owner}.${member!.name}`;
  }
}

/** How other files name what a function, class or import binding stands for. */
export function bindingReference(binding: Binding): CalleeReference | undefined {
  if (binding.kind === 'function' || binding.kind === 'class') return { kind: 'local', name: qualifiedDeclaration(binding.owner) };
  return binding.kind === 'import' && binding.member !== undefined
    ? { kind: 'import', module: binding.module!, name: binding.member }
    : undefined;
}

function qualifiedImport({ module, member }: Binding): string {
  if (member === undefined) return module!;
  return module!.endsWith('.') ? `${module}${member}` : `${module}.${member}`;
}

/** "OrderService.list", "outer.inner": the declaration's name with those of the declarations around it. */
export function qualifiedDeclaration(declaration: PythonNode): string {
  const parts: string[] = [];
  for (let at: PythonNode | undefined = declaration; at !== undefined; at = at.closest('FunctionDefinition', 'ClassDefinition')) {
    parts.unshift(at.child('VariableName')?.text ?? '?');
  }
  return parts.join('.');
}
