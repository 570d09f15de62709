import type { CalleeReference } from '../../core/facts';
import { LineIndex } from '../../core/text';
import type { SqlStatement } from '../sql/statement';
import { inheritedMethod } from './callees';
import { declaredClass, managersOf } from './classes';
import { classifyCall, type DataAccess } from './data/access';
import { sqlIn } from './embeddedSql';
import { namedFunctions, type NamedFunction } from './functions';
import { bindingValue, inferValue } from './inference';
import { loopsAround, type Loop } from './loops';
import { mutatedCollections } from './mutation';
import { Names, qualifiedDeclaration } from './names';
import { NameUses } from './nameUses';
import type { PythonNode } from './node';
import type { Binding } from './scope';
import { Scopes } from './scopes';
import { scriptEntries } from './script';
import { parsePython, type PythonTree } from './tree';
import type { Value } from './values';

export { PythonNode } from './node';
export type { Value, ValueKind } from './values';
export type { DataAccess } from './data/access';
export type { Loop } from './loops';

/**
 * One parsed file and what a matcher may ask about it. Whatever needs more than the
 * tree is computed when it is first asked for, and kept.
 */
export class PythonFile {
  private scopeTable?: Scopes;
  private nameTable?: Names;
  private managerNames?: ReadonlySet<string>;
  private nameUses?: NameUses;
  private functionTable?: ReadonlyMap<number, NamedFunction>;
  private classTable?: ReadonlyMap<string, PythonNode>;
  private entryNames?: ReadonlySet<string>;
  /** What is kept per node stands at the node's row; null where it was looked for and is not known. */
  private readonly values: (Value | null | undefined)[];
  private readonly accesses: (DataAccess | null | undefined)[];
  private readonly statements = new Map<PythonNode, readonly SqlStatement[]>();
  private mutatedNames?: ReadonlySet<string>;
  private readonly bindingValues = new Map<Binding, Value | undefined>();
  private readonly classValues = new Map<PythonNode, Value>();
  private readonly statementLoops = new Map<PythonNode, Loop>();
  private readonly methods = new Map<string, CalleeReference | undefined>();
  private readonly loops: (readonly Loop[] | undefined)[];

  /**
   * @param tree a full parse by default; an editor may hand over a tree it re-parsed incrementally
   * @param lines where the offsets of the text stand; those of a notebook's code lie in another text
   */
  constructor(
    readonly path: string,
    readonly text: string,
    readonly tree: PythonTree = parsePython(text),
    readonly lines: LineIndex = new LineIndex(text),
  ) {
    this.values = new Array(tree.size);
    this.accesses = new Array(tree.size);
    this.loops = new Array(tree.size);
  }

  get root(): PythonNode {
    return this.tree.root;
  }

  get scopes(): Scopes {
    return (this.scopeTable ??= new Scopes(this.tree));
  }

  get names(): Names {
    return (this.nameTable ??= new Names(this.scopes));
  }

  /** The dotted names of Django models that this file uses: those in front of `.objects`. */
  get managers(): ReadonlySet<string> {
    return (this.managerNames ??= managersOf(this));
  }

  /** Named functions by their row in the tree. */
  get functions(): ReadonlyMap<number, NamedFunction> {
    return (this.functionTable ??= namedFunctions(this.tree));
  }

  /** Classes by qualified name. */
  get classes(): ReadonlyMap<string, PythonNode> {
    return (this.classTable ??= new Map(this.root.descendants('ClassDefinition').map((node) => [qualifiedDeclaration(node), node])));
  }

  /** The names called under `if __name__ == "__main__":`. */
  get scriptEntries(): ReadonlySet<string> {
    return (this.entryNames ??= scriptEntries(this.root));
  }

  /** True where the file imports one of these top-level packages, anywhere. */
  imports(...packages: readonly string[]): boolean {
    return packages.some((name) => this.scopes.packages.has(name));
  }

  /** Every place where a name is read, in reading order; names of other scopes included. */
  usesOf(name: string): readonly PythonNode[] {
    this.nameUses ??= new NameUses(this.tree, this.scopes);
    return this.nameUses.of(name);
  }

  /** What an expression's value is known to be. */
  valueOf(expression: PythonNode): Value | undefined {
    const row = expression.index;
    const known = this.values[row];
    if (known !== undefined) return known ?? undefined;
    // Set first: `x = x.next` asks for itself.
    this.values[row] = null;
    const value = inferValue(expression, this);
    if (value !== undefined) this.values[row] = value;
    return value;
  }

  /** What a call does outside the process, where a library or a literal statement says so. */
  dataAccess(call: PythonNode): DataAccess | undefined {
    const row = call.index;
    const known = this.accesses[row];
    if (known !== undefined) return known ?? undefined;
    this.accesses[row] = null;
    const access = classifyCall(call, this);
    if (access !== undefined) this.accesses[row] = access;
    return access;
  }

  /** The SQL statements in a string expression. */
  sql(expression: PythonNode): readonly SqlStatement[] {
    let found = this.statements.get(expression);
    if (found === undefined) this.statements.set(expression, (found = sqlIn(expression, this)));
    return found;
  }

  /** The loops that run `node` once per iteration, innermost first, up to the function around it. */
  loopsAround(node: PythonNode): readonly Loop[] {
    return (this.loops[node.index] ??= loopsAround(node, this));
  }

  /** The loop of a statement, described once, so that what is found out about it can be kept by it. */
  loopOf(statement: PythonNode, describe: () => Loop): Loop {
    let loop = this.statementLoops.get(statement);
    if (loop === undefined) this.statementLoops.set(statement, (loop = describe()));
    return loop;
  }

  /** What a binding gives its name. */
  valueOfBinding(binding: Binding): Value | undefined {
    if (!this.bindingValues.has(binding)) {
      this.bindingValues.set(binding, undefined);
      this.bindingValues.set(binding, bindingValue(binding, this));
    }
    return this.bindingValues.get(binding);
  }

  /** The class object behind a declaration of this file. */
  classOf(declaration: PythonNode): Value {
    let value = this.classValues.get(declaration);
    if (value === undefined) this.classValues.set(declaration, (value = declaredClass(declaration, this)));
    return value;
  }

  /** A method of a class of this file or of its bases, as other files name it. */
  methodOf(className: string, method: string): CalleeReference | undefined {
    const key = `${className}.${method}`;
    if (!this.methods.has(key)) this.methods.set(key, inheritedMethod(className, method, this));
    return this.methods.get(key);
  }

  /** Names and attributes, as written, that the file changes in place anywhere. */
  get mutated(): ReadonlySet<string> {
    return (this.mutatedNames ??= mutatedCollections(this.root));
  }

  /** Zero-based. */
  lineOf(node: PythonNode): number {
    return this.lines.positionAt(node.start).line;
  }
}
