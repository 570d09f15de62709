import { LineIndex } from '../../core/text';
import { EACH, type TemplateFact, type TemplateInclude, type TemplateRead } from '../../core/templates';
import { templateTags, variablePaths, type TemplateTag } from './tags';

/** A name that a loop or `with` gives to something of the template's variables. */
type Names = ReadonlyMap<string, readonly string[]>;

const FOR = /^(.+?)\s+in\s+(.+)$/s;
const ASSIGNMENT = /(\w+)\s*=\s*("[^"]*"|'[^']*'|[\w.]+)/g;

/** Reads what a template does with the variables it is given. What a cached block reads is read rarely. */
export function readTemplate(text: string): TemplateFact {
  const reader = new TemplateReader(new LineIndex(text));
  for (const tag of templateTags(text)) reader.read(tag);
  return { reads: reader.reads, includes: reader.includes, parent: reader.parent };
}

class TemplateReader {
  private readonly found = new Map<string, TemplateRead>();
  readonly includes: TemplateInclude[] = [];
  parent?: string;
  private readonly scopes: { readonly closedBy: string; readonly names: Names }[] = [];

  constructor(private readonly lines: LineIndex) {}

  get reads(): readonly TemplateRead[] {
    return [...this.found.values()];
  }

  read(tag: TemplateTag): void {
    const { content } = tag;
    if (this.closes(tag)) return;
    switch (tag.name) {
      case 'for':
        return this.enterLoop(tag);
      case 'with':
      case 'blocktrans':
      case 'blocktranslate':
        this.readAll(content, tag);
        return this.enter(`end${tag.name}`, this.assigned(content));
      case 'cache':
      case 'macro':
        // A macro's parameters hide whatever is around it.
        return this.enter(`end${tag.name}`, new Map([['', []]]));
      case 'if':
        this.readAll(content, tag);
        return this.enter('endif', new Map());
      case 'include':
        return this.include(tag);
      case 'extends':
        this.parent = textOf(content);
        return;
      default:
        return this.readAll(content, tag);
    }
  }

  private closes({ kind, name }: TemplateTag): boolean {
    if (kind !== 'tag' || !name.startsWith('end')) return false;
    const at = this.scopes.findLastIndex(({ closedBy }) => closedBy === name);
    if (at >= 0) this.scopes.length = at;
    return true;
  }

  private enterLoop(tag: TemplateTag): void {
    const [, targets = '', iterable = ''] = FOR.exec(tag.content) ?? [];
    this.readAll(iterable, tag);
    const [source] = variablePaths(iterable);
    const from = source && this.resolve(source);
    const names = targets.split(',').map((target) => target.trim());
    // The items of a loop with two targets are pairs, of which nothing is known.
    this.enter('endfor', new Map(names.map((name) => [name, from && names.length === 1 ? [...from, EACH] : []])));
  }

  private include(tag: TemplateTag): void {
    this.readAll(tag.content, tag);
    const name = textOf(tag.content);
    if (name === undefined) return;
    const visible = /\bonly\s*$/.test(tag.content) ? [] : this.scopes.flatMap(({ names }) => [...names]);
    const variables = Object.fromEntries([...visible, ...this.assigned(tag.content)].filter(([each, path]) => each !== '' && path.length > 0));
    this.includes.push({ name, variables, line: this.lineOf(tag) });
  }

  /** `a=order.customer b=2` and `order.customer as a`. */
  private assigned(content: string): Names {
    const names = new Map<string, readonly string[]>();
    const older = /^\s*([\w.]+)\s+as\s+(\w+)\s*$/.exec(content);
    const pairs = older ? [[older[2]!, older[1]!] as const] : [...content.matchAll(ASSIGNMENT)].map((match) => [match[1]!, match[2]!] as const);
    for (const [name, value] of pairs) {
      const [path] = variablePaths(value);
      names.set(name, (path && this.resolve(path)) ?? []);
    }
    return names;
  }

  private enter(closedBy: string, names: Names): void {
    this.scopes.push({ closedBy, names });
  }

  private readAll(content: string, tag: TemplateTag): void {
    for (const path of variablePaths(content)) {
      const resolved = this.resolve(path);
      const key = resolved?.join('.');
      // The first place is kept, but what is read of every item tells more than what is read of some.
      if (key === undefined || (this.found.has(key) && (!this.found.get(key)!.isConditional || this.isConditional))) continue;
      this.found.set(key, { path: resolved!, isConditional: this.isConditional || undefined, line: this.lineOf(tag) });
    }
  }

  /** Inside a condition that may differ from item to item. */
  private get isConditional(): boolean {
    const loop = this.scopes.findIndex(({ closedBy }) => closedBy === 'endfor');
    return loop >= 0 && this.scopes.some(({ closedBy }, depth) => depth > loop && closedBy === 'endif');
  }

  /** The path from the template's own variables; undefined where a name stands for something unknown. */
  private resolve([root, ...rest]: readonly string[]): readonly string[] | undefined {
    for (let i = this.scopes.length - 1; i >= 0; i--) {
      const { names } = this.scopes[i]!;
      const path = names.get(root!);
      if (path !== undefined) return path.length === 0 ? undefined : [...path, ...rest];
      if (names.has('')) return undefined;
    }
    return [root!, ...rest];
  }

  private lineOf({ offset }: TemplateTag): number {
    return this.lines.positionAt(offset).line;
  }
}

const textOf = (content: string): string | undefined => /^["']([^"']+)["']/.exec(content)?.[1];
