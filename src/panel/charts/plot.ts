import { html, LitElement, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit';
import uPlot from 'uplot';
import uPlotSheet from 'uplot/dist/uPlot.min.css';
import { plotSheet } from '../styles/charts';

/** Colours of the theme as a canvas takes them. */
export interface Palette {
  readonly text: string;
  readonly line: string;
  readonly now: string;
  readonly before: string;
}

/** The frame of a picture that uPlot draws: it follows the width of its place and the theme. */
export abstract class PlotElement extends LitElement {
  static override styles = [unsafeCSS(uPlotSheet), plotSheet];
  private plot: uPlot | undefined;
  private readonly resized = new ResizeObserver(() => this.plot?.setSize(this.size()));
  /** VS Code tells of another theme by the classes of the body. */
  private readonly themed = new MutationObserver(() => this.draw());

  protected abstract readonly height: number;

  /** What is drawn; undefined where there is nothing. */
  protected abstract picture(colours: Palette): { readonly options: Omit<uPlot.Options, 'width' | 'height'>; readonly data: uPlot.AlignedData } | undefined;

  /** What the picture says, for those who do not see it. */
  protected abstract description(): string;

  override connectedCallback(): void {
    super.connectedCallback();
    this.resized.observe(this);
    this.themed.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
    this.themed.disconnect();
    this.plot?.destroy();
    this.plot = undefined;
  }

  protected override render(): TemplateResult {
    return html`<div class="plot" role="img" aria-label=${this.description()}></div>`;
  }

  protected override updated(_changed: PropertyValues): void {
    this.draw();
  }

  private draw(): void {
    this.plot?.destroy();
    const place = this.renderRoot.querySelector<HTMLElement>('.plot');
    const picture = place === null ? undefined : this.picture(this.palette());
    this.plot = picture && place ? new uPlot({ ...this.size(), legend: { show: false }, cursor: { show: false }, ...picture.options }, picture.data, place) : undefined;
  }

  private size(): { readonly width: number; readonly height: number } {
    return { width: Math.max(40, this.clientWidth), height: this.height };
  }

  private palette(): Palette {
    const style = getComputedStyle(this);
    const named = (name: string): string => style.getPropertyValue(name).trim() || style.color;
    return { text: style.color, line: named('--line'), now: named('--medium'), before: named('--muted') };
  }
}
