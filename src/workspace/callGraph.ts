import type { CalleeReference, EffectKind, FileFacts, FunctionFact } from '../core/facts';
import type { ReachPath } from '../core/workspaceView';
import { ModuleResolver } from './modules';

interface Place {
  readonly facts: FileFacts;
  readonly fn: FunctionFact;
}

/** A function that comes to another one by its calls: 1 calls it, 2 calls a function that does, and so on. */
export interface Caller {
  readonly file: string;
  readonly functionName: string;
  readonly distance: number;
}

/** Longer chains say little about one call, and the search must end. */
const MAX_STEPS = 5;

/** Answers what a call comes to, over the facts of all files. Answers are remembered until some file changes. */
export class CallGraph {
  private readonly functions = new Map<string, ReadonlyMap<string, FunctionFact>>();
  /** By the names under which their files offer them. */
  private readonly exports = new Map<string, ReadonlyMap<string, FunctionFact>>();
  private readonly memo = new Map<string, ReachPath | null>();
  /** Who calls a function, by its key; built when somebody asks. */
  private callers?: ReadonlyMap<string, readonly Place[]>;
  private resolver?: ModuleResolver;

  constructor(private readonly files: ReadonlyMap<string, FileFacts>) {}

  /** To be called when the facts of a file were replaced, added or removed. */
  changed(file: string, sameFiles: boolean): void {
    this.functions.delete(file);
    this.exports.delete(file);
    this.memo.clear();
    this.callers = undefined;
    if (!sameFiles) this.resolver = undefined;
  }

  /** Finds the files behind imports. */
  get modules(): ModuleResolver {
    return (this.resolver ??= new ModuleResolver(new Set(this.files.keys())));
  }

  /** Follows calls from `callee`, as named in `file`, breadth first, to the nearest effect of one of `kinds`. */
  reach(file: string, callee: CalleeReference, kinds: readonly EffectKind[]): ReachPath | undefined {
    const start = this.resolve(file, callee);
    if (!start) return undefined;
    const key = `${kinds.join()}\0${start.facts.file}\0${start.fn.name}`;
    const known = this.memo.get(key);
    if (known !== undefined) return known ?? undefined;
    const found = this.search(start, kinds);
    this.memo.set(key, found ?? null);
    return found;
  }

  /** The functions that come to a function by their calls, the nearest first. */
  callersOf(file: string, functionName: string): Caller[] {
    const start = `${file}\0${functionName}`;
    const seen = new Set([start]);
    const found: Caller[] = [];
    let frontier = [start];
    for (let distance = 1; distance <= MAX_STEPS && frontier.length > 0; distance++) {
      const next: string[] = [];
      for (const place of frontier.flatMap((key) => this.callersByKey().get(key) ?? [])) {
        const key = keyOf(place);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push(key);
        found.push({ file: place.facts.file, functionName: place.fn.name, distance });
      }
      frontier = next;
    }
    return found;
  }

  private callersByKey(): ReadonlyMap<string, readonly Place[]> {
    if (this.callers) return this.callers;
    const callers = new Map<string, Place[]>();
    for (const facts of this.files.values()) {
      for (const fn of facts.functions) {
        for (const { callee } of fn.calls) {
          const target = this.resolve(facts.file, callee);
          if (target) callers.set(keyOf(target), [...(callers.get(keyOf(target)) ?? []), { facts, fn }]);
        }
      }
    }
    return (this.callers = callers);
  }

  resolve(file: string, callee: CalleeReference): Place | undefined {
    const facts = this.files.get(file);
    if (!facts) return undefined;
    switch (callee.kind) {
      case 'local':
        return this.place(facts, callee.name);
      case 'import':
        return this.exported(this.modules.resolve(file, callee.module), callee.name);
      case 'method':
        return this.method(file, callee.owner, callee.name);
    }
  }

