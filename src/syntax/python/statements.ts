import { argumentsOf, subscriptOf } from './expressions';
import type { PythonNode } from './node';

/** `a, b = c, d`: each target list and the value list, split at commas. */
export interface Assignment {
  readonly targets: readonly (readonly PythonNode[])[];
  readonly annotation?: PythonNode;
  /** Empty for a bare annotation. */
  readonly value: readonly PythonNode[];
}

export function assignmentOf(statement: PythonNode): Assignment {
  const segments: PythonNode[][] = [[]];
  let annotation: PythonNode | undefined;
  for (const child of statement.children) {
    if (child.kind === 'AssignOp') segments.push([]);
    else if (child.kind === 'TypeDef') annotation = child.lastChild;
    else if (child.kind !== ',') segments[segments.length - 1]!.push(child);
  }
  const value = segments.length > 1 ? segments.pop()! : [];
  return { targets: segments, annotation, value };
}

/** The single name on the left and the single expression on the right, the plain case. */
export function simpleAssignment(statement: PythonNode | undefined): { target: PythonNode; value: PythonNode } | undefined {
  if (statement?.kind !== 'AssignStatement') return undefined;
  const { targets, value } = assignmentOf(statement);
  const target = targets.length === 1 && targets[0]!.length === 1 ? targets[0]![0]! : undefined;
  return target && value.length === 1 ? { target, value: value[0]! } : undefined;
}

export interface ForParts {
  readonly isAsync: boolean;
  readonly targets: readonly PythonNode[];
  /** Undefined in half-typed code. Several expressions form a tuple. */
  readonly iterables: readonly PythonNode[];
  readonly body?: PythonNode;
}

export function forParts(statement: PythonNode): ForParts {
  const targets: PythonNode[] = [];
  const iterables: PythonNode[] = [];
  let part = targets;
  for (const child of statement.children) {
    if (child.kind === 'in') part = iterables;
    else if (child.kind === 'Body') break;
    else if (!/^(?:for|async|,|\*)$/.test(child.kind)) part.push(child);
  }
  return { isAsync: statement.firstChild?.kind === 'async', targets, iterables, body: statement.child('Body') };
}

/** One `for ... in ... if ...` of a comprehension. */
export interface ComprehensionClause {
  readonly isAsync: boolean;
  readonly targets: readonly PythonNode[];
  readonly iterable?: PythonNode;
  readonly conditions: readonly PythonNode[];
}

export function clausesOf(comprehension: PythonNode): readonly ComprehensionClause[] {
  const clauses: { isAsync: boolean; targets: PythonNode[]; iterable?: PythonNode; conditions: PythonNode[] }[] = [];
  let part: 'element' | 'targets' | 'iterable' | 'condition' = 'element';
  let isAsync = false;
  for (const child of comprehension.children) {
    const clause = clauses[clauses.length - 1];
    if (child.kind === 'async') isAsync = true;
    else if (child.kind === 'for') {
      clauses.push({ isAsync, targets: [], conditions: [] });
      part = 'targets';
      isAsync = false;
    } else if (clause === undefined || /^[,\])}]$/.test(child.kind)) continue;
    else if (child.kind === 'in') part = 'iterable';
    else if (child.kind === 'if') part = 'condition';
    else if (part === 'targets') clause.targets.push(child);
    else if (part === 'iterable') clause.iterable ??= child;
    else if (part === 'condition') clause.conditions.push(child);
  }
  return clauses;
}

/** One `context as name` of a with statement. */
export interface WithItem {
  readonly context: PythonNode;
  readonly target?: PythonNode;
}

export function withItems(statement: PythonNode): readonly WithItem[] {
  const items: { context: PythonNode; target?: PythonNode }[] = [];
  let afterAs = false;
  for (const child of statement.children) {
    if (child.kind === 'Body') break;
    if (child.kind === 'as') afterAs = true;
    else if (child.kind !== 'async' && child.kind !== 'with' && child.kind !== ',') {
      if (afterAs) items[items.length - 1]!.target = child;
      else items.push({ context: child });
      afterAs = false;
    }
  }
  return items;
}

export interface Parameter {
  readonly name: PythonNode;
  readonly annotation?: PythonNode;
  readonly fallback?: PythonNode;
  readonly star?: '*' | '**';
}

/** The parameters of a function or lambda. */
export function parametersOf(callable: PythonNode): readonly Parameter[] {
  const found: { name: PythonNode; annotation?: PythonNode; fallback?: PythonNode; star?: '*' | '**' }[] = [];
  let star: '*' | '**' | undefined;
  let expectsFallback = false;
  for (const child of callable.child('ParamList')?.children ?? []) {
    const last = found[found.length - 1];
    if (child.kind === ',') {
      star = undefined;
      expectsFallback = false;
    } else if (child.kind === '*' || child.kind === '**') star = child.kind;
    else if (child.kind === 'AssignOp') expectsFallback = true;
    else if (child.kind === 'TypeDef') {
      if (last) last.annotation = child.lastChild;
    } else if (expectsFallback) {
      if (last) last.fallback = child;
      expectsFallback = false;
    } else if (child.kind === 'VariableName') found.push({ name: child, star });
  }
  return found;
}

/** The name of a function or class declaration; undefined in half-typed code. */
export function declaredName(declaration: PythonNode): PythonNode | undefined {
  return declaration.child('VariableName');
}

export function isAsyncFunction(declaration: PythonNode): boolean {
  return declaration.firstChild?.kind === 'async';
}

/** A decorator's dotted name ("app.route") and its argument list. */
export interface DecoratorParts {
  readonly node: PythonNode;
  readonly name: string;
  readonly args?: PythonNode;
}

export function decoratorsOf(declaration: PythonNode): readonly DecoratorParts[] {
  const parent = declaration.parent;
  if (parent?.kind !== 'DecoratedStatement') return [];
  return parent.children
    .filter((child) => child.kind === 'Decorator')
    .map((node) => ({
      node,
      name: node.children
        .filter((child) => child.kind === 'VariableName' || child.kind === 'PropertyName')
        .map((child) => child.text)
        .join('.'),
      args: node.child('ArgList'),
    }));
}

/** The declaration with its decorators. */
export function wholeDeclaration(declaration: PythonNode): PythonNode {
  return declaration.parent?.kind === 'DecoratedStatement' ? declaration.parent : declaration;
}

/** The base classes of a class declaration as expressions, `Base` for `Base[Row]`; keyword arguments such as `metaclass` are left out. */
export function basesOf(declaration: PythonNode): readonly PythonNode[] {
  return argumentsOf(declaration)
    .filter((argument) => argument.name === undefined && argument.unpacks === undefined)
    .map(({ value }) => subscriptOf(value)?.object ?? value);
}

/** The statements of a body, in order. */
export function statementsOf(body: PythonNode | undefined): readonly PythonNode[] {
  return body?.children.filter((child) => child.kind !== ':') ?? [];
}
