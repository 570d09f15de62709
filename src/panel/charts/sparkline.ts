import uPlot from 'uplot';
import { formatDuration } from '../../core/format';
import type { History } from '../../report/runs/model';
import { machineChanges } from '../view/histories';
import { type Palette, PlotElement } from './plot';

/** p50 of a benchmark over its runs, with the band that half of the samples lie in. A line across marks another machine. */
export class SparklineElement extends PlotElement {
  static override properties = { history: { attribute: false } };
  declare history: History | undefined;
  protected readonly height = 36;

  protected description(): string {
    const points = this.history?.points ?? [];
    const [first, last] = [points[0], points.at(-1)];
    return first && last ? `p50 over ${points.length} runs, ${formatDuration(first.p50)} at first and ${formatDuration(last.p50)} at last.` : '';
  }

  protected picture(colours: Palette): { options: Omit<uPlot.Options, 'width' | 'height'>; data: uPlot.AlignedData } | undefined {
    if (this.history === undefined) return undefined;
    const { points } = this.history;
    const band = `color-mix(in srgb, ${colours.now} 25%, transparent)`;
    const edge = { width: 0, points: { show: false } };
    return {
      options: {
        padding: [4, 4, 4, 4],
        scales: { x: { time: false } },
        axes: [{ show: false }, { show: false }],
        series: [{}, edge, edge, { stroke: colours.now, width: 1.5, points: { show: points.length < 20, size: 4, fill: colours.now } }],
        bands: [{ series: [2, 1], fill: band }],
        hooks: { draw: [(plot) => drawChanges(plot, machineChanges(points), colours)] },
      },
      data: [points.map((_, i) => i), points.map(({ low }) => low), points.map(({ high }) => high), points.map(({ p50 }) => p50)],
    };
  }
}

/** Between the last run on one machine and the first on the other. */
function drawChanges({ ctx, bbox, valToPos }: uPlot, changes: readonly number[], { text }: Palette): void {
  ctx.save();
  ctx.strokeStyle = text;
  ctx.lineWidth = uPlot.pxRatio;
  ctx.setLineDash([2 * uPlot.pxRatio, 2 * uPlot.pxRatio]);
  for (const index of changes) {
    const x = Math.round(valToPos(index - 0.5, 'x', true));
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}
