import type { PerformanceConfig } from '../../core/config';
import type { Judged } from '../judgement';
import type { Answer, Metrics } from '../model';
import { nameText, prose, saying } from '../statement';
import { snippetOf } from './snippet';

export interface MetricsInput {
  readonly judged: readonly Judged[];
  readonly config: PerformanceConfig;
  readonly packages: ReadonlySet<string>;
}

/** As many places as a person goes through; the recommendations have them all. */
const SHOWN = 8;

/** What the service measures of itself; undefined where nothing was found that could be measured better. */
export function metricsOf(input: MetricsInput): Metrics | undefined {
  const means = input.judged.filter(({ meta }) => meta.id === 'mean-latency');
  const handlers = input.judged.filter(({ meta }) => meta.id === 'unmeasured-handler');
  if (means.length + handlers.length === 0) return undefined;
  const language = (handlers[0] ?? means.find(({ finding }) => finding.language !== 'sql'))?.finding.language;
  return {
    means: placesOf(means, 'None was found.'),
    handlers: placesOf(handlers, 'None was found.'),
    snippet: snippetOf(language, input),
  };
}

function placesOf(found: readonly Judged[], nothing: string): Answer {
  if (found.length === 0) return { statements: [[prose(nothing)]] };
  const hidden = found.length - SHOWN;
  return {
    statements: [
      ...found.slice(0, SHOWN).map(({ finding }) => [prose(`${nameText(finding.file)}:${finding.range.start.line + 1}: `), ...saying(finding.message)]),
      ...(hidden > 0 ? [[prose(`And ${hidden} more in the recommendations.`)]] : []),
    ],
  };
}
