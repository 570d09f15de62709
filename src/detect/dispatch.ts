import { failures, type Failure } from '../core/failures';
import type { Fix, Match, Matcher } from '../core/rule';

/** One matcher under its rule's id. */
export interface RegisteredMatcher<Kind, Node, File> {
  readonly rule: string;
  readonly matcher: Matcher<Kind, Node, File>;
}

/** How a language's calls and properties are told apart by name. */
export interface Naming<Kind, Node> {
  /** The kinds of node that have a name; matchers see all nodes of the other kinds they want. */
  readonly kinds: ReadonlySet<Kind>;
  nameOf(node: Node): string | undefined;
}

/** Chooses the matchers of the rules that are switched on; one dispatcher serves every file under the same set. */
export class DispatcherCache<Kind, Node, File> {
  private readonly bySet = new WeakMap<ReadonlySet<string>, Dispatcher<Kind, Node, File>>();

  constructor(
    private readonly matchers: readonly RegisteredMatcher<Kind, Node, File>[],
    private readonly naming?: Naming<Kind, Node>,
  ) {}

  of(rules: ReadonlySet<string>): Dispatcher<Kind, Node, File> {
    let dispatcher = this.bySet.get(rules);
    if (!dispatcher) {
      dispatcher = new Dispatcher(this.matchers.filter(({ rule }) => rules.has(rule)), this.naming);
      this.bySet.set(rules, dispatcher);
    }
    return dispatcher;
  }
}

/** Called for each match while the tree is alive; `fix` was already asked for. */
export type OnMatch<Node> = (rule: string, match: Match<unknown>, fix: Fix | undefined, node: Node) => void;

/** The matchers that want to see nodes of one kind. */
interface Interested<Kind, Node, File> {
  readonly always: RegisteredMatcher<Kind, Node, File>[];
  readonly byName: Map<string, RegisteredMatcher<Kind, Node, File>[]>;
}

/**
 * Calls each rule for the node kinds and names it gives and for nothing else.
 * A matcher that throws costs itself on this file: it is reported once and not called again there.
 */
export class Dispatcher<Kind, Node, File> {
  private readonly byKind = new Map<Kind, Interested<Kind, Node, File>>();

  /** @param naming without it every matcher sees all nodes of its kinds. */
  constructor(
    matchers: readonly RegisteredMatcher<Kind, Node, File>[],
    private readonly naming?: Naming<Kind, Node>,
  ) {
    for (const registered of matchers) {
      for (const kind of registered.matcher.kinds) this.register(kind, registered);
    }
  }

  private register(kind: Kind, registered: RegisteredMatcher<Kind, Node, File>): void {
    let interested = this.byKind.get(kind);
    if (interested === undefined) this.byKind.set(kind, (interested = { always: [], byName: new Map() }));
    const { names } = registered.matcher;
    if (names === undefined || !this.naming?.kinds.has(kind)) interested.always.push(registered);
    else for (const name of new Set(names)) {
      const list = interested.byName.get(name);
      if (list) list.push(registered);
      else interested.byName.set(name, [registered]);
    }
  }

  /** The kinds somebody asked for; a walk may skip the others. */
  wants(kind: Kind): boolean {
    return this.byKind.has(kind);
  }

  forFile(path: string, file: File, onMatch: OnMatch<Node>): FileDispatch<Kind, Node, File> {
    return new FileDispatch(this.byKind, this.naming, path, file, onMatch);
  }
}

export class FileDispatch<Kind, Node, File> {
  readonly failures: Failure[] = [];
  private readonly broken = new Set<string>();
  /** Number of `find` calls, for tests that count work instead of timing it. */
  calls = 0;

  constructor(
    private readonly byKind: ReadonlyMap<Kind, Interested<Kind, Node, File>>,
    private readonly naming: Naming<Kind, Node> | undefined,
    private readonly path: string,
    private readonly file: File,
    private readonly onMatch: OnMatch<Node>,
  ) {}

  visit(kind: Kind, node: Node): void {
    const interested = this.byKind.get(kind);
    if (interested === undefined) return;
    this.runAll(interested.always, node);
    if (interested.byName.size === 0) return;
    const name = this.naming!.nameOf(node);
    const named = name === undefined ? undefined : interested.byName.get(name);
    if (named) this.runAll(named, node);
  }

  /** One `try` for all of them: entering one for each call costs as much as most calls. */
  private runAll(matchers: readonly RegisteredMatcher<Kind, Node, File>[], node: Node): void {
    let at = 0;
    while (at < matchers.length) {
      try {
        for (; at < matchers.length; at++) {
          const registered = matchers[at]!;
          if (this.broken.size === 0 || !this.broken.has(registered.rule)) this.run(registered, node);
        }
      } catch (cause) {
        const { rule } = matchers[at++]!;
        this.broken.add(rule);
        this.failures.push(failures.matcherFailed(this.path, rule, cause));
      }
    }
  }

  private run({ rule, matcher }: RegisteredMatcher<Kind, Node, File>, node: Node): void {
    this.calls++;
    const found = matcher.find(node, this.file);
    if (found === undefined) return;
    for (const match of Array.isArray(found) ? (found as Match<unknown>[]) : [found as Match<unknown>]) {
      this.onMatch(rule, match, matcher.fix?.(match, node, this.file), node);
    }
  }
}
