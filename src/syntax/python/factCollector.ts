import { TAKES_DURATIONS, type CallFact, type Effect, type FileFacts, type FunctionFact, type QueryFact, type ReferenceFact, type SchemaChange } from '../../core/facts';
import { functionHash } from '../../core/hash';
import { endOfCachedReturn } from './caching';
import { calleeReference, functionReference } from './callees';
import { isBulkWrite, type DataAccess } from './data/access';
import { blockingCall, isAwaited } from './data/blocking';
import { namedDialects } from './data/dialects';
import { loadedBy } from './data/loading';
import { argumentsOf, calleeOf, memberOf } from './expressions';
import type { PythonFile } from './file';
import type { NamedFunction } from './functions';
import { heatSignal, routeOf } from './heatSignals';
import { importedNames } from './imports';
import { declaredTables } from './declaredTables';
import { isConditional, isErrorPath, isMemoised } from './iteration';
import { callbackOf } from './loops';
import type { PythonNode } from './node';
import { readClasses } from './serializers/readClasses';
import { decoratorsOf, isAsyncFunction, parametersOf, wholeDeclaration } from './statements';

const nonEmpty = <T>(items: readonly T[]): readonly T[] | undefined => (items.length > 0 ? items : undefined);

interface OpenFunction {
  readonly named: NamedFunction;
  readonly effects: Effect[];
  readonly calls: CallFact[];
  /** Answers come from a cache, so a call of it is not known to reach what it does. */
  readonly isCached: boolean;
  /** Where the function has handed back what it kept; infinite where it keeps nothing. Found when first asked for. */
  answersUpTo?: number;
}

/** `open()` in a coroutine blocks it, so nobody waits for it: coroutines that do only this cannot overlap. */
function isBlockingFile(call: PythonNode, { kind }: DataAccess, { named }: OpenFunction): boolean {
  return kind === 'file' && isAsyncFunction(named.node) && !isAwaited(call);
}

/** A function that is given nothing asks for the same thing each time, which no batch makes fewer. */
function manyAtOnce({ bulk, list }: DataAccess, { named }: OpenFunction): Pick<Effect, 'bulk' | 'list'> {
  if (bulk === undefined && list === undefined) return {};
  const isGiven = parametersOf(named.node).some(({ name }) => !/^(?:self|cls)$/.test(name.text));
  return isGiven ? { ...(bulk !== undefined && { bulk }), ...(list !== undefined && { list }) } : {};
}

/** `session.add(row)` and its kin, whose statement is sent by the commit. */
function addsRow(declaration: PythonNode): boolean {
  return declaration.descendants('CallExpression').some((call) => {
    const member = memberOf(calleeOf(call));
    return member !== undefined && /^(?:add|merge|delete)$/.test(member.name) && /session/i.test(member.object.text);
  });
}

const CACHES = /(?:^|\.)(?:lru_cache|cache|cached|cached_property|memoize|memoized|cachedmethod|alru_cache|cache_page|ttl_cache)$/;

/** `socket.setdefaulttimeout(10)` holds for every connection that names no other. */
function processSettings(text: string): FileFacts['settings'] {
  return text.includes('setdefaulttimeout(') ? ['socket.setdefaulttimeout'] : undefined;
}

/** Gathers what other files may ask about this one, during the one walk in reading order. */
export class FactCollector {
  readonly queries: QueryFact[] = [];
  readonly schema: SchemaChange[] = [];
  private readonly functions: FunctionFact[] = [];
  private readonly references: ReferenceFact[] = [];
  private readonly stack: OpenFunction[] = [];
  private readonly prefetched = new Set<string>();

  constructor(private readonly file: PythonFile) {}

  /** The function whose body is being walked; '' at top level. */
  get functionName(): string {
    return this.stack[this.stack.length - 1]?.named.name ?? '';
  }

  /** Closes the functions that end before a row of the tree. */
  leaveUpTo(index: number): void {
    for (;;) {
      const open = this.stack[this.stack.length - 1];
      if (open === undefined || index < this.file.tree.afterAt(open.named.node.index)) return;
      this.stack.pop();
      this.functions.push(this.describe(open));
    }
  }

  enter(named: NamedFunction): void {
    const isCached = decoratorsOf(named.node).some(({ name }) => CACHES.test(name));
    this.stack.push({ named, effects: [], calls: [], isCached });
  }

  call(call: PythonNode): void {
    const open = this.stack[this.stack.length - 1];
    if (call.calledName === 'prefetch_related') this.readPrefetched(call);
    this.readArguments(call);
    if (open === undefined || open.isCached) return this.mention(calleeOf(call)!);
    const access = this.file.dataAccess(call);
    this.recordBlocking(call, access, open);
    if (access !== undefined) {
      const query = this.file.ormQuery(call);
      if (query !== undefined) this.queries.push(query.fact);
      if (!this.isRare(call, open) && !this.isManyRows(call, access, open) && !isBlockingFile(call, access, open)) {
        const { kind, library, table, relation } = access;
        open.effects.push({ kind, library, table, ...(relation !== undefined && { relation }), ...manyAtOnce(access, open), line: this.file.lineOf(call) });
      }
      return;
    }
    const callback = callbackOf(call);
    this.reference(callback?.callable ?? calleeOf(call)!, call, callback !== undefined, open);
  }

