import { changeBetween, type TextChange } from '../core/text';

/** How a language parses: a text from nothing, or a changed text with what its last tree still says of it. */
export interface IncrementalParser<Tree> {
  parse(file: string, text: string): Tree;
  /** May take parts out of `tree`, which is not used again. */
  reparse(tree: Tree, text: string, change: TextChange): Tree;
}

/** Trees are twenty times as large as their texts, so only those of the documents edited last are kept. */
const MOST_TREES = 4;

/** The trees of documents that are being edited, so that a keystroke re-parses what it has touched. */
export class KeptTrees<Tree> {
  private readonly kept = new Map<string, { readonly text: string; readonly tree: Tree }>();

  constructor(private readonly parser: IncrementalParser<Tree>) {}

  parse(file: string, text: string): Tree {
    const last = this.kept.get(file);
    this.kept.delete(file);
    const change = last && changeBetween(last.text, text);
    const tree = last === undefined ? this.parser.parse(file, text) : change ? this.parser.reparse(last.tree, text, change) : last.tree;
    this.kept.set(file, { text, tree });
    if (this.kept.size > MOST_TREES) this.forget(this.kept.keys().next().value!);
    return tree;
  }

  forget(file: string): void {
    this.kept.delete(file);
  }
}
