/** Colours with a contrast of at least 4.5 to 1 on their background, in light and in dark; on paper the light ones. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1f2328; --muted: #59636e; --back: #ffffff; --card: #f6f8fa; --line: #d1d9e0; --measured: #116329; --estimate: #7d4e00; --given: #59636e; --high: #b3261e; --medium: #7d4e00; --low: #59636e; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6edf3; --muted: #9da7b1; --back: #0d1117; --card: #161b22; --line: #30363d; --measured: #56d364; --estimate: #e3b341; --given: #9da7b1; --high: #ff7b72; --medium: #e3b341; --low: #9da7b1; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem; font: 16px/1.55 system-ui, sans-serif; color: var(--text); background: var(--back); overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
h4, article h3 { font-size: 1rem; margin: 0 0 .4rem; }
p { margin: .35rem 0; }
.about, .nothing { color: var(--muted); }
article { margin: .75rem 0; padding: .9rem 1rem; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: 6px; break-inside: avoid; }
article.high { border-left-color: var(--high); } article.medium { border-left-color: var(--medium); } article.low { border-left-color: var(--low); }
dl { display: grid; grid-template-columns: minmax(8rem, 11rem) 1fr; gap: .3rem 1rem; margin: .5rem 0 0; }
dt { color: var(--muted); } dd { margin: 0; } dd > p:first-child { margin-top: 0; }
ul { margin: .35rem 0; padding-left: 1.25rem; } li { margin: .25rem 0; }
code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { padding: .9rem 1rem; overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 6px; overflow-wrap: normal; }
.figure { font-weight: 600; font-variant-numeric: tabular-nums; }
.mark { font-size: .85em; } .mark.measured { color: var(--measured); } .mark.estimate { color: var(--estimate); } .mark.declared, .mark.assumed { color: var(--given); }
.open { color: var(--estimate); }
@media (max-width: 36rem) { dl { grid-template-columns: 1fr; gap: 0 0; } dd { margin-bottom: .5rem; } }
@media print {
  :root { color-scheme: light; --text: #000000; --muted: #444444; --back: #ffffff; --card: #ffffff; --line: #999999; --measured: #116329; --estimate: #7d4e00; --given: #444444; --high: #b3261e; --medium: #7d4e00; --low: #59636e; }
  body { max-width: none; padding: 0; font-size: 10.5pt; } pre { white-space: pre-wrap; overflow-wrap: anywhere; } h2, h3 { break-after: avoid; }
}
`;
