import uPlot from 'uplot';
import { formatCount, formatDuration, formatShare } from '../../core/format';
import type { Distribution } from '../../report/runs/model';
import { type Bins, binsOf } from './bins';
import { type Palette, PlotElement } from './plot';

const PERCENTILES = ['p50', 'p95', 'p99'] as const;
const FONT = '11px system-ui, sans-serif';

/** How samples are distributed, with lines at p50, p95 and p99; with a comparison, before and after in the same bins. */
export class HistogramElement extends PlotElement {
  static override properties = { distribution: { attribute: false } };
  declare distribution: Distribution | undefined;
  protected readonly height = 190;

  protected description(): string {
    if (this.distribution === undefined) return '';
    const { name, before, now } = this.distribution;
    const figures = ({ label, p50, p95, p99 }: Distribution['now']): string => `${label}: p50 ${formatDuration(p50)}, p95 ${formatDuration(p95)}, p99 ${formatDuration(p99)}`;
    const { beyond } = binsOf(this.distribution);
    const cut = beyond === 0 ? '' : `; ${formatCount(beyond)} slower ${beyond === 1 ? 'sample is' : 'samples are'} right of the picture`;
    return `Histogram of ${name}. ${[...(before ? [figures(before)] : []), figures(now)].join('; ')}${cut}.`;
  }

  protected picture(colours: Palette): { options: Omit<uPlot.Options, 'width' | 'height'>; data: uPlot.AlignedData } | undefined {
    const { distribution } = this;
    if (distribution === undefined) return undefined;
    const bins = binsOf(distribution);
    const axis = { stroke: colours.text, font: FONT, grid: { stroke: translucent(colours.line), width: 1 }, ticks: { stroke: translucent(colours.line), width: 1 } };
    return {
      options: {
        padding: [18, 12, 0, 0],
        scales: { x: { time: false, range: () => [bins.edges[0]!, bins.edges.at(-1)!] }, y: { range: (_plot, _min, max) => [0, (max || 1) * 1.05] } },
        axes: [
          { ...axis, space: 70, values: (_plot, splits) => splits.map((ms) => formatDuration(ms)) },
          { ...axis, size: 48, values: (_plot, splits) => splits.map((share) => formatShare(share)) },
        ],
        series: [
          {},
          ...(bins.before ? [{ stroke: colours.before, width: 1.5, points: { show: false }, paths: bars(), dash: [4, 3] }] : []),
          { stroke: colours.now, fill: translucent(colours.now), width: 1, points: { show: false }, paths: bars() },
        ],
        hooks: { draw: [(plot) => drawPercentiles(plot, distribution, colours)] },
      },
      data: dataOf(bins),
    };
  }
}

const bars = (): uPlot.Series.PathBuilder => uPlot.paths.bars!({ size: [1, Infinity], align: 1, gap: 1 });

const dataOf = ({ edges, before, now }: Bins): uPlot.AlignedData => [edges.slice(0, -1), ...(before ? [[...before]] : []), [...now]];

/** A canvas mixes no colours, and the bars of both sides have to be seen through each other. */
function translucent(colour: string): string {
  return CSS.supports('color', `color-mix(in srgb, ${colour} 40%, transparent)`) ? `color-mix(in srgb, ${colour} 40%, transparent)` : colour;
}

/** Those of the code as it is now have their names; those before are dashed. */
function drawPercentiles(plot: uPlot, { before, now }: Distribution, colours: Palette): void {
  const { ctx, bbox } = plot;
  const ratio = uPlot.pxRatio;
  const right = plot.scales['x']!.max!;
  ctx.save();
  ctx.font = FONT.replace('11px', `${11 * ratio}px`);
  ctx.textAlign = 'center';
  ctx.lineWidth = ratio;
  for (const [side, colour, dash] of [[before, colours.before, [4 * ratio, 3 * ratio]], [now, colours.text, []]] as const) {
    let taken = -Infinity;
    for (const percentile of PERCENTILES) {
      const at = side?.[percentile];
      if (at === undefined || at > right) continue;
      const x = Math.round(plot.valToPos(at, 'x', true));
      ctx.strokeStyle = colour;
      ctx.setLineDash([...dash]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      // Lines that fall together share one name, and the table has them all.
      if (side !== now || x - taken < 26 * ratio) continue;
      ctx.fillStyle = colours.text;
      ctx.fillText(percentile, x, bbox.top - 5 * ratio);
      taken = x;
    }
  }
  ctx.restore();
}
