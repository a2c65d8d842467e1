/** The page's only style sheet: its hash is in the page's policy, so nothing else can style it. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #fff; --text: #18202c; --soft: #556070; --line: #dfe3e9; --code: #f0f2f5; --hover: #f7f8fa; --link: #0b57a4;
  --critical: #a01822; --high: #a8440c; --medium: #7a5b00; --low: #1d5f8c; --informational: #566179; --good: #1b6a3d; --cover: #3f6ea8;
  --critical-bg: #fbe9ea; --high-bg: #fcede3; --medium-bg: #f8f1d9; --low-bg: #e6f0f8; --informational-bg: #eceff4; --good-bg: #e5f3ea;
  --bar-critical: #c5303b; --bar-high: #dc7333; --bar-medium: #dcb43c; --bar-low: #6ba4cd; --bar-informational: #b3bdcc; --bar-good: #3f9a63;
  --on: #fff; --shade: 0 1px 2px rgb(20 30 50 / 5%);
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #0f131a; --card: #171c25; --text: #e3e8ef; --soft: #9eabbc; --line: #2a323f; --code: #212936; --hover: #1c222d; --link: #84b8f3;
    --critical: #ff9a9c; --high: #ffb07c; --medium: #ecca6c; --low: #8ccaf3; --informational: #b4c0d2; --good: #85d5a2; --cover: #7fa9dc;
    --critical-bg: #3d1b20; --high-bg: #3b2415; --medium-bg: #342b10; --low-bg: #152d3f; --informational-bg: #262e3b; --good-bg: #16311f;
    --bar-critical: #e0575f; --bar-high: #dd8148; --bar-medium: #cfaa42; --bar-low: #5793bd; --bar-informational: #66738a; --bar-good: #4ba873;
    --on: #0f131a; --shade: 0 1px 2px rgb(0 0 0 / 30%);
  }
}
* { box-sizing: border-box; }
html { overflow-y: scroll; }
body { margin: 0; background: var(--page); color: var(--text); font: .9375rem/1.5 system-ui, 'Segoe UI', Roboto, sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .15em; }
a:not(:hover) { text-decoration-color: transparent; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px; }
h1:focus, main:focus { outline: none; }
h1 { font-size: 1.375rem; line-height: 1.3; margin: 0; letter-spacing: -.01em; }
h2 { font-size: .9375rem; line-height: 1.4; margin: 0 0 .5rem; }
p { margin: .35rem 0; }
ul, ol, dl, dd { margin: 0; } .plain, .rows, .cards, .severities, .list { list-style: none; padding: 0; }
[hidden] { display: none !important; }
.soft { color: var(--soft); } .small { font-size: .8125rem; } .n, .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.away { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100rem; z-index: 9; } .skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem; }
time { white-space: nowrap; }
kbd { font: .75rem/1.4 ui-monospace, Menlo, Consolas, monospace; border: 1px solid var(--line); border-radius: 4px; padding: 0 .3rem; background: var(--card); color: var(--soft); }

.top { position: sticky; top: 0; z-index: 3; background: var(--card); border-bottom: 1px solid var(--line); }
.top, main, footer { padding-inline: max(1rem, calc((100vw - 76rem) / 2)); }
.top { display: flex; align-items: stretch; gap: 1.75rem; min-height: 3rem; }
.brand { display: flex; align-items: center; gap: .5rem; font-weight: 650; color: var(--text); text-decoration: none; }
.brand .moon { fill: var(--bar-medium); } .brand .wall { fill: var(--text); }
#parts { display: flex; gap: .25rem; overflow-x: auto; scrollbar-width: none; }
#parts a { display: flex; align-items: center; gap: .4rem; padding: 0 .7rem; color: var(--soft); text-decoration: none; white-space: nowrap; border-block: 2px solid transparent; }
#parts a:hover { color: var(--text); }
#parts a:focus-visible { outline-offset: -3px; }
#parts a[aria-current] { color: var(--text); font-weight: 600; border-bottom-color: var(--link); }
.note { font-size: .75rem; font-weight: 500; background: var(--code); color: var(--soft); border-radius: 1rem; padding: 0 .45rem; font-variant-numeric: tabular-nums; }

main { padding-block: 1.25rem 2rem; min-height: 70vh; }
footer { padding-block: 1rem 2rem; border-top: 1px solid var(--line); }
.page { display: grid; gap: .875rem; grid-template-columns: minmax(0, 1fr); align-content: start; }
.title { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; justify-content: space-between; }
.title p, .lead, .marks { margin: 0; }
.lead { font-size: 1rem; }
.notice { margin: 0; padding: .5rem .75rem; border: 1px solid var(--line); border-left: 3px solid var(--bar-medium); border-radius: 6px; background: var(--card); }

.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem .8rem; box-shadow: var(--shade); min-width: 0; }
.card > h2 { font-size: .8125rem; font-weight: 600; color: var(--soft); }
.card > :last-child { margin-bottom: 0; }
.tiles { display: grid; grid-template-columns: 1fr 1fr 2.4fr; gap: .875rem; }
.pair { display: grid; grid-template-columns: minmax(0, 1.75fr) minmax(0, 1fr); gap: .875rem; }
.figure { font-size: 1.875rem; font-weight: 650; line-height: 1.15; letter-spacing: -.02em; margin: 0; font-variant-numeric: tabular-nums; }
.severities { display: grid; grid-template-columns: repeat(5, 1fr); gap: .5rem; }
.severities a { display: block; padding: .3rem .6rem .35rem; border-radius: 6px; background: var(--code); color: var(--soft); text-decoration: none; font-size: .8125rem; overflow-wrap: normal; }
.severities b { display: block; font-size: 1.5rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.rows li { display: grid; grid-template-columns: minmax(0, 8.75rem) 1fr minmax(2rem, auto); gap: .75rem; align-items: center; padding: .22rem 0; }
.rows.checks li { grid-template-columns: 5.75rem minmax(0, 1fr) auto 2.5rem; }
.rows .badge { justify-self: start; }
.rows.checks a { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--text); }
.bar { display: block; width: 100%; height: .375rem; border-radius: 1rem; background: var(--code); overflow: hidden; }
.figure + .bar { margin: .4rem 0 .45rem; }
.rows .bar { height: .5rem; }
.trend { display: block; width: 100%; height: 7rem; }
.base { stroke: var(--line); } .coverage { fill: none; stroke: var(--cover); stroke-width: 2; vector-effect: non-scaling-stroke; }
.ends { display: flex; justify-content: space-between; gap: 1rem; margin: .2rem 0 0; }
rect.critical { fill: var(--bar-critical); } rect.high { fill: var(--bar-high); } rect.medium { fill: var(--bar-medium); } rect.low { fill: var(--bar-low); }
rect.informational, rect.SKIP, rect.nothing { fill: var(--bar-informational); } rect.good, rect.PASS, rect.passed { fill: var(--bar-good); } rect.cover { fill: var(--cover); }
rect.FAIL, rect.failed { fill: var(--bar-critical); } rect.UNKNOWN, rect.unknown { fill: var(--bar-medium); } rect.waived { fill: var(--bar-low); }
rect.partial { fill: var(--bar-good); opacity: .5; } rect.unasked, rect.elsewhere { fill: none; }
.none { color: var(--soft); }

.badge { display: inline-block; border-radius: 4px; padding: 0 .45rem; font-size: .75rem; font-weight: 600; line-height: 1.6; white-space: nowrap; background: var(--informational-bg); color: var(--informational); }
.critical.badge, .critical.count, .some.critical a, .badge.failed, .badge.expired, .badge.outlived { background: var(--critical-bg); color: var(--critical); }
.high.badge, .high.count, .some.high a { background: var(--high-bg); color: var(--high); }
.medium.badge, .medium.count, .some.medium a, .badge.unknown, .badge.expiring { background: var(--medium-bg); color: var(--medium); }
.low.badge, .low.count, .some.low a, .badge.waived { background: var(--low-bg); color: var(--low); }
.badge.resolved, .badge.passed, .badge.partial, .badge.active { background: var(--good-bg); color: var(--good); }
.badge.change { background: none; box-shadow: inset 0 0 0 1px currentcolor; color: var(--critical); }
.badge.change.resolved { color: var(--good); } .badge.change.waived { color: var(--low); } .badge.change.unseen { color: var(--medium); }
.marks { display: flex; flex-wrap: wrap; gap: .4rem .6rem; align-items: center; }
.fails { color: var(--critical); font-variant-numeric: tabular-nums; }

.views { display: flex; border: 1px solid var(--line); border-radius: 7px; background: var(--card); padding: 2px; font-size: .8125rem; }
.views a { padding: .2rem .7rem; border-radius: 5px; color: var(--soft); text-decoration: none; }
.views a[aria-current] { background: var(--code); color: var(--text); font-weight: 600; }
.filters { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
.search { position: relative; flex: 1 1 20rem; } .selects { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; flex: 1 0 100%; }
.search input { width: 100%; padding-right: 2rem; } .search kbd { position: absolute; right: .5rem; top: .45rem; } .search input:focus + kbd { display: none; }
input[type=search], select, button, .button { font: inherit; font-size: .8125rem; line-height: 1.4; color: var(--text); background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .35rem .6rem; min-height: 2.125rem; }
button, .button, select, .chip { cursor: pointer; }
button:hover, .button:hover, select:hover { border-color: var(--soft); }
.button { display: inline-flex; align-items: center; text-decoration: none; }
::placeholder { color: var(--soft); opacity: 1; }
.select { display: grid; font-size: .6875rem; color: var(--soft); line-height: 1.3; } .select select { max-width: 12.5rem; } .select.set select { border-color: var(--link); box-shadow: inset 0 0 0 1px var(--link); }
.chips { border: 0; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: .25rem; }
.chip { position: relative; } .chip input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.chip span { display: block; padding: .35rem .6rem; min-height: 2.125rem; line-height: 1.4; font-size: .8125rem; border: 1px solid var(--line); border-radius: 6px; background: var(--card); color: var(--text); }
.chip:hover span { border-color: var(--soft); } .chip b { font-variant-numeric: tabular-nums; }
.chip input:checked + span { border-color: currentcolor; box-shadow: inset 0 0 0 1px currentcolor; }
.chip input:focus-visible + span { outline: 2px solid var(--link); outline-offset: 2px; }
.chip.critical input:checked + span { background: var(--critical-bg); color: var(--critical); } .chip.high input:checked + span { background: var(--high-bg); color: var(--high); }
.chip.medium input:checked + span { background: var(--medium-bg); color: var(--medium); } .chip.low input:checked + span { background: var(--low-bg); color: var(--low); }
.chip.informational input:checked + span { background: var(--informational-bg); color: var(--informational); }
.result { margin: 0 0 .4rem; }

.table { background: var(--card); border: 1px solid var(--line); border-radius: 8px; box-shadow: var(--shade); overflow: clip; }
.row { display: grid; grid-template-columns: 6.75rem minmax(0, 1.7fr) minmax(0, 1fr) 8.5rem 7rem; gap: 0 1rem; align-items: center; padding: 0 1rem; position: relative; }
.narrow .row { grid-template-columns: 6.75rem minmax(0, 1fr) 8.5rem 7rem; }
.head { position: sticky; top: calc(3rem + 1px); z-index: 2; background: var(--card); border-bottom: 1px solid var(--line); color: var(--soft); font-size: .75rem; }
.head .row { min-height: 2rem; } .head .row .cell { font-size: .75rem; color: inherit; } .head button { border: 0; background: none; padding: 0; min-height: 0; font-size: .75rem; color: inherit; } .head button:hover, .head [aria-sort$=ending] { color: var(--text); }
.rows .row { border-bottom: 1px solid var(--line); } .rows .row:hover { background: var(--hover); } .row:focus-within { background: var(--hover); }
.rows { contain: layout; }
.cell { min-width: 0; } .line { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.main a { color: var(--text); font-weight: 550; text-decoration: none; } .main a::after { content: ''; position: absolute; inset: 0; }
.main a:focus-visible { outline: none; } .main a:focus-visible::after { outline: 2px solid var(--link); outline-offset: -2px; border-radius: 4px; }
.age { font-size: .8125rem; color: var(--soft); } .age.number { font-size: .9375rem; color: var(--text); } .place, .side { font-size: .8125rem; }
.counts { display: flex; flex-wrap: wrap; gap: .25rem; } .count { border-radius: 4px; padding: 0 .4rem; font-size: .75rem; font-weight: 600; line-height: 1.6; font-variant-numeric: tabular-nums; background: var(--informational-bg); color: var(--informational); }

.steps { display: flex; gap: .5rem; align-items: center; }
.split { display: grid; grid-template-columns: minmax(0, 1.7fr) minmax(0, 1fr); gap: .875rem; align-items: start; }
.split > div { display: grid; gap: .875rem; grid-template-columns: minmax(0, 1fr); }
.block, aside { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem .85rem; box-shadow: var(--shade); min-width: 0; }
.block > h2, aside > h2 { font-size: .8125rem; color: var(--soft); } aside > h2 { margin-top: 1rem; } .block > p:first-of-type { margin-top: 0; }
.facts > div { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .75rem; padding: .22rem 0; font-size: .8125rem; } dt { color: var(--soft); }
.fields { display: grid; grid-template-columns: fit-content(12rem) minmax(0, 1fr); gap: .15rem .9rem; font-size: .875rem; }
.fields ol { padding-left: 1.3rem; } .fields li + li { margin-top: .3rem; }
pre, code { font: .8125rem/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; } code { background: var(--code); border-radius: 4px; padding: .1rem .3rem; }
pre { background: var(--code); border-radius: 6px; padding: .55rem .7rem; margin: 0; white-space: pre-wrap; } pre code { background: none; padding: 0; }
.command { display: flex; gap: .5rem; align-items: start; } .command pre { flex: 1; min-width: 0; } .command pre code { user-select: all; -webkit-user-select: all; }
.copy { font-size: .75rem; padding: .15rem .5rem; min-height: 1.6rem; white-space: nowrap; } .command .copy { min-height: 2.3rem; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: .875rem; align-items: start; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: left; padding: .4rem .5rem; border-top: 1px solid var(--line); vertical-align: top; font-weight: 400; } th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--soft); font-size: .75rem; border-top: 0; white-space: nowrap; } th.n, td.n { text-align: right; }
th .bar { margin-top: .25rem; }
.page > table { background: var(--card); border: 1px solid var(--line); border-radius: 8px; border-collapse: separate; border-spacing: 0; box-shadow: var(--shade); } .page > table :is(th, td) { padding: .45rem .75rem; } .page > table :is(th, td):first-child { padding-left: 1rem; } .page > table :is(th, td):last-child { padding-right: 1rem; }
.page > table tbody:first-of-type tr:first-child > * { border-top-color: transparent; } .page > table thead + tbody tr:first-child > * { border-top-color: var(--line); } .page > table.lines thead + tbody tr:first-child > * { border-top-color: transparent; }
.page > h2 { margin: .75rem 0 -.35rem; }
.lines { table-layout: fixed; } .lines .ref { width: 4.5rem; } .lines .stands { width: 9rem; } .lines .checks { width: 36%; }
details summary { cursor: pointer; color: var(--link); width: fit-content; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); gap: .875rem; } .cards h2 { font-size: .9375rem; color: var(--text); }
.list li { display: flex; gap: .75rem; align-items: baseline; padding: .4rem 0; border-top: 1px solid var(--line); } .list .badge { min-width: 5.75rem; text-align: center; } .list li > div { min-width: 0; }
#plain li { margin: .4rem 0; }

@media (max-width: 64rem) { .pair, .split { grid-template-columns: minmax(0, 1fr); } .tiles { grid-template-columns: 1fr 1fr; } .tiles .wide { grid-column: 1 / -1; } }
@media (max-width: 44rem) {
  .top { flex-direction: column; gap: 0; } .brand { padding-top: .5rem; } #parts { margin-inline: -.7rem; } #parts a { min-height: 2.5rem; }
  .severities { grid-template-columns: repeat(3, 1fr); } .search { flex-basis: 100%; } .select { flex: 1 1 8rem; } .select select { max-width: none; width: 100%; }
  .head { display: none; }
  .row, .narrow .row { grid-template-columns: auto 1fr auto; grid-template-rows: auto auto auto; gap: 0 .75rem; align-content: center; }
  .row .mark { grid-area: 1 / 1; } .row .age { grid-area: 1 / 3; display: flex; gap: .5rem; align-items: center; } .row .main { grid-area: 2 / 1 / 3 / 4; } .row .side { grid-area: 3 / 1 / 4 / 3; } .row .place { grid-area: 3 / 3; text-align: right; } .row .side .soft { display: none; }
  .rows.checks li { grid-template-columns: auto minmax(0, 1fr) auto; } .rows.checks .change, .rows.checks span:empty { display: none; } .rows.checks a { white-space: normal; }
  .command { flex-direction: column; } .command pre { width: 100%; } .fields, .facts > div { grid-template-columns: 1fr; gap: 0; } .fields dd { padding-left: .75rem; }
  .wide thead { display: none; } .wide tr { display: grid; gap: .2rem; padding: .6rem 0; border-top: 1px solid var(--line); } .page > table.wide :is(th, td), .wide :is(th, td) { border: 0; padding: 0 1rem; width: auto !important; } .block .wide :is(th, td) { padding: 0; } .wide td.n { text-align: left; } .wide td.n::before { content: 'findings: '; color: var(--soft); }
}
@media (prefers-reduced-motion: no-preference) { .row, #parts a, button, .button { transition: background-color .12s, border-color .12s, color .12s; } }
@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; --text: #000; --soft: #444; --line: #bbb; --code: #f2f2f2; --shade: none; }
  .top, .skip, .steps, .filters, .views, .copy, .keys { display: none; } .head { position: static; } .row { break-inside: avoid; } .block, .card { break-inside: avoid; } main, footer { padding-inline: 0; }
  .rows .row { height: auto !important; padding-block: .3rem; } .line, .rows.checks a { white-space: normal; } .badge, .severities a, .count { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .main a { font-weight: 400; } .main a, .rows a, .facts a { color: inherit; }
}
`;
