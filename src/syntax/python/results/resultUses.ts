import type { ReadPath } from '../../../core/models';
import type { ResultUse, ResultUseKind, ResultUses } from '../../../core/resultUse';
import { argumentAt, argumentsOf, calleeOf, isComprehension, keywordArgument, memberOf, outerParent, subscriptOf } from '../expressions';
import type { PythonFile } from '../file';
import { pathFrom } from '../models/members';
import type { PythonNode } from '../node';
import { clausesOf, forParts, parametersOf, simpleAssignment } from '../statements';
import { asksForExistence } from './existence';

/** Everything that is done with the rows a query returns, in the function that asks for them. */
export function resultUses(query: PythonNode, file: PythonFile): ResultUses {
  const collector = new UseCollector(query, file);
  collector.collection(query);
  return { uses: collector.uses, escapes: collector.escapes, partEscapes: collector.partEscapes };
}

/** Functions that hand on every row they are given. */
const COPIES = /^(?:list|tuple|reversed|iter|enumerate)$/;

const RESULT_FORMS = /^(?:all|scalars|unique|fetchall|partitions)$/;

function isResult(rows: PythonNode, file: PythonFile): boolean {
  const value = file.valueOf(rows);
  return value?.kind === 'iterator' && value.library === 'sqlalchemy';
}

class UseCollector {
  readonly uses: ResultUse[] = [];
  escapes = false;
  partEscapes = false;
  private isPart = false;
  private depth = 0;

  constructor(
    private readonly query: PythonNode,
    private readonly file: PythonFile,
  ) {}

  /** Follows an expression that is a list of rows. */
  collection(rows: PythonNode): void {
    // A list that is made of itself in a loop would not end.
    if (this.depth > 8) return this.escape();
    this.depth++;
    this.follow(rows);
    this.depth--;
  }

  private follow(rows: PythonNode): void {
    const parent = outerParent(rows);
    if (parent === undefined) return this.escape();
    if (parent.kind === 'AwaitExpression') return this.collection(parent);
    if (asksForExistence(rows)) return this.add('existence', rows, []);
    switch (parent.kind) {
      case 'AssignStatement':
        return this.assigned(rows, parent);
      case 'ForStatement':
        return this.loop(rows, parent);
      case 'ArgList':
        return isComprehension(parent) ? this.comprehension(parent) : this.argument(rows, parent.parent!);
      case 'MemberExpression':
        return this.member(rows, parent);
      case 'ExpressionStatement':
        return;
      default:
        return isComprehension(parent) ? this.comprehension(parent) : this.escape();
    }
  }

  private assigned(rows: PythonNode, statement: PythonNode): void {
    const target = simpleAssignment(statement)?.target;
    if (target?.kind !== 'VariableName') return this.escape();
    const resolution = this.file.scopes.resolve(target.text, target);
    const bindings = resolution?.bindings ?? [];
    // A name that is bound again, or that functions inside share, means more than these rows.
    if (bindings.length !== 1 || resolution?.scope.node.kind === 'Script') return this.escape();
    for (const use of this.file.usesOf(target.text)) {
      if (use.index > rows.index && this.file.scopes.resolve(target.text, use)?.bindings === bindings) this.collection(use);
    }
  }

  private loop(rows: PythonNode, statement: PythonNode): void {
    const { targets, body } = forParts(statement);
    const target = targets.length === 1 ? targets[0] : undefined;
    if (target === undefined || body === undefined) return this.escape();
    this.add('each', rows, this.readsOf(target, body));
  }

