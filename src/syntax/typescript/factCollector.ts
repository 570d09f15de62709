import { ts } from 'ts-morph';
import { TAKES_DURATIONS, type CallFact, type Effect, type FileFacts, type FunctionFact, type HeatSignal, type ParameterFact, type QueryFact, type ReferenceFact, type SchemaChange } from '../../core/facts';
import { functionHash } from '../../core/hash';
import { isProjectCallee, nameReference } from './callees';
import type { DataAccess } from './dataAccess';
import { declaredTables } from './declaredTables';
import type { TypeScriptFile } from './file';
import { nameFunction, qualifier, type NamedFunction } from './functions';
import { routeOf } from './handlers';
import { heatSignal } from './heatSignals';
import { isAsync, isFunction, isInlineFunction } from './nodes';
import { runsWithCall } from './reachability';
import { namedDialects } from './libraries/dialects';
import { classifyTaggedSql } from './libraries/sqlCalls';

const {
  canHaveModifiers, getModifiers, isBinaryExpression, isClassDeclaration, isExportAssignment,
  isExportDeclaration, isExpressionStatement, isFunctionDeclaration, isIdentifier, isImportDeclaration, isNamedExports,
  isObjectLiteralExpression, isPropertyAssignment, isShorthandPropertyAssignment, isStringLiteral,
  isVariableDeclaration, isVariableStatement,
} = ts;

const Kind = ts.SyntaxKind;

const LOOP_KINDS: ReadonlySet<ts.SyntaxKind> = new Set([Kind.ForOfStatement, Kind.ForInStatement, Kind.ForStatement, Kind.WhileStatement, Kind.DoStatement]);

/** The kinds that `leave` does something with: what stands in them is inside a loop or a function. */
export const ENCLOSING_KINDS: ReadonlySet<ts.SyntaxKind> = new Set([
  ...LOOP_KINDS,
  Kind.FunctionDeclaration, Kind.FunctionExpression, Kind.ArrowFunction, Kind.MethodDeclaration, Kind.Constructor, Kind.GetAccessor, Kind.SetAccessor,
]);

/** The kinds that `enter` does something with; the walk calls it for no others. */
export const FACT_KINDS: ReadonlySet<ts.SyntaxKind> = new Set([...ENCLOSING_KINDS, Kind.CallExpression, Kind.TaggedTemplateExpression]);

