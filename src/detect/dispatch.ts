import { failures, type Failure } from '../core/failures';
import type { Fix, Match, Matcher } from '../core/rule';

/** One matcher under its rule's id. */
export interface RegisteredMatcher<Kind, Node, File> {
  readonly rule: string;
  readonly matcher: Matcher<Kind, Node, File>;
}

/** Chooses the matchers of the rules that are switched on; one dispatcher serves every file under the same set. */
export class DispatcherCache<Kind, Node, File> {
  private readonly bySet = new WeakMap<ReadonlySet<string>, Dispatcher<Kind, Node, File>>();

  constructor(private readonly matchers: readonly RegisteredMatcher<Kind, Node, File>[]) {}

  of(rules: ReadonlySet<string>): Dispatcher<Kind, Node, File> {
    let dispatcher = this.bySet.get(rules);
    if (!dispatcher) {
      dispatcher = new Dispatcher(this.matchers.filter(({ rule }) => rules.has(rule)));
      this.bySet.set(rules, dispatcher);
    }
    return dispatcher;
  }
}

/** Called for each match while the tree is alive; `fix` was already asked for. */
export type OnMatch<Node> = (rule: string, match: Match<unknown>, fix: Fix | undefined, node: Node) => void;

/**
 * Calls each rule for the node kinds it names and for nothing else.
 * A matcher that throws costs itself on this file: it is reported once and not called again there.
 */
export class Dispatcher<Kind, Node, File> {
  private readonly byKind = new Map<Kind, RegisteredMatcher<Kind, Node, File>[]>();

  constructor(matchers: readonly RegisteredMatcher<Kind, Node, File>[]) {
    for (const registered of matchers) {
      for (const kind of registered.matcher.kinds) {
        const list = this.byKind.get(kind);
        if (list) list.push(registered);
        else this.byKind.set(kind, [registered]);
      }
    }
  }

  /** The kinds somebody asked for; a walk may skip the others. */
  wants(kind: Kind): boolean {
    return this.byKind.has(kind);
  }

  forFile(path: string, file: File, onMatch: OnMatch<Node>): FileDispatch<Kind, Node, File> {
    return new FileDispatch(this.byKind, path, file, onMatch);
  }
}

export class FileDispatch<Kind, Node, File> {
  readonly failures: Failure[] = [];
  private readonly broken = new Set<string>();
  /** Number of `find` calls, for tests that count work instead of timing it. */
  calls = 0;

  constructor(
    private readonly byKind: ReadonlyMap<Kind, readonly RegisteredMatcher<Kind, Node, File>[]>,
    private readonly path: string,
    private readonly file: File,
    private readonly onMatch: OnMatch<Node>,
  ) {}

  visit(kind: Kind, node: Node): void {
    const interested = this.byKind.get(kind);
    if (interested === undefined) return;
    for (const registered of interested) {
      if (!this.broken.has(registered.rule)) this.run(registered, node);
    }
  }

  private run({ rule, matcher }: RegisteredMatcher<Kind, Node, File>, node: Node): void {
    this.calls++;
    try {
      const found = matcher.find(node, this.file);
      if (found === undefined) return;
      for (const match of Array.isArray(found) ? (found as Match<unknown>[]) : [found as Match<unknown>]) {
        this.onMatch(rule, match, matcher.fix?.(match, node, this.file), node);
      }
    } catch (cause) {
      this.broken.add(rule);
      this.failures.push(failures.matcherFailed(this.path, rule, cause));
    }
  }
}
