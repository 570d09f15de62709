/** Far enough that nobody who scrolls sees the end of a list, near enough that it stays short. */
const AHEAD = '1000px 0px';

/** Continues a list when the reader comes near its end. To be told after each update what is on the page. */
export class ListGrower {
  private readonly observer: IntersectionObserver;
  private observed: readonly Element[] = [];

  /** @param grow continues the list of that key. */
  constructor(grow: (key: string) => void) {
    this.observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) {
          if (isIntersecting) grow((target as HTMLElement).dataset['list']!);
        }
      },
      { rootMargin: AHEAD },
    );
  }

  /** Whatever is observed anew is reported once, so a list goes on growing while its end is near. */
  observe(root: ParentNode): void {
    for (const element of this.observed) this.observer.unobserve(element);
    this.observed = [...root.querySelectorAll('[data-grows]')];
    for (const element of this.observed) this.observer.observe(element);
  }
}
