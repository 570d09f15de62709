import type { PlanMeasurement, Trial } from '../../core/proof';
import type { ReportProof } from '../../report/model';
import { renderProofText } from '../../report/proofText';
import type { ExplainOutcome } from '../host';
import type { EvidenceValue, NewEvidence } from './item';

/** A proof as an answer of the explain tool: its text, and what may be quoted of it. */
export function explainedBy(result: ReportProof): Extract<ExplainOutcome, { kind: 'explained' }> {
  return { kind: 'explained', text: renderProofText(result), evidence: [planEvidence(result), ...changeEvidence(result)] };
}

/** Synthetic rows are an assumption about data, and the label says so wherever the figures are cited. */
const rowsOf = ({ proof }: ReportProof): string => (proof.data.kind === 'synthetic' ? 'synthetic rows' : 'your own data');

function planEvidence(result: ReportProof): NewEvidence {
  const { runId, proof } = result;
  const measurements = proof.baseline.map(({ measurement }) => measurement);
  return {
    key: `proof ${runId}`,
    label: `plan of the query on ${rowsOf(result)}, run ${runId}`,
    quality: measurements.some(isMeasured) ? 'measured' : 'estimate',
    runId,
    values: [...measurements.flatMap((measurement) => measurementValues(measurement)), ...tableRows(result)],
  };
}

function changeEvidence(result: ReportProof): NewEvidence[] {
  const { runId, proof } = result;
  return proof.candidates.flatMap(({ title, trials }) =>
    trials.length === 0
      ? []
      : [{
          key: `proof ${runId} ${title}`,
          label: `${title} on ${rowsOf(result)}, run ${runId}`,
          quality: trials.some(({ basis }) => basis === 'time') ? ('measured' as const) : ('estimate' as const),
          runId,
          values: trials.flatMap(trialValues),
        }],
  );
}

const isMeasured = ({ medianMs }: PlanMeasurement): boolean => medianMs !== undefined;

function measurementValues({ medianMs, pages, rows }: PlanMeasurement, name?: 'now' | 'after'): EvidenceValue[] {
  const named = name === undefined ? {} : { name };
  return [
    ...(medianMs === undefined ? [] : [{ value: medianMs, dimension: 'time', ...named } as const]),
    ...[pages, rows].flatMap((value) => (value === undefined ? [] : [{ value, dimension: 'count', ...named } as const])),
  ];
}

/** A ratio below one is also said the other way round: "three times as fast". */
function trialValues({ before, after, ratio, interval }: Trial): EvidenceValue[] {
  const factors = [ratio, ...(interval ?? [])].filter((factor) => factor > 0);
  return [
    ...measurementValues(before, 'now'),
    ...measurementValues(after, 'after'),
    ...factors.flatMap((factor) => [{ value: factor, dimension: 'ratio' } as const, { value: 1 / factor, dimension: 'ratio' } as const]),
  ];
}

function tableRows({ proof }: ReportProof): EvidenceValue[] {
  if (proof.data.kind !== 'synthetic') return [];
  return proof.data.tables.map(({ rows, basis }) => ({ value: rows, dimension: 'count', quality: basis }));
}
