/** The page's only style sheet: its hash is in the page's policy, so nothing else can style it. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #fff; --text: #1b2330; --soft: #566173; --line: #dce1e8; --code: #eef1f5; --link: #0b5cad;
  --critical: #9d1616; --high: #b4410b; --medium: #7d5a00; --low: #1f5f8b; --informational: #56617a; --good: #1c6b3c;
  --on: #fff; --shade: rgb(20 30 50 / 6%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11151c; --card: #1a2029; --text: #e4e9f0; --soft: #a3afbf; --line: #303947; --code: #232b37; --link: #83b9f5;
    --critical: #ff8f8a; --high: #ffa56b; --medium: #e9c35c; --low: #83c4ef; --informational: #b3bfd2; --good: #7fd29d;
    --on: #11151c; --shade: rgb(0 0 0 / 30%);
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
header, main, footer { max-width: 64rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 .75rem; }
h3, h4 { font-size: 1rem; margin: 0; }
p { margin: .25rem 0; }
.soft { color: var(--soft); }
.small { font-size: .875rem; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem; }
nav ul, .counts, .facts, .list { list-style: none; padding: 0; margin: 0; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0 0; }
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr)); gap: .5rem; margin: 1.25rem 0 .5rem; }
.counts li { background: var(--card); border: 1px solid var(--line); border-top: 4px solid var(--line); border-radius: 8px; padding: .5rem .75rem; }
.counts b { display: block; font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.counts .some.critical { border-top-color: var(--critical); } .some.critical b { color: var(--critical); }
.counts .some.high { border-top-color: var(--high); } .some.high b { color: var(--high); }
.counts .some.medium { border-top-color: var(--medium); } .some.medium b { color: var(--medium); }
.counts .some.low { border-top-color: var(--low); } .some.low b { color: var(--low); }
.counts .some.informational { border-top-color: var(--informational); } .some.informational b { color: var(--informational); }
.facts { display: grid; gap: .35rem; margin-top: .75rem; }
.facts li { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .5rem .75rem; }
.bar { display: block; width: 100%; height: .4rem; margin-top: .35rem; border-radius: 1rem; background: var(--line); }
.bar rect { fill: var(--good); }
.badge { display: inline-block; border-radius: 4px; padding: 0 .45rem; font-size: .8125rem; font-weight: 600; line-height: 1.5; white-space: nowrap; background: var(--soft); color: var(--on); }
.badge.critical { background: var(--critical); } .badge.high { background: var(--high); } .badge.medium { background: var(--medium); }
.badge.low { background: var(--low); } .badge.informational { background: var(--informational); } .badge.resolved { background: var(--good); }
.badge.new, .badge.worse { background: transparent; color: var(--critical); box-shadow: inset 0 0 0 1.5px currentcolor; }
details.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; box-shadow: 0 1px 2px var(--shade); }
details.card > summary { cursor: pointer; padding: .65rem .85rem; border-radius: 8px; display: grid; grid-template-columns: 7.5rem 1fr auto; gap: .25rem .75rem; align-items: baseline; list-style: none; }
details.card > summary::-webkit-details-marker { display: none; }
details.card > summary::after { content: '+'; grid-column: 4; color: var(--soft); font-weight: 700; width: 1ch; }
details.card[open] > summary::after { content: '\\2212'; }
details.card > summary:hover { background: var(--code); }
details.card[open] > summary { border-bottom: 1px solid var(--line); border-radius: 8px 8px 0 0; }
time { white-space: nowrap; }
.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
.body { padding: .75rem .85rem; }
.about { display: grid; gap: .35rem; margin-bottom: .5rem; }
pre, code { font: .875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { background: var(--code); border-radius: 4px; padding: .1rem .3rem; }
pre { background: var(--code); border-radius: 6px; padding: .5rem .65rem; margin: .25rem 0; white-space: pre-wrap; }
pre code { background: none; padding: 0; }
.command { user-select: all; -webkit-user-select: all; }
.finding { border-top: 1px solid var(--line); padding: .7rem 0; content-visibility: auto; contain-intrinsic-size: auto 6rem; }
.finding:first-of-type { border-top: 0; }
.finding:target { outline: 3px solid var(--link); outline-offset: 4px; border-radius: 4px; }
.finding h4 { display: flex; flex-wrap: wrap; gap: .25rem .6rem; align-items: baseline; }
.finding h4 .soft { font-weight: 400; }
.finding h4 a { color: inherit; text-decoration: none; }
.finding h4 a:hover { text-decoration: underline; }
.finding p { margin: .1rem 0; }
details.evidence { margin-top: .15rem; }
details.evidence:not([open]) { display: inline-block; margin-right: 1.25rem; }
details.evidence > summary { cursor: pointer; color: var(--link); width: fit-content; }
dl { display: grid; grid-template-columns: fit-content(14rem) 1fr; gap: .15rem .9rem; margin: .35rem 0; }
dt { color: var(--soft); } dd { margin: 0; min-width: 0; } dd > dl, dd > ol { margin: 0; }
ol { margin: 0; padding-left: 1.4rem; }
table { border-collapse: collapse; width: 100%; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
caption { text-align: left; color: var(--soft); padding: .25rem 0; }
th, td { text-align: left; padding: .35rem .75rem; border-top: 1px solid var(--line); vertical-align: top; }
thead th { overflow-wrap: normal; }
th.n, td.n { text-align: right; font-variant-numeric: tabular-nums; }
.list li { border-top: 1px solid var(--line); padding: .35rem 0; }
.list li:first-child { border-top: 0; }
.checks li { display: grid; grid-template-columns: 7.5rem 1fr auto; gap: .25rem .75rem; align-items: baseline; }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .25rem .85rem; margin: .5rem 0; }
footer { padding: 2rem 1rem 3rem; color: var(--soft); }
@media (max-width: 36rem) {
  details.card > summary { grid-template-columns: 1fr auto; }
  details.card > summary > .title { grid-column: 1 / -1; grid-row: 2; }
  details.card > summary::after { grid-column: 2; grid-row: 1; justify-self: end; }
  details.card > summary > .number { grid-column: 1 / -1; grid-row: 3; }
  .counts { grid-template-columns: repeat(3, 1fr); font-size: .8125rem; }
  .counts li { padding: .4rem .5rem; }
  dl { grid-template-columns: 1fr; } dd { padding-left: .75rem; }
  table { font-size: .875rem; } th, td { padding: .35rem .4rem; }
}
@media print {
  :root { --page: #fff; --card: #fff; --text: #000; --soft: #444; --line: #bbb; --code: #f2f2f2; --shade: transparent; }
  nav, .skip, details.card > summary::after { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .finding { content-visibility: visible; break-inside: avoid; }
  h2, details.card > summary { break-after: avoid; }
}
`;
