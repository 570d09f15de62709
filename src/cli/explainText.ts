import type { Run } from '../core/evidence';
import { formatCount, formatDuration } from '../core/format';
import type { BoundValue, CandidateProof, PlanMeasurement, PlanNode, Trial } from '../core/proof';
import { callWords, costWords, dataSentence, ratioWords } from '../evidence/proofWords';
import { clean } from '../report/statement';
import type { Colour, Style } from './output';

const OUTCOME_COLOUR: Readonly<Record<CandidateProof['outcome'], Colour>> = { proved: 'cyan', refuted: 'red', undecided: 'yellow', failed: 'yellow' };

/** A proof for people at a terminal. */
export function renderProofText(run: Run, style: Style): string {
  const proof = run.proof!;
  const { subject, engine } = proof;
  const blocks = [
    [
      style('bold', `Query of ${clean(subject.file)}:${subject.line + 1}${subject.functionName === '' ? '' : `, ${clean(subject.functionName)}`}`),
      `  ${clean(proof.sql, 1_000)}`,
      `${engine.version}, run ${run.id}, ${run.machine.cpuModel}`,
      dataSentence(proof),
    ].join('\n'),
    ...proof.baseline.map(({ parameters, measurement }) => [style('bold', `The plan ${callWords(parameters)}`), ...boundLines(parameters.values), ...measurementLines(measurement)].join('\n')),
    ...proof.candidates.map((candidate) => candidateBlock(candidate, style)),
    ...(proof.notes.length === 0 ? [] : [['Notes', ...proof.notes.map((note) => `  ${clean(note)}`)].join('\n')]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function candidateBlock(candidate: CandidateProof, style: Style): string {
  const { title, outcome, reason, statements, rewritten, semantics, trials, cost } = candidate;
  return [
    `${style('bold', clean(title))}: ${style(OUTCOME_COLOUR[outcome], outcome)}. ${clean(reason)}`,
    ...statements.map((statement) => `  ${clean(statement)};`),
    ...(rewritten === undefined ? [] : [`  Query: ${clean(rewritten, 1_000)}`]),
    ...(semantics === undefined ? [] : [`  ${semantics}`]),
    ...(cost === undefined ? [] : [`  Cost: ${costWords(cost)}.`]),
    ...trials.flatMap((trial) => trialLines(trial, style)),
  ].join('\n');
}

function trialLines(trial: Trial, style: Style): string[] {
  const { parameters, before, after, matches } = trial;
  return [
    `  ${style('bold', `The call ${callWords(parameters)}`)}: ${ratioWords(trial)}`,
    ...boundLines(parameters.values).map((line) => `  ${line}`),
    ...(matches === undefined ? [] : [`    Rows that match: ${formatCount(matches.before)} before, ${formatCount(matches.after)} after`]),
    '    Before',
    ...measurementLines(before).map((line) => `    ${line}`),
    '    After',
    ...measurementLines(after).map((line) => `    ${line}`),
  ];
}

const boundLines = (values: readonly BoundValue[]): string[] => values.map(({ placeholder, of, value }) => `  ${placeholder} = ${clean(value, 80)} (${clean(of)})`);

function measurementLines({ plan, medianMs, samples, pages, rows, cost }: PlanMeasurement): string[] {
  const figures = [
    ...(medianMs === undefined ? [] : [`median ${formatDuration(medianMs)} of ${samples.length} runs`]),
    ...(pages === undefined ? [] : [`${formatCount(pages)} pages`]),
    ...(rows === undefined ? [] : [`${formatCount(rows)} rows`]),
    ...(cost === undefined ? [] : [`planner's cost ${formatCount(cost)}`]),
  ];
  return [`  ${figures.join(', ')}`, ...planLines(plan, 2)];
}

function planLines(node: PlanNode, depth: number): string[] {
  const place = [node.relation, node.index && `by ${node.index}`].filter(Boolean).join(' ');
  const rows = node.rows === undefined ? '' : `, ${formatCount(node.rows)} rows${node.estimatedRows === undefined ? '' : ` (${formatCount(node.estimatedRows)} expected)`}`;
  const time = node.totalMs === undefined ? '' : `, ${formatDuration(node.totalMs)}`;
  const loops = node.loops === undefined || node.loops === 1 ? '' : `, ${formatCount(node.loops)} loops`;
  const removed = node.removedRows === undefined ? '' : `, ${formatCount(node.removedRows)} rows thrown away`;
  const line = `${'  '.repeat(depth)}${node.operation}${place === '' ? '' : ` ${clean(place)}`}${rows}${time}${loops}${removed}`;
  return [line, ...node.children.flatMap((child) => planLines(child, depth + 1))];
}

