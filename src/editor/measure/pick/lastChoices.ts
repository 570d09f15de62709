import type * as vscode from 'vscode';

/** What was chosen last in this workspace, by the question. */
export class LastChoices {
  constructor(private readonly memento: vscode.Memento) {}

  /** The items in their order, with the one that was chosen last before all others. */
  lastFirst<Item>(question: string, items: readonly Item[], idOf: (item: Item) => string): readonly Item[] {
    const last = this.last(question);
    const isLast = (item: Item): boolean => idOf(item) === last;
    return [...items.filter(isLast), ...items.filter((item) => !isLast(item))];
  }

  last(question: string): string | undefined {
    return this.memento.get<string>(keyOf(question));
  }

  remember(question: string, id: string): void {
    void this.memento.update(keyOf(question), id);
  }
}

const keyOf = (question: string): string => `lastChoice.${question}`;
