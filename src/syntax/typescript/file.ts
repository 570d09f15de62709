import { ts } from 'ts-morph';
import type { CalleeReference } from '../../core/facts';
import type { OrmQuery } from '../../core/ormQuery';
import { LineIndex, type Span } from '../../core/text';
import type { SqlStatement } from '../sql/statement';
import { calleeReference } from './callees';
import type { DataAccess } from './dataAccess';
import { classifyCall } from './dataAccess';
import { sqlIn } from './embeddedSql';
import { readImports, type ImportTable } from './imports';
import { inferShape, type Shape } from './inference';
import { findLoopAround, type Loop } from './loops';
import { NameUses } from './nameUses';
import { parseTypeScript } from './parse';
import { ormQueryOf } from './queries/ormQuery';
import { Scopes } from './scopes';

const { isClassDeclaration, isInterfaceDeclaration, isTypeAliasDeclaration } = ts;

export type NamedType = ts.InterfaceDeclaration | ts.ClassDeclaration | ts.TypeAliasDeclaration;

/**
 * One parsed file and what a matcher may ask about it.
 * Everything but the tree is computed on first use, because most files ask for nothing.
 */
export class TypeScriptFile {
  readonly lines: LineIndex;
  readonly scopes: Scopes;
  /** Where names and properties are used; costs one walk of the file when first asked. */
  readonly uses: NameUses;
  private importTable?: ImportTable;
  private typeTable?: ReadonlyMap<string, NamedType>;
  private readonly statements = new Map<ts.Node, readonly SqlStatement[]>();
  private readonly loops = new LastAnswer((node: ts.Node) => findLoopAround(node, this));
  private readonly blocks = new Map<ts.Node, Loop | undefined>();
  private readonly mentions = new Map<RegExp, Mentions>();
  private readonly importing = new Map<RegExp, boolean>();
  private moduleNames?: readonly string[];
  private readonly callees = new LastAnswer((call: ts.CallExpression) => calleeReference(call, this));
  private readonly accesses = new LastAnswer((call: ts.CallExpression) => classifyCall(call, this));
  private readonly queries = new LastAnswer((call: ts.CallExpression) => this.readQuery(call));

  constructor(
    readonly path: string,
    readonly text: string,
    readonly source: ts.SourceFile = parseTypeScript(path, text),
  ) {
    this.lines = new LineIndex(text);
    this.scopes = new Scopes(this.source);
    this.uses = new NameUses(this.source, this.scopes);
  }

  get imports(): ImportTable {
    return (this.importTable ??= readImports(this.source));
  }

  /** Whether any import names a module that matches; remembered by the pattern object, which is a constant therefore. */
  importsFrom(pattern: RegExp): boolean {
    let known = this.importing.get(pattern);
    if (known === undefined) {
      known = this.modules.some((module) => pattern.test(module));
      this.importing.set(pattern, known);
    }
    return known;
  }

  /** What is imported under some name, each module once. */
  private get modules(): readonly string[] {
    return (this.moduleNames ??= [...new Set([...this.imports.values()].map(({ module }) => module))]);
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
    return this.loops.of(node);
  }

  /** The same for a block, remembered: whatever stands in it runs as often as it does. */
  loopAroundBlock(block: ts.Block): Loop | undefined {
    let loop = this.blocks.get(block);
    if (loop === undefined && !this.blocks.has(block)) this.blocks.set(block, (loop = findLoopAround(block, this)));
    return loop;
  }

  /** What a call does outside the process, where a library or a literal statement says so. */
  dataAccess(call: ts.CallExpression): DataAccess | undefined {
    return this.accesses.of(call);
  }

  /** The ORM query that a call makes, where all of its conditions are known. */
  ormQuery(call: ts.CallExpression): OrmQuery | undefined {
    return this.queries.of(call);
  }

  /** What a call calls, as far as this file can tell. */
  callee(call: ts.CallExpression): CalleeReference | undefined {
    return this.callees.of(call);
  }

  /** The SQL statements in a string, template or concatenation. */
  sql(node: ts.Expression): readonly SqlStatement[] {
    let statements = this.statements.get(node);
    if (!statements) this.statements.set(node, (statements = sqlIn(node, this)));
    return statements;
  }

  /** Where a word first occurs in a node's text, as an offset into the file. The pattern is a constant without flags `g` and `y`. */
  firstMention(node: ts.Node, word: RegExp): number | undefined {
    let mentions = this.mentions.get(word);
    if (mentions === undefined) this.mentions.set(word, (mentions = new Mentions(this.text, word)));
    return node === this.source ? mentions.first : mentions.within(node.pos, node.end);
  }

  private readQuery(call: ts.CallExpression): OrmQuery | undefined {
    const access = this.dataAccess(call);
    return access && ormQueryOf(call, access, this);
  }

  span(node: ts.Node): Span {
    return { start: node.getStart(this.source), end: node.end };
  }

  lineOf(node: ts.Node): number {
    return this.lines.positionAt(node.getStart(this.source)).line;
  }
}

/**
 * Rules ask the same things of one node, one after the other, and then never again. Remembering the last
 * answer costs nothing; a map entry for each call of a file cost more than the answers.
 */
class LastAnswer<Node extends ts.Node, Answer> {
  private node?: Node;
  private answer?: Answer;

  constructor(private readonly ask: (node: Node) => Answer | undefined) {}

  of(node: Node): Answer | undefined {
    if (node !== this.node) {
      this.answer = this.ask(node);
      this.node = node;
    }
    return this.answer;
  }
}

/** Where a word occurs in a text. Most files hold none, so that the first search answers for all of their nodes. */
class Mentions {
  readonly first: number | undefined;
  private all?: readonly number[];

  constructor(
    private readonly text: string,
    private readonly word: RegExp,
  ) {
    const at = text.search(word);
    this.first = at === -1 ? undefined : at;
  }

  /** The first that begins at `start` or later, and before `end`. */
  within(start: number, end: number): number | undefined {
    if (this.first === undefined || this.first >= end) return undefined;
    if (this.first >= start) return this.first;
    this.all ??= Array.from(this.text.matchAll(new RegExp(this.word, `${this.word.flags}g`)), ({ index }) => index);
    const next = this.all.find((offset) => offset >= start);
    return next !== undefined && next < end ? next : undefined;
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
