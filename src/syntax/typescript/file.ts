import { ts } from 'ts-morph';
import type { CalleeReference } from '../../core/facts';
import { LineIndex, type Span } from '../../core/text';
import type { SqlStatement } from '../sql/statement';
import { calleeReference } from './callees';
import type { DataAccess } from './dataAccess';
import { classifyCall } from './dataAccess';
import { sqlIn } from './embeddedSql';
import { readImports, type ImportTable } from './imports';
import { inferShape, type Shape } from './inference';
import { findLoopAround, type Loop } from './loops';
import { parseTypeScript } from './parse';
import { Scopes } from './scopes';

const { isClassDeclaration, isInterfaceDeclaration, isTypeAliasDeclaration } = ts;

export type NamedType = ts.InterfaceDeclaration | ts.ClassDeclaration | ts.TypeAliasDeclaration;

/**
 * One parsed file and what a matcher may ask about it.
 * Everything but the tree is computed on first use, because most files ask for nothing.
 */
export class TypeScriptFile {
  readonly source: ts.SourceFile;
  readonly lines: LineIndex;
  readonly scopes: Scopes;
  private importTable?: ImportTable;
  private typeTable?: ReadonlyMap<string, NamedType>;
  private readonly statements = new Map<ts.Node, readonly SqlStatement[]>();
  private readonly loops = new Map<ts.Node, Loop | null>();
  private readonly mentions = new Map<ts.Node, number | null>();
  private readonly importing = new Map<string, boolean>();
  private readonly callees = new Map<ts.CallExpression, CalleeReference | null>();
  private readonly accesses = new Map<ts.CallExpression, DataAccess | undefined>();

  constructor(
    readonly path: string,
    readonly text: string,
  ) {
    this.source = parseTypeScript(path, text);
    this.lines = new LineIndex(text);
    this.scopes = new Scopes(this.source);
  }

  get imports(): ImportTable {
    return (this.importTable ??= readImports(this.source));
  }

  /** Whether any import names a module that matches; remembered for each pattern. */
  importsFrom(pattern: RegExp): boolean {
    let known = this.importing.get(pattern.source);
    if (known === undefined) {
      known = [...this.imports.values()].some(({ module }) => pattern.test(module));
      this.importing.set(pattern.source, known);
    }
    return known;
  }

  /** Types declared at the top of this file, by name. */
  get types(): ReadonlyMap<string, NamedType> {
    return (this.typeTable ??= readTypes(this.source));
  }

  shape(expression: ts.Expression): Shape {
    return inferShape(expression, this);
  }

  /** The innermost loop or array callback that runs `node` once per iteration, inside its own function. */
  loopAround(node: ts.Node): Loop | undefined {
    let loop = this.loops.get(node);
    if (loop === undefined) this.loops.set(node, (loop = findLoopAround(node, this) ?? null));
    return loop ?? undefined;
  }

  /** What a call does outside the process, where a library or a literal statement says so. */
  dataAccess(call: ts.CallExpression): DataAccess | undefined {
    if (!this.accesses.has(call)) {
      // Set first: classification may follow initialisers back to the same call.
      this.accesses.set(call, undefined);
      this.accesses.set(call, classifyCall(call, this));
    }
    return this.accesses.get(call);
  }

  /** What a call calls, as far as this file can tell. */
  callee(call: ts.CallExpression): CalleeReference | undefined {
    let callee = this.callees.get(call);
    if (callee === undefined) this.callees.set(call, (callee = calleeReference(call, this) ?? null));
    return callee ?? undefined;
  }

  /** The SQL statements in a string, template or concatenation. */
  sql(node: ts.Expression): readonly SqlStatement[] {
    let statements = this.statements.get(node);
    if (!statements) this.statements.set(node, (statements = sqlIn(node, this)));
    return statements;
  }

  /** Where a word first occurs in a node's text, as an offset into the file; remembered for each node. */
  firstMention(node: ts.Node, word: RegExp): number | undefined {
    let offset = this.mentions.get(node);
    if (offset === undefined) {
      const found = word.exec(this.text.slice(node.pos, node.end));
      this.mentions.set(node, (offset = found ? node.pos + found.index : null));
    }
    return offset ?? undefined;
  }

  span(node: ts.Node): Span {
    return { start: node.getStart(this.source), end: node.end };
  }

  lineOf(node: ts.Node): number {
    return this.lines.positionAt(node.getStart(this.source)).line;
  }
}

function readTypes(source: ts.SourceFile): ReadonlyMap<string, NamedType> {
  const table = new Map<string, NamedType>();
  for (const statement of source.statements) {
    if (isInterfaceDeclaration(statement) || isTypeAliasDeclaration(statement)) table.set(statement.name.text, statement);
    else if (isClassDeclaration(statement) && statement.name) table.set(statement.name.text, statement);
  }
  return table;
}
