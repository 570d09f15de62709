import { createHash } from 'node:crypto';
import {
  type Action, ANALYSIS_LABELS, type Answer, type Conflict, conflictText, type Deferred, FIELD_LABELS, type Figure, type Item, METRICS_LABELS,
  type Metrics, type Place, PRIORITY_LABELS, proposalText, type Recommendation, type Report, SCALABILITY_LABELS, type Statement, type Trend,
} from '../model';
import { counted } from '../words';
import { type Content, lines, Markup, markup, nothing } from './markup';
import { STYLE } from './style';

/**
 * The whole report as one HTML file that loads nothing and runs nothing: its policy allows this one style sheet by
 * its hash. It says what the Markdown says, in the same order.
 */
export function renderHtml(report: Report): string {
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;
  return `${markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Performance report: ${report.workspace}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<main>
${body(report)}
</main>
</body>
</html>`.html}\n`;
}

function body(report: Report): Markup {
  return markup`<h1>Performance report: ${name(report.workspace)}</h1>
<p class="about">Generated ${report.generatedAt}. Each figure is marked <em>measured</em> (with its run), <em>estimate</em> (by a cost model), <em>declared</em> (in performance.json) or <em>assumed</em> (nobody has said).</p>
${section('Analysis', answers(ANALYSIS_LABELS, report.analysis))}
${section('Recommendations', PRIORITY_LABELS.map(([priority, label]) => markup`<h3>${label}</h3>
${listOr('Nothing.', report.recommendations[priority].map(recommendation))}
`))}
${section('Deferred', listOr('Nothing.', report.deferred.map(deferred)))}
${section('Risks / Trade-offs', notesOr(report.risks.map((risk) => markup`<strong>${risk.title}</strong> (${counted(risk.places, 'place')}): ${risk.text}`)))}
${section('Conflicts Noted', notesOr(report.conflicts.map(conflict)))}
${report.scalability ? section('Scalability', answers(SCALABILITY_LABELS, report.scalability)) : nothing}
${report.metrics ? section('Metrics', metrics(report.metrics)) : nothing}
${report.trend ? section('Targets over Time', trend(report.trend)) : nothing}
${report.failures.length === 0 ? nothing : section('Left Out', notesOr(report.failures.map(({ code, message }) => markup`<code>${code}</code>: ${message}`)))}`;
}

const section = (title: string, content: Content): Markup => markup`<section>
<h2>${title}</h2>
${content}
</section>`;

/** A name from the workspace; its direction of writing does not turn the sentence around it. */
const name = (text: string): Markup => markup`<bdi>${text}</bdi>`;

function answers<Key extends string>(labels: readonly (readonly [Key, string])[], of: Readonly<Record<Key, Answer>>): Markup {
  return markup`<dl>${labels.map(([key, label]) => markup`
<dt>${label}</dt><dd>${answer(of[key])}</dd>`)}
</dl>`;
}

function answer({ statements, open }: Answer): Markup {
  return markup`${statements.map((each) => markup`<p>${statement(each)}</p>`)}${open ? markup`<p class="open">Unanswered: ${open.why}${nextStep(open.action)}</p>` : nothing}`;
}

const nextStep = (action: Action | undefined): Markup => (action ? markup` Next step: ${action.label}.` : nothing);

function recommendation(item: Recommendation): Markup {
  return markup`<article class="${item.priority}">
<h4>${item.title}</h4>
<p>${statement(item.places[0]!.message)}</p>
<dl>${where(item)}${proposal(item)}${FIELD_LABELS.map(([key, label]) => entry(label, statement(item.fields[key])))}${entry('Why this priority', item.reason)}${entry('Arithmetic', statement(item.arithmetic))}
</dl>
</article>
`;
}

function deferred(item: Deferred): Markup {
  return markup`<article class="deferred">
<h3>${item.title}</h3>
<p>${statement(item.places[0]!.message)}</p>
<dl>${where(item)}${proposal(item)}${entry('Why deferred', item.reason)}${entry('Arithmetic', statement(item.arithmetic))}${entry('What would change that', item.change)}
</dl>
</article>
`;
}

const entry = (label: string, content: Content): Markup => markup`
<dt>${label}</dt><dd>${content}</dd>`;

function where({ places }: Item): Markup {
  return entry('Where', places.length === 1
    ? place(places[0]!)
    : markup`${counted(places.length, 'place')}<ul>${places.map((each) => markup`<li>${place(each)}</li>`)}</ul>`);
}

function place({ file, range, functionName }: Place): Markup {
  const position = markup`<code><bdi>${file}:${range.start.line + 1}</bdi></code>`;
  return functionName === '' ? position : markup`${position} in <code><bdi>${functionName}</bdi></code>`;
}

const proposal = ({ proposal: mark }: Item): Markup => (mark === undefined ? nothing : entry('Proposal', proposalText(mark)));

const conflict = (noted: Conflict): Markup => markup`<strong>${noted.title}</strong> ${conflictText(noted)}: ${noted.text}`;

function metrics(of: Metrics): Markup {
  const { title, note, code } = of.snippet;
  return markup`${answers(METRICS_LABELS, of)}
<p>${title}: ${note}</p>
<pre tabindex="0"><code>${lines(code)}</code></pre>`;
}

function trend({ summary, points }: Trend): Markup {
  return markup`<dl>
<dt>Trend</dt><dd>${answer(summary)}</dd>
</dl>
<ul>${points.map((point) => markup`<li>${statement(point.statement)}</li>`)}</ul>`;
}

function statement(pieces: Statement): Markup {
  return markup`${pieces.map((piece) => ('evidence' in piece ? figure(piece) : piece.text))}`;
}

const LONGEST_FIGURE = 60;

function figure(piece: Figure): Markup {
  const origin = piece.evidence === 'measured' ? markup`measured, run <code>${piece.runId}</code>` : piece.evidence;
  // A rule's whole sentence is marked like a figure, but not made as loud as one.
  const kind = piece.text.length > LONGEST_FIGURE ? 'sentence' : 'figure';
  return markup`<span class="${kind}">${piece.text}</span> <span class="mark ${piece.evidence}">(${origin})</span>`;
}

const listOr = (empty: string, items: readonly Markup[]): Content => (items.length === 0 ? markup`<p class="nothing">${empty}</p>` : items);

const notesOr = (items: readonly Markup[]): Content => (items.length === 0 ? markup`<p class="nothing">None.</p>` : markup`<ul>${items.map((item) => markup`
<li>${item}</li>`)}
</ul>`);
