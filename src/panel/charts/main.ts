/** The script of the charts. The panel loads it with the first one. */
import { FlameChartElement } from './flameChart';
import { HistogramElement } from './histogram';
import { SparklineElement } from './sparkline';

customElements.define('performance-flame-chart', FlameChartElement);
customElements.define('performance-histogram', HistogramElement);
customElements.define('performance-sparkline', SparklineElement);