  private search(start: Place, kinds: readonly EffectKind[]): ReachPath | undefined {
    const seen = new Set([keyOf(start)]);
    let frontier: { place: Place; steps: Place[] }[] = [{ place: start, steps: [start] }];
    for (let depth = 0; depth < MAX_STEPS && frontier.length > 0; depth++) {
      const next: typeof frontier = [];
      for (const { place, steps } of frontier) {
        const effects = place.fn.effects.filter(({ kind }) => kinds.includes(kind));
        // What is a query in any case is the surer one.
        const effect = effects.find(({ relation }) => relation === undefined) ?? effects[0];
        if (effect) return pathTo(steps, effect);
        for (const call of place.fn.calls) {
          const target = this.resolve(place.facts.file, call.callee);
          if (!target || seen.has(keyOf(target))) continue;
          seen.add(keyOf(target));
          next.push({ place: target, steps: [...steps, target] });
        }
      }
      frontier = next;
    }
    return undefined;
  }

  private method(file: string, owner: CalleeReference, name: string): Place | undefined {
    if (owner.kind === 'local') {
      const facts = this.files.get(file);
      return facts && (this.place(facts, `${owner.name}.${name}`) ?? this.onlyMethod(facts, name));
    }
    if (owner.kind !== 'import') return undefined;
    const submodule = this.exported(this.submoduleOf(file, owner), name);
    if (submodule) return submodule;
    const target = this.modules.resolve(file, owner.module);
    if (target === undefined) return undefined;
    if (owner.name === '*') return this.exported(target, name);
    return this.methodOfExport(target, owner.name, name, new Set());
  }

  /** Python's `from . import services` and `from app import services` name a module, not a value. */
  private submoduleOf(file: string, { module, name }: Extract<CalleeReference, { kind: 'import' }>): string | undefined {
    if (!file.endsWith('.py')) return undefined;
    return this.modules.resolve(file, module.endsWith('.') ? module + name : `${module}.${name}`);
  }

  /** A class's method, an object's function, or the one method of that name behind an exported instance. */
  private methodOfExport(file: string, exported: string, name: string, seen: Set<string>): Place | undefined {
    const facts = this.files.get(file);
    if (!facts || seen.has(file)) return undefined;
    seen.add(file);
    const own = this.place(facts, `${exported}.${name}`);
    if (own) return own;
    for (const reexport of facts.reexports) {
      if (reexport.exportedAs !== exported && reexport.exportedAs !== '*') continue;
      const target = this.modules.resolve(file, reexport.module);
      const found = target && this.methodOfExport(target, reexport.name === '*' ? exported : reexport.name, name, seen);
      if (found) return found;
    }
    return this.onlyMethod(facts, name);
  }

  private onlyMethod(facts: FileFacts, name: string): Place | undefined {
    const matching = facts.functions.filter((fn) => fn.name.endsWith(`.${name}`));
    return matching.length === 1 ? { facts, fn: matching[0]! } : undefined;
  }

  private exported(file: string | undefined, name: string, seen = new Set<string>()): Place | undefined {
    const facts = file === undefined ? undefined : this.files.get(file);
    if (!facts || seen.has(facts.file)) return undefined;
    seen.add(facts.file);
    const own = this.exportsOf(facts).get(name);
    if (own) return { facts, fn: own };
    for (const reexport of facts.reexports) {
      if (reexport.exportedAs !== name && reexport.exportedAs !== '*') continue;
      const target = this.modules.resolve(facts.file, reexport.module);
      const found = this.exported(target, reexport.name === '*' ? name : reexport.name, seen);
      if (found) return found;
    }
    return undefined;
  }

  private exportsOf(facts: FileFacts): ReadonlyMap<string, FunctionFact> {
    let table = this.exports.get(facts.file);
    if (!table) {
      // Of several with one name the first counts.
      table = new Map(facts.functions.toReversed().flatMap((fn) => fn.exportedAs.map((name) => [name, fn] as const)));
      this.exports.set(facts.file, table);
    }
    return table;
  }

  private place(facts: FileFacts, name: string): Place | undefined {
    let table = this.functions.get(facts.file);
    if (!table) {
      table = new Map(facts.functions.map((fn) => [fn.name, fn]));
      this.functions.set(facts.file, table);
    }
    const fn = table.get(name);
    return fn && { facts, fn };
  }
}

function keyOf({ facts, fn }: Place): string {
  return `${facts.file}\0${fn.name}`;
}

function pathTo(steps: readonly Place[], effect: FunctionFact['effects'][number]): ReachPath {
  return {
    steps: steps.map(({ facts, fn }, index) => ({
      file: facts.file,
      functionName: fn.name,
      line: index === steps.length - 1 ? effect.line : fn.nameRange.start.line,
    })),
    effect,
  };
}