/** Relative imports and the usual aliases of a project's own folders. */
const PROJECT_MODULE = /^(?:\.|@\/|~|#|src\/)/;

interface OpenFunction {
  readonly name: string;
  readonly named: NamedFunction;
  readonly effects: Effect[];
  readonly calls: CallFact[];
}

/**
 * Gathers what other files may ask about this one, during the one walk.
 * Inline callbacks belong to the named function around them.
 */
export class FactCollector {
  readonly queries: QueryFact[] = [];
  readonly schema: SchemaChange[] = [];
  private readonly references: ReferenceFact[] = [];
  private readonly functions: FunctionFact[] = [];
  private readonly stack: OpenFunction[] = [];
  private readonly names = new Map<string, number>();
  private readonly exports: ReadonlyMap<string, string[]>;
  private loopDepth = 0;
  private functionDepth = 0;

  constructor(private readonly file: TypeScriptFile) {
    this.exports = exportedNames(file.source);
  }

  /** The function whose body is being walked; '' at top level. */
  get functionName(): string {
    return this.stack[this.stack.length - 1]?.name ?? '';
  }

  /** Whether no function stands around the node that is being walked. */
  get runsOnLoad(): boolean {
    return this.functionDepth === 0;
  }

  enter(node: ts.Node): void {
    if (node.kind === Kind.CallExpression) this.readCall(node as ts.CallExpression);
    else if (isFunction(node)) this.enterFunction(node);
    else if (isLoopNode(node)) this.loopDepth++;
    else if (node.kind === Kind.TaggedTemplateExpression) this.addEffect(classifyTaggedSql(node as ts.TaggedTemplateExpression, this.file), node);
  }

  leave(node: ts.Node): void {
    if (isLoopNode(node)) this.loopDepth--;
    else if (isFunction(node)) {
      this.functionDepth--;
      if (this.stack[this.stack.length - 1]?.named.node === node) this.close(this.stack.pop()!);
    }
  }

  finish(path: string): FileFacts {
    const dialects = namedDialects(this.file);
    return {
      file: path,
      language: 'typescript',
      functions: this.functions,
      references: this.references,
      reexports: readReexports(this.file.source),
      queries: this.queries,
      ...declaredTables(this.file, this.schema),
      ...(dialects.length > 0 && { dialects }),
      settings: processSettings(this.file.text),
      packages: packagesOf(this.file),
      takesDurations: TAKES_DURATIONS.test(this.file.text),
    };
  }

  private enterFunction(node: ts.FunctionLikeDeclaration): void {
    this.functionDepth++;
    const named = nameFunction(node);
    if (!named || !node.body) return;
    const outer = this.stack[this.stack.length - 1];
    const full = qualifier(node, outer && { node: outer.named.node, name: outer.name }) + named.name;
    const ordinal = (this.names.get(full) ?? 0) + 1;
    this.names.set(full, ordinal);
    this.stack.push({ name: ordinal === 1 ? full : `${full}#${ordinal}`, named: { node, ...named }, effects: [], calls: [] });
  }

  private readCall(call: ts.CallExpression): void {
    const open = this.stack[this.stack.length - 1];
    this.readArguments(call);
    const access = open && this.file.dataAccess(call);
    if (access) {
      const query = this.file.ormQuery(call);
      if (query) this.queries.push(query.fact);
      this.addEffect(access, call);
      return;
    }
    const callee = this.file.callee(call);
    // Packages are not part of the workspace's call graph.
    if (!callee || !isProjectCallee(callee)) return;
    if (open && runsWithCall(call, open.named.node, this.file)) open.calls.push({ callee, line: this.file.lineOf(call), inLoop: this.loopDepth > 0 });
    else this.references.push({ from: this.functionName, callee });
  }

  /** `router.get('/orders', listOrders)` and `ids.map(load)` hand a function over by its name. */
  private readArguments(call: ts.CallExpression): void {
    for (const argument of call.arguments) {
      if (!isIdentifier(argument) || !this.mayBeFunction(argument.text)) continue;
      const callee = nameReference(argument, this.file);
      if (callee && isProjectCallee(callee)) this.references.push({ from: this.functionName, callee, route: routeOf(call) });
    }
  }

  private mayBeFunction(name: string): boolean {
    const imported = this.file.imports.get(name);
    if (imported) return true;
    const declaration = this.file.scopes.topLevel(name)?.node;
    return declaration !== undefined && (isFunctionDeclaration(declaration) || (isVariableDeclaration(declaration) && declaration.initializer !== undefined && isInlineFunction(declaration.initializer)));
  }

  private addEffect(access: DataAccess | undefined, node: ts.Node): void {
    const open = this.stack[this.stack.length - 1];
    if (!access || !open || !runsWithCall(node, open.named.node, this.file)) return;
    const { kind, library, table, bulk, list, isBatched } = access;
    // A function that is given nothing asks for the same thing each time, which no batch makes fewer.
    const isAboutItem = kind === 'request' && open.named.node.parameters.length > 0;
    open.effects.push({ kind, library, table, ...(isAboutItem && { bulk, list }), ...(isBatched && { isBatched }), line: this.file.lineOf(node) });
  }

  private close({ name, named, effects, calls }: OpenFunction): void {
    const { file } = this;
    const isTopLevel = !name.includes('.');
    this.functions.push({
      name,
      exportedAs: isTopLevel ? (this.exports.get(named.name) ?? (named.name === 'default' ? ['default'] : [])) : [],
      range: file.lines.range(file.span(named.declaration)),
      nameRange: file.lines.range({ start: named.nameNode.getStart(file.source), end: Math.min(named.nameNode.end, named.nameNode.getStart(file.source) + 80) }),
      hash: functionHash(file.text, named.node.getStart(file.source), named.node.end),
      isAsync: isAsync(named.node),
      parameters: named.node.parameters.map(readParameter),
      effects,
      calls,
      heat: heatSignal(named, file) as HeatSignal | undefined,
    });
  }
}

/** `axios.defaults.timeout = 5_000` holds for every call that names no other. */
function processSettings(text: string): FileFacts['settings'] {
  return text.includes('defaults.timeout') && /\baxios\.defaults\.timeout\s*=/.test(text) ? ['axios.defaults.timeout'] : undefined;
}

/** What is imported from somewhere else than the project itself. */
function packagesOf(file: TypeScriptFile): readonly string[] {
  const modules = [...file.imports.values()].map(({ module }) => module);
  for (const statement of file.source.statements) {
    // `import '@sentry/node'` binds no name and is in no table.
    if (isImportDeclaration(statement) && !statement.importClause && isStringLiteral(statement.moduleSpecifier)) modules.push(statement.moduleSpecifier.text);
  }
  return [...new Set(modules)].filter((module) => !PROJECT_MODULE.test(module));
}

function readParameter(parameter: ts.ParameterDeclaration): ParameterFact {
  return {
    name: parameter.name.getText(),
    type: parameter.type?.getText(),
    optional: parameter.questionToken !== undefined || parameter.initializer !== undefined || parameter.dotDotDotToken !== undefined,
  };
}

/** A call's place: which loops of its function are open. */
function isLoopNode(node: ts.Node): boolean {
  return LOOP_KINDS.has(node.kind);
}

/** Local name -> the names it is exported under. Classes count too: their methods are reached through them. */
function exportedNames(source: ts.SourceFile): ReadonlyMap<string, string[]> {
  const names = new Map<string, string[]>();
  const add = (local: string, exported: string): void => {
    names.set(local, [...(names.get(local) ?? []), exported]);
  };
  for (const statement of source.statements) {
    if (isExportDeclaration(statement) && !statement.moduleSpecifier && statement.exportClause && isNamedExports(statement.exportClause)) {
      for (const element of statement.exportClause.elements) add((element.propertyName ?? element.name).text, element.name.text);
    } else if (isExportAssignment(statement) && isIdentifier(statement.expression)) {
      add(statement.expression.text, 'default');
    } else if (canHaveModifiers(statement)) {
      readModifiers(statement, add);
    } else if (isExpressionStatement(statement)) {
      readCommonJs(statement.expression, add);
    }
  }
  return names;
}

function readModifiers(statement: ts.Statement & ts.HasModifiers, add: (local: string, exported: string) => void): void {
  const modifiers = getModifiers(statement) ?? [];
  if (!modifiers.some((modifier) => modifier.kind === Kind.ExportKeyword)) return;
  const isDefault = modifiers.some((modifier) => modifier.kind === Kind.DefaultKeyword);
  if (isVariableStatement(statement)) {
    for (const { name } of statement.declarationList.declarations) if (isIdentifier(name)) add(name.text, name.text);
  } else if ((isFunctionDeclaration(statement) || isClassDeclaration(statement)) && statement.name) {
    add(statement.name.text, isDefault ? 'default' : statement.name.text);
  }
}

/** `module.exports = { a, b }`, `module.exports = f` and `exports.a = …`. */
function readCommonJs(expression: ts.Expression, add: (local: string, exported: string) => void): void {
  if (!isBinaryExpression(expression) || expression.operatorToken.kind !== Kind.EqualsToken) return;
  const target = expression.left.getText();
  const value = expression.right;
  if (target === 'module.exports' && isObjectLiteralExpression(value)) {
    for (const property of value.properties) {
      if (isShorthandPropertyAssignment(property)) add(property.name.text, property.name.text);
      else if (isPropertyAssignment(property) && isIdentifier(property.initializer)) add(property.initializer.text, property.name.getText());
    }
  } else if (target === 'module.exports' && isIdentifier(value)) {
    add(value.text, 'default');
  } else if (/^(?:module\.)?exports\.\w+$/.test(target)) {
    const name = target.slice(target.lastIndexOf('.') + 1);
    add(isIdentifier(value) ? value.text : name, name);
  }
}

function readReexports(source: ts.SourceFile): FileFacts['reexports'] {
  const found: { exportedAs: string; module: string; name: string }[] = [];
  for (const statement of source.statements) {
    if (!isExportDeclaration(statement) || !statement.moduleSpecifier || !isStringLiteral(statement.moduleSpecifier)) continue;
    const module = statement.moduleSpecifier.text;
    const clause = statement.exportClause;
    if (!clause) found.push({ exportedAs: '*', module, name: '*' });
    else if (isNamedExports(clause)) {
      for (const element of clause.elements) found.push({ exportedAs: element.name.text, module, name: (element.propertyName ?? element.name).text });
    }
  }
  return found;
}
