/**
 * Keeps the keyboard where it was when a new report arrives. Lit keeps the elements that stay; when the
 * focused card is gone (dismissed, corrected), the focus goes to the one that has taken its place.
 */
export class FocusKeeper {
  private lost: { readonly itemId: string; readonly index: number } | undefined;

  constructor(private readonly owner: { readonly renderRoot: ParentNode }) {}

  /** To be called before the update. */
  remember(): void {
    const card = this.focused()?.closest<HTMLElement>('[data-item]');
    const itemId = card?.dataset['item'];
    this.lost = card && itemId !== undefined ? { itemId, index: this.cards().indexOf(card) } : undefined;
  }

  /** To be called after the update. */
  restore(): void {
    if (this.lost === undefined) return;
    const { itemId, index } = this.lost;
    this.lost = undefined;
    const cards = this.cards();
    const card = cards.find(({ dataset }) => dataset['item'] === itemId);
    if (card === undefined) {
      (cards[Math.min(index, cards.length - 1)] ?? this.find('h3'))?.focus();
    } else if (this.focused() === null) {
      card.focus();
    }
  }

  focusDismissButton(findingId: string | undefined): void {
    if (findingId !== undefined) this.find(`[data-dismiss="${CSS.escape(findingId)}"]`)?.focus();
  }

  private cards(): HTMLElement[] {
    return [...(this.owner.renderRoot?.querySelectorAll<HTMLElement>('[data-item]') ?? [])];
  }

  private find(selector: string): HTMLElement | null {
    return this.owner.renderRoot.querySelector<HTMLElement>(selector);
  }

  private focused(): Element | null {
    return (this.owner.renderRoot as ShadowRoot | undefined)?.activeElement ?? null;
  }
}