  finish(): FileFacts {
    this.leaveUpTo(this.file.tree.size);
    const functions = this.functions.sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character);
    const dialects = namedDialects(this.file);
    return {
      file: this.file.path,
      language: 'python',
      functions,
      references: this.references,
      reexports: this.reexports(),
      queries: this.queries,
      ...declaredTables(this.file, this.schema),
      ...(dialects.length > 0 && { dialects }),
      classes: nonEmpty(readClasses(this.file)),
      settings: processSettings(this.file.text),
      prefetched: nonEmpty([...this.prefetched]),
      packages: [...this.file.scopes.packages].map((name) => name.toLowerCase()),
      takesDurations: TAKES_DURATIONS.test(this.file.text),
    };
  }

  private reference(callee: PythonNode, call: PythonNode, isCallback: boolean, open: OpenFunction): void {
    const reference = calleeReference(callee, this.file);
    if (reference === undefined) return;
    if (this.isRare(call, open) || isConditional(call, open.named.node)) this.references.push({ from: open.named.name, callee: reference });
    else open.calls.push({ callee: reference, line: this.file.lineOf(call), inLoop: isCallback || this.file.loopsAround(call).length > 0 });
  }

  /** `path("orders/", views.list_orders)` and `map(load, ids)` hand a function over by its name. */
  private readArguments(call: PythonNode): void {
    for (const { value } of argumentsOf(call)) {
      const callee = functionReference(value, this.file);
      if (callee !== undefined) this.references.push({ from: this.functionName, callee, route: routeOf(call) });
    }
  }

  private readPrefetched(call: PythonNode): void {
    for (const path of loadedBy('prefetch_related', call)) for (const name of path.split('.')) if (/^\w+$/.test(name)) this.prefetched.add(name);
  }

  private mention(callee: PythonNode): void {
    const reference = calleeReference(callee, this.file);
    if (reference !== undefined) this.references.push({ from: this.functionName, callee: reference });
  }

  /** What keeps the thread matters to the coroutines that call a plain function; in a coroutine it is a finding of its own. */
  private recordBlocking(call: PythonNode, access: DataAccess | undefined, open: OpenFunction): void {
    const blocking = blockingCall(call, access, this.file);
    if (blocking === undefined || isAsyncFunction(open.named.node) || this.isRare(call, open) || isConditional(call, open.named.node)) return;
    if (call.closest('FunctionDefinition', 'LambdaExpression') !== open.named.node) return;
    open.effects.push({ kind: 'block', library: blocking.what, line: this.file.lineOf(call) });
  }

  /** What happens only on failure, or once until a value is there, is not what a call of the function costs. */
  private isRare(call: PythonNode, open: OpenFunction): boolean {
    const { node } = open.named;
    return isErrorPath(call, node) || isMemoised(call, node) || call.start > this.answersUpTo(open);
  }

  /** The calls behind what a hand-written cache hands back run on a miss only. */
  private answersUpTo(open: OpenFunction): number {
    return (open.answersUpTo ??= endOfCachedReturn(open.named.node) ?? Number.POSITIVE_INFINITY);
  }

  /**
   * A write of many rows at once, and a commit of what others added: calling the function per item is then
   * no write per row. A loop of writes is a finding of its own.
   */
  private isManyRows(call: PythonNode, { kind, verb }: DataAccess, { named }: OpenFunction): boolean {
    if (kind !== 'write') return false;
    if (isBulkWrite(verb) || this.file.loopsAround(call).length > 0) return true;
    return /^(?:commit|flush)$/.test(verb) && !addsRow(named.node);
  }

  private describe({ named, effects, calls }: OpenFunction): FunctionFact {
    const { lines } = this.file;
    const { node, name } = named;
    const isTopLevel = node.closest('ClassDefinition', 'FunctionDefinition') === undefined;
    return {
      name,
      exportedAs: isTopLevel && !name.includes('#') ? [name] : [],
      range: lines.range(wholeDeclaration(node)),
      nameRange: lines.range(node.child('VariableName')!),
      hash: functionHash(this.file.text, node.start, node.end),
      isAsync: isAsyncFunction(node),
      parameters: parametersOf(node).map(({ name: parameter, annotation, fallback, star }) => ({
        name: (star ?? '') + parameter.text,
        type: annotation?.text,
        optional: fallback !== undefined || star !== undefined,
      })),
      effects,
      calls,
      heat: heatSignal(named, this.file),
    };
  }

  /** A package's `__init__` offers what it imports from its own modules; any module what it imports with a wildcard. */
  private reexports(): FileFacts['reexports'] {
    const isPackage = /(?:^|\/)__init__\.pyi?$/.test(this.file.path);
    if (!isPackage && !/\bimport\s+\*/.test(this.file.text)) return [];
    const found: { exportedAs: string; module: string; name: string }[] = [];
    for (const statement of this.file.root.descendants('ImportStatement')) {
      if (statement.closest('FunctionDefinition', 'ClassDefinition') !== undefined) continue;
      for (const { local, module, member } of importedNames(statement)) {
        if (member === '*' || (isPackage && member !== undefined)) found.push({ exportedAs: member === '*' ? '*' : local.text, module, name: member });
      }
    }
    return found;
  }
}
