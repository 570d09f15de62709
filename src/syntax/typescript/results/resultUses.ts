import { ts } from 'ts-morph';
import type { ResultUse, ResultUseKind, ResultUses } from '../../../core/resultUse';
import type { TypeScriptFile } from '../file';
import { loopsAround } from '../loops';
import { enclosingFunction, isWithin, some, unwrap } from '../nodes';
import { bindingReads, callbackReads, NO_READS, pathFrom, usesOf, type RowReads } from './rowReads';

const Kind = ts.SyntaxKind;
const {
  isArrayBindingPattern, isBinaryExpression, isCallExpression, isConditionalExpression, isElementAccessExpression, isForOfStatement, isIdentifier, isIfStatement, isNewExpression, isNumericLiteral,
  isPrefixUnaryExpression, isPropertyAccessExpression, isSpreadElement, isVariableDeclaration, isVariableDeclarationList,
} = ts;

/** Everything that is done with the rows a query returns, in the function that asks for them. */
export function resultUses(call: ts.CallExpression, file: TypeScriptFile): ResultUses {
  const collector = new UseCollector(call, file);
  collector.collection(outermost(call));
  return { uses: collector.uses, escapes: collector.escapes, partEscapes: collector.partEscapes };
}

/** The expression that holds the rows: with its `await`, parentheses and type assertions. */
function outermost(node: ts.Expression): ts.Expression {
  let at: ts.Expression = node;
  while (isTransparent(at.parent)) at = at.parent as ts.Expression;
  return at;
}

function isTransparent(node: ts.Node): boolean {
  switch (node.kind) {
    case Kind.ParenthesizedExpression:
    case Kind.AwaitExpression:
    case Kind.AsExpression:
    case Kind.NonNullExpression:
    case Kind.SatisfiesExpression:
      return true;
    default:
      return false;
  }
}

class UseCollector {
  readonly uses: ResultUse[] = [];
  escapes = false;
  partEscapes = false;
  private isPart = false;

  constructor(
    private readonly query: ts.CallExpression,
    private readonly file: TypeScriptFile,
  ) {}

  /** Follows an expression that is a list of rows. */
  collection(rows: ts.Expression): void {
    const { parent } = rows;
    if (isVariableDeclaration(parent) && parent.initializer === rows) this.declared(parent);
    else if (isPropertyAccessExpression(parent) && parent.expression === rows) this.property(parent);
    else if (isElementAccessExpression(parent) && parent.expression === rows) this.element(parent);
    else if (isForOfStatement(parent) && parent.expression === rows) this.loop(parent);
    else if (!this.isAskedOnly(rows)) this.escape();
  }

  private declared({ name }: ts.VariableDeclaration): void {
    const body = enclosingFunction(name)?.body ?? this.file.source;
    if (isIdentifier(name)) {
      for (const use of usesOf(name, body, this.file)) this.collection(outermost(use));
    } else if (isArrayBindingPattern(name) && name.elements.length === 1 && ts.isBindingElement(name.elements[0]!) && !name.elements[0].dotDotDotToken) {
      this.add('first', name, bindingReads(name.elements[0].name, body, this.file), true);
    } else this.escape();
  }

  private property(access: ts.PropertyAccessExpression): void {
    const name = access.name.text;
    if (name === 'length') return this.add(asksForExistence(access) ? 'existence' : 'count', access, NO_READS);
    const call = access.parent;
    if (!isCallExpression(call) || call.expression !== access) this.escape();
    else this.method(name, call);
  }

  private method(name: string, call: ts.CallExpression): void {
    const [callback] = call.arguments;
    const rows = callbackReads(callback, this.file);
    switch (name) {
      case 'map':
        return this.add(kindOfMapped(call, callback), call, rows);
      case 'forEach':
      case 'flatMap':
        return this.add('each', call, rows);
      case 'filter':
        this.add(isPlainTest(callback) ? 'filter' : 'each', call, rows);
        return this.part(call);
      case 'sort':
      case 'toSorted':
        this.add('sort', call, callback === undefined ? NO_READS : both(rows, callbackReads(callback, this.file, 1)));
        return this.part(call);
      case 'some':
      case 'every':
        return this.add(isPlainTest(callback) ? 'find' : 'each', call, rows);
      case 'find':
        return this.add(isPlainTest(callback) ? 'find' : 'each', call, both(rows, this.single(call)), true);
      case 'reduce':
        return this.add(isSum(callback) ? 'sum' : 'each', call, callbackReads(callback, this.file, 1));
      case 'at':
        return this.add('first', call, this.single(call), true);
      case 'slice':
        this.add('first', call, NO_READS);
        return this.part(call);
      default:
        this.escape();
    }
  }

  private element(access: ts.ElementAccessExpression): void {
    // By a running index it is a loop over the rows.
    if (isNumericLiteral(access.argumentExpression)) this.add('first', access, this.single(access), true);
    else this.escape();
  }

  /** What is done with one row that an expression yields. */
  private single(row: ts.Expression): RowReads {
    const whole = outermost(row);
    const path = pathFrom(whole);
    if (path.length > 0) return { reads: [path], escapes: false };
    const { parent } = whole;
    if (isVariableDeclaration(parent)) return bindingReads(parent.name, enclosingFunction(parent)?.body ?? this.file.source, this.file);
    return { reads: [], escapes: !this.isAskedOnly(whole) };
  }

  private loop(statement: ts.ForOfStatement): void {
    const declaration = isVariableDeclarationList(statement.initializer) ? statement.initializer.declarations[0] : undefined;
    if (declaration === undefined) this.escape();
    else this.add('each', statement.expression, bindingReads(declaration.name, statement.statement, this.file));
  }

