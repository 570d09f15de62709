import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { formatCount, formatDuration, formatShare } from '../../core/format';
import type { FlameChart } from '../../report/runs/model';
import { flameSheets } from '../styles/charts';
import { edgesIn, flameLayout, neighbour, type PlacedFrame } from './flameLayout';

/** Pixels; a finger needs no less. */
const ROW = 24;

/** Asks the panel to go to a place of the workspace. */
const goTo = (file: string, line: number): CustomEvent => new CustomEvent('go-to', { detail: { file, line }, bubbles: true, composed: true });

/**
 * Where the time went, by call stack: callers above what they call, as wide as their share of the time. To a screen
 * reader it is a tree. Arrows move in it, Enter goes to the code, space zooms, Escape zooms out.
 */
export class FlameChartElement extends LitElement {
  static override styles = flameSheets;
  static override properties = { chart: { attribute: false }, current: { state: true }, zoomed: { state: true }, query: { state: true } };

  declare chart: FlameChart | undefined;
  private declare current: PlacedFrame | undefined;
  private declare zoomed: PlacedFrame | undefined;
  private declare query: string;
  private all: readonly PlacedFrame[] = [];

  constructor() {
    super();
    this.query = '';
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('chart')) return;
    this.all = this.chart === undefined ? [] : flameLayout(this.chart.graph);
    this.current = this.all[0];
    this.zoomed = this.all[0];
  }

  protected override render(): TemplateResult | typeof nothing {
    const { chart, zoomed, current } = this;
    if (chart === undefined || zoomed === undefined || current === undefined) return nothing;
    const shown = this.all.flatMap((placed) => {
      const edges = edgesIn(zoomed, placed);
      return edges === undefined ? [] : [{ placed, edges }];
    });
    const matches = this.matching();
    const rows = shown.reduce((deepest, { placed }) => Math.max(deepest, placed.depth), 0) + 1;
    return html`
      <div class="tools">
        <input type="search" aria-label="Search functions and files in the flame chart" placeholder="Search functions and files" .value=${this.query}
          @input=${({ currentTarget }: Event) => (this.query = (currentTarget as HTMLInputElement).value)}>
        <span role="status" class="muted">${this.matchText(matches)}</span>
        ${zoomed.parent === undefined ? nothing : html`<button class="link" @click=${() => this.zoom(this.all[0]!)}>Zoom out</button>`}
      </div>
      <div class="scroll"><div class="frames" role="tree" aria-label="Flame chart of ${chart.of.subject}" .style=${`height: ${rows * ROW}px`}
        @keydown=${(event: KeyboardEvent) => this.onKey(event, shown.map(({ placed }) => placed))}>
        ${repeat(shown, ({ placed }) => placed.index, ({ placed, edges }) => this.frameView(placed, edges, matches))}
      </div></div>
      ${this.detail(current)}`;
  }

  private frameView(placed: PlacedFrame, [left, right]: readonly [number, number], matches: ReadonlySet<number>): TemplateResult {
    const { index, frame, depth, parent, children } = placed;
    const siblings = parent?.children ?? [placed];
    return html`<div role="treeitem" class="frame ${frame?.kind ?? 'whole'} ${matches.has(index) ? 'match' : ''}" data-index=${index}
      aria-level=${depth + 1} aria-setsize=${siblings.length} aria-posinset=${siblings.indexOf(placed) + 1} aria-expanded=${children.length > 0 ? 'true' : nothing}
      aria-selected=${placed === this.current} tabindex=${placed === this.current ? 0 : -1} aria-label=${this.described(placed)} title=${this.described(placed)}
      .style=${`top: ${depth * ROW}px; left: ${left * 100}%; width: ${(right - left) * 100}%`}
      @click=${() => this.press(placed)}><span>${frame?.name ?? 'all'}</span></div>`;
  }

  /** What the row of the chosen frame says in full: a narrow frame has no room for its name. */
  private detail(placed: PlacedFrame): TemplateResult {
    const place = this.placeOf(placed);
    return html`<div class="detail">
      <p>${this.described(placed)}</p>
      <div class="actions">
        ${place === undefined ? nothing : html`<button class="link" @click=${() => this.dispatchEvent(goTo(place.file, place.line))}>Go to code</button>`}
        ${placed === this.zoomed || placed.children.length === 0 ? nothing : html`<button class="link" @click=${() => this.zoom(placed)}>Zoom in</button>`}
      </div>
    </div>`;
  }

  private described({ index, frame }: PlacedFrame): string {
    const { graph, places, isTimed } = this.chart!;
    const time = (us: number): string => (isTimed ? `, ${formatDuration(us / 1000)}` : '');
    if (frame === undefined) return `all: ${formatCount(graph.sampleCount)} samples${time(graph.totalUs)}`;
    const { name, place, totalUs, selfUs } = frame;
    const now = places[index];
    const where = place === '' ? '' : `, ${place}${now ? `:${now.line + 1}` : ''}`;
    const changed = now?.stale ? ', the code has changed since' : '';
    return `${name}${where}: ${formatShare(totalUs / graph.totalUs)} of the time, ${formatShare(selfUs / graph.totalUs)} itself${time(totalUs)}${changed}`;
  }

  private placeOf({ index, frame }: PlacedFrame): { readonly file: string; readonly line: number } | undefined {
    const now = this.chart?.places[index];
    return frame === undefined || now == null ? undefined : { file: frame.place, line: now.line };
  }

  private press(placed: PlacedFrame): void {
    const place = this.placeOf(placed);
    this.choose(placed);
    if (place === undefined) this.zoom(placed);
    else this.dispatchEvent(goTo(place.file, place.line));
  }

  private onKey(event: KeyboardEvent, shown: readonly PlacedFrame[]): void {
    const { current } = this;
    if (current === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = neighbour(event.key, current, shown);
    const place = this.placeOf(current);
    if (next) this.choose(next);
    else if (event.key === 'Enter' && place) this.dispatchEvent(goTo(place.file, place.line));
    else if (event.key === ' ' || event.key === 'Enter') this.zoom(current);
    else if (event.key === 'Escape') this.zoom(this.all[0]!);
    else if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
  }

  private choose(placed: PlacedFrame): void {
    this.current = placed;
    void this.updateComplete.then(() => {
      const element = this.renderRoot.querySelector<HTMLElement>(`[data-index="${placed.index}"]`);
      element?.focus({ preventScroll: true });
      element?.scrollIntoView({ block: 'nearest' });
    });
  }

  private zoom(placed: PlacedFrame): void {
    this.zoomed = placed;
    this.choose(placed);
  }

  private matching(): ReadonlySet<number> {
    const query = this.query.trim().toLowerCase();
    if (query === '') return new Set();
    return new Set(this.all.flatMap(({ index, frame }) => (frame && `${frame.name}\n${frame.place}`.toLowerCase().includes(query) ? [index] : [])));
  }

  /** A frame below another that matches is a part of it, and counts once. */
  private matchText(matches: ReadonlySet<number>): string {
    if (this.query.trim() === '') return '';
    const { frames, totalUs } = this.chart!.graph;
    const isBelow = (index: number): boolean => {
      for (let above = frames[index]!.parent; above >= 0; above = frames[above]!.parent) if (matches.has(above)) return true;
      return false;
    };
    const time = [...matches].reduce((sum, index) => (isBelow(index) ? sum : sum + frames[index]!.totalUs), 0);
    return matches.size === 0 ? 'Nothing matches.' : `${formatCount(matches.size)} ${matches.size === 1 ? 'frame matches' : 'frames match'}, ${formatShare(time / totalUs)} of the time.`;
  }
}