  /** `[row.name for row in rows if row.live]`, in whatever takes it. */
  private comprehension(node: PythonNode): void {
    const [clause, ...others] = clausesOf(node);
    const target = clause?.targets.length === 1 ? clause.targets[0] : undefined;
    if (target === undefined || others.length > 0) return this.escape();
    const element = node.children.find((child) => !/^[[{(]$/.test(child.kind));
    // A column by itself is what a database can reduce; with conditions they are a filter too.
    const isColumn = element !== undefined && memberOf(element)?.object.text === target.text;
    // A test that compares and calls nothing is one that a database can make.
    const isFiltered = clause!.conditions.length > 0 && clause!.conditions.every((condition) => condition.kind !== 'CallExpression' && condition.descendants('CallExpression').length === 0);
    const kind = kindOfComprehension(node, consumerOf(node), isColumn, isFiltered);
    // What a condition has kept is a part of the rows; the condition itself sees all of them.
    const kept = new Set(element?.text === target.text && clause!.conditions.length > 0 ? [element] : []);
    const place = /^(?:sum|extreme|count|distinct|group)$/.test(kind) ? (consumingCall(node) ?? node) : node;
    this.add(kind, place, this.readsOf(target, node, kept));
    if (kept.size > 0) this.partEscapes = true;
  }

  private argument(rows: PythonNode, call: PythonNode): void {
    const name = calleeOf(call)?.kind === 'VariableName' ? calleeOf(call)!.text : undefined;
    const isFirst = argumentsOf(call)[0]?.value === rows || argumentsOf(call)[0]?.value.contains(rows) === true;
    if (name === undefined || !isFirst) return this.escape();
    if (COPIES.test(name)) return this.collection(call);
    if (name === 'len') return this.add(asksForExistence(call) ? 'existence' : 'count', call, []);
    if (name === 'bool') return this.add('existence', call, []);
    // Of rows of values it asks for one that is true.
    if (name === 'any' || name === 'all') return this.add('find', call, []);
    if (name === 'sum') return this.add('sum', call, []);
    if (/^(?:sorted|max|min|next)$/.test(name)) return this.keyed(name, call);
    return this.escape();
  }

  /** `sorted(rows, key=lambda row: row.total)`, `max(rows, key=...)`, `next(iter(rows))`. */
  private keyed(name: string, call: PythonNode): void {
    const key = keywordArgument(call, 'key');
    const reads = key === undefined ? [] : key.kind === 'LambdaExpression' ? this.lambdaReads(key) : attributeKey(key);
    if (reads === undefined) return this.escape();
    this.add(name === 'sorted' ? 'sort' : name === 'next' ? 'first' : 'extreme', call, reads);
    this.part(() => (name === 'sorted' ? this.collection(call) : this.single(call)));
  }

  private member(rows: PythonNode, parent: PythonNode): void {
    const call = parent.parent;
    // A result of SQLAlchemy hands its rows on in another form.
    if (RESULT_FORMS.test(memberOf(parent)?.name ?? '') && call?.kind === 'CallExpression' && calleeOf(call) === parent && isResult(rows, this.file)) return this.collection(call);
    const subscript = subscriptOf(parent);
    if (subscript?.object !== rows && !subscript?.object.contains(rows)) return this.escape();
    this.add('first', parent, []);
    this.part(() => (subscript.isSlice ? this.collection(parent) : this.single(parent)));
  }

  /** What is done with one row that an expression yields. */
  private single(row: PythonNode): void {
    const path = pathFrom(row);
    if (path.length > 0) return this.add('each', row, [path]);
    const parent = outerParent(row);
    const target = parent && simpleAssignment(parent)?.target;
    if (target?.kind === 'VariableName') return this.add('each', row, this.readsOf(target, parent!.parent ?? parent!));
    if (parent?.kind !== 'ExpressionStatement') this.escape();
  }

  /** What is read of a row below `scope`; where the row itself goes on, it escapes. */
  private readsOf(target: PythonNode, scope: PythonNode, except: ReadonlySet<PythonNode | undefined> = new Set()): readonly ReadPath[] {
    if (target.kind !== 'VariableName') {
      this.escape();
      return [];
    }
    const uses = this.file.usesOf(target.text).filter((use) => scope.contains(use) && !except.has(use));
    const reads = uses.map(pathFrom);
    if (uses.some((use, i) => reads[i]!.length === 0 && !isAskedOnly(use))) this.escape();
    return reads.filter((path) => path.length > 0);
  }

  private lambdaReads(lambda: PythonNode): readonly ReadPath[] {
    const [parameter] = parametersOf(lambda);
    return parameter === undefined ? [] : this.readsOf(parameter.name, lambda);
  }

  private add(kind: ResultUseKind, node: PythonNode, reads: readonly ReadPath[]): void {
    // In a loop that does not ask again, the rows are looked through many times, for which they had to be read.
    const isRepeated = this.file.loopsAround(node).some((loop) => !loop.node.contains(this.query));
    this.uses.push({ kind: isRepeated ? 'each' : kind, span: { start: node.start, end: node.end }, reads, isPart: this.isPart });
  }

  /** Follows what a sort or a slice has made of the rows. */
  private part(follow: () => void): void {
    const outer = this.isPart;
    this.isPart = true;
    follow();
    this.isPart = outer;
  }

  private escape(): void {
    if (this.isPart) this.partEscapes = true;
    else this.escapes = true;
  }
}

/** `if row`, `not row`, `row is None`: the row is asked for and not handed on. */
function isAskedOnly(use: PythonNode): boolean {
  const parent = outerParent(use);
  if (parent?.kind === 'UnaryExpression' || parent?.kind === 'IfStatement') return true;
  return parent?.kind === 'BinaryExpression' && /\bis\b/.test(parent.text);
}

/** `operator.attrgetter("total")`. */
function attributeKey(key: PythonNode): readonly ReadPath[] | undefined {
  const name = key.calledName === 'attrgetter' ? argumentAt(key, 0)?.text.replace(/^["']|["']$/g, '') : undefined;
  return name === undefined ? undefined : [name.split('.')];
}

/** The function or display that takes what a comprehension yields: "sum" of `sum(...)`, "set" of `{... for ...}`. */
function consumerOf(node: PythonNode): string {
  if (node.kind === 'SetComprehensionExpression') return 'set';
  if (node.kind === 'DictionaryComprehensionExpression') return 'dict';
  const call = consumingCall(node);
  const callee = call && calleeOf(call);
  return callee?.kind === 'VariableName' ? callee.text : '';
}

function consumingCall(node: PythonNode): PythonNode | undefined {
  const list = node.kind === 'ArgList' ? node : outerParent(node);
  return list?.kind === 'ArgList' ? list.parent : undefined;
}

/** `len({row.city for row in rows})`: only the number of different values is used. */
function isMeasured(node: PythonNode): boolean {
  const set = node.kind === 'SetComprehensionExpression' ? node : (node.kind === 'ArgList' ? node : outerParent(node))?.parent;
  const list = set && outerParent(set);
  return list?.kind === 'ArgList' && calleeOf(list.parent!)?.text === 'len';
}

function kindOfComprehension(node: PythonNode, consumer: string, isColumn: boolean, isFiltered: boolean): ResultUseKind {
  switch (consumer) {
    case 'sum':
      return 'sum';
    case 'max':
    case 'min':
      return isColumn ? 'extreme' : 'each';
    case 'set':
    case 'frozenset':
      return isColumn && isMeasured(node) ? 'distinct' : 'each';
    case 'any':
    case 'all':
      return 'find';
    case 'next':
      return 'find';
    case 'len':
      return 'count';
    case 'Counter':
      return 'group';
    default:
      return isFiltered && node.kind !== 'DictionaryComprehensionExpression' ? 'filter' : 'each';
  }
}