  /** Follows what a filter, a sort or a slice has made of the rows. */
  private part(call: ts.CallExpression): void {
    const outer = this.isPart;
    this.isPart = true;
    this.collection(outermost(call));
    this.isPart = outer;
  }

  /** @param isFew where a row goes on, it is one of a few */
  private add(kind: ResultUseKind, node: ts.Node, { reads, escapes }: RowReads, isFew = false): void {
    // In a loop that does not ask again, the rows are looked through many times, for which they had to be read.
    const isRepeated = loopsAround(node, this.file).some((loop) => !isWithin(this.query, loop.node));
    this.uses.push({ kind: isRepeated ? 'each' : kind, span: this.file.span(node), reads, isPart: this.isPart });
    if (escapes && isFew) this.partEscapes = true;
    else if (escapes) this.escape();
  }

  private escape(): void {
    if (this.isPart) this.partEscapes = true;
    else this.escapes = true;
  }

  /** `if (rows)`, `!rows`, `rows ? … : …`: nothing of the rows is used. */
  private isAskedOnly(rows: ts.Expression): boolean {
    const { parent } = rows;
    if (isPrefixUnaryExpression(parent) || (isIfStatement(parent) && parent.expression === rows)) return true;
    if (isConditionalExpression(parent)) return parent.condition === rows;
    return ts.isExpressionStatement(parent) || ts.isVoidExpression(parent);
  }
}

const both = (a: RowReads, b: RowReads): RowReads => ({ reads: [...a.reads, ...b.reads], escapes: a.escapes || b.escapes });

/** A number that is only compared with nothing: `rows.length > 0`, `!rows.length`, `rows.length ? a : b`. */
export function asksForExistence(number: ts.Expression): boolean {
  const whole = outermost(number);
  const { parent } = whole;
  if (isPrefixUnaryExpression(parent)) return parent.operator === Kind.ExclamationToken;
  if (isIfStatement(parent)) return parent.expression === whole;
  if (isConditionalExpression(parent)) return parent.condition === whole;
  if (isCallExpression(parent)) return parent.expression.getText() === 'Boolean';
  if (!isBinaryExpression(parent)) return false;
  if (parent.operatorToken.kind === Kind.AmpersandAmpersandToken) return parent.left === whole && isCondition(parent);
  return existenceTest(parent, whole) !== undefined;
}

const isCondition = (node: ts.Expression): boolean => isIfStatement(node.parent) || isPrefixUnaryExpression(node.parent) || isConditionalExpression(node.parent);

/** Whether a comparison of a number asks for "some" or for "none"; undefined where the number itself matters. */
export function existenceTest(comparison: ts.BinaryExpression, number: ts.Expression): 'some' | 'none' | undefined {
  const isLeft = comparison.left === number;
  const other = unwrap(isLeft ? comparison.right : comparison.left);
  if (!isNumericLiteral(other)) return undefined;
  const written = comparison.operatorToken.getText();
  const operator = isLeft ? written : (MIRRORED[written] ?? written);
  return TESTS[`${operator} ${other.text}`];
}

const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };
const TESTS: Readonly<Record<string, 'some' | 'none'>> = { '> 0': 'some', '>= 1': 'some', '!== 0': 'some', '!= 0': 'some', '=== 0': 'none', '== 0': 'none', '< 1': 'none', '<= 0': 'none' };

/** A test that compares and calls nothing is one that a database can make. */
function isPlainTest(callback: ts.Expression | undefined): boolean {
  const fn = callback && unwrap(callback);
  return fn !== undefined && ts.isArrowFunction(fn) && ts.isExpression(fn.body) && !some(fn.body, isCallExpression);
}

/** `new Set(rows.map(…)).size` asks for the number of different values, `Math.max(...rows.map(…))` for the largest. */
function kindOfMapped(call: ts.CallExpression, callback: ts.Expression | undefined): ResultUseKind {
  const whole = outermost(call);
  const { parent } = whole;
  const body = callback && ts.isArrowFunction(unwrap(callback)) ? (unwrap(callback) as ts.ArrowFunction).body : undefined;
  // Only one column by itself can be reduced by the database as it is.
  const isColumn = body !== undefined && ts.isExpression(body) && isPropertyAccessExpression(unwrap(body));
  if (isNewExpression(parent) && parent.expression.getText() === 'Set' && isColumn && isSized(parent)) return 'distinct';
  if (isSpreadElement(parent) && isCallExpression(parent.parent) && /^Math\.(?:max|min)$/.test(parent.parent.expression.getText())) return 'extreme';
  if (isPropertyAccessExpression(parent) && isCallExpression(parent.parent) && parent.name.text === 'reduce' && isSum(parent.parent.arguments[0])) return 'sum';
  return 'each';
}

const isSized = (set: ts.Expression): boolean => isPropertyAccessExpression(outermost(set).parent) && (outermost(set).parent as ts.PropertyAccessExpression).name.text === 'size';

/** `(total, row) => total + row.price`: numbers are added, texts and lists are not. */
function isSum(callback: ts.Expression | undefined): boolean {
  const fn = callback && unwrap(callback);
  if (!fn || !ts.isArrowFunction(fn) || !ts.isExpression(fn.body)) return false;
  const sum = unwrap(fn.body);
  const [total] = fn.parameters;
  return isBinaryExpression(sum) && sum.operatorToken.kind === Kind.PlusToken && total !== undefined && unwrap(sum.left).getText() === total.name.getText();
}

