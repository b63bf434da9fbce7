/** The report's style: system fonts, light and dark by the reader's setting, no outside file. */
export const STYLE = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --ink: #1b1f27; --soft: #5a6372; --line: #dfe3ea;
  --accent: #3157c8; --good: #14733c; --good-back: #dcf3e4; --bad: #a8231f; --bad-back: #fbe2e0; --calm: #54607a; --calm-back: #e8ebf2;
  --quote: #ffe9a3; --gold: #2c8a57; }
@media (prefers-color-scheme: dark) { :root { --page: #12151b; --card: #1b1f28; --ink: #e7eaf0; --soft: #9aa4b5; --line: #2e3542;
  --accent: #8eabff; --good: #7fdba3; --good-back: #163524; --bad: #ff9c94; --bad-back: #43201f; --calm: #b4bfd4; --calm-back: #29303e;
  --quote: #6b5412; --gold: #6cd49b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; }
main { max-width: 1160px; margin: 0 auto; padding: 28px 20px 80px; }
h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 17px; margin: 32px 0 12px; }
h3 { font-size: 12px; margin: 16px 0 4px; color: var(--soft); text-transform: uppercase; letter-spacing: .05em; }
h4 { font-size: 14px; margin: 0 0 4px; } small, .meta, .sub { color: var(--soft); font-size: 13px; font-weight: 400; }
.sub { margin: 0; overflow-wrap: anywhere; }
.gate { margin: 18px 0; padding: 14px 18px; border-radius: 10px; background: var(--calm-back); }
.gate.pass { background: var(--good-back); } .gate.fail { background: var(--bad-back); }
.gate ul { margin: 6px 0 0; padding-left: 20px; }
.grid2 > * { min-width: 0; } .grid2 { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 430px), 1fr)); gap: 16px; align-items: start; }
.card, figure { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; margin: 0; min-width: 0; overflow-x: auto; }
.card h2 { margin: 0 0 8px; text-transform: capitalize; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 14px; }
td, th { padding: 4px 6px; text-align: right; border-top: 1px solid var(--line); vertical-align: top; } tr:first-child > * { border-top: 0; }
td:first-child, th:first-child { text-align: left; padding-left: 0; } td:last-child { padding-right: 0; }
td.value { font-weight: 600; white-space: nowrap; } td.range { color: var(--soft); font-size: 12.5px; white-space: nowrap; }
td.range.reason { white-space: normal; }
.better { color: var(--good); } .worse { color: var(--bad); } .same { color: var(--soft); }
figcaption { font-weight: 600; margin-bottom: 6px; } svg { width: 100%; height: auto; display: block; }
svg text { fill: var(--soft); font-size: 11.5px; } .grid { stroke: var(--line); } .bar { fill: var(--accent); opacity: .32; }
.dot { fill: var(--accent); } .curve { fill: none; stroke: var(--accent); stroke-width: 2; } .reference { stroke: var(--soft); stroke-dasharray: 4 4; }
form { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; padding: 12px 0; background: var(--page); }
form label.chip { display: inline-flex; gap: 6px; align-items: center; padding: 4px 10px; border: 1px solid var(--line); border-radius: 999px; background: var(--card); cursor: pointer; }
form label.chip:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
input[type=search], select, button { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 5px 10px; }
select { max-width: 100%; } input[type=search] { flex: 1 1 180px; min-width: 140px; } :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.case { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin-bottom: 8px; }
summary { display: flex; gap: 12px; align-items: baseline; padding: 10px 14px; cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; } .question { flex: 1; min-width: 0; overflow-wrap: anywhere; } summary { flex-wrap: wrap; }
.confidence { color: var(--soft); font-variant-numeric: tabular-nums; }
.pill, .flip { font-size: 12px; font-weight: 600; padding: 2px 9px; border-radius: 999px; white-space: nowrap; background: var(--calm-back); color: var(--calm); }
.pill.answered-right, .pill.declined-right, .flip.better, .pill.relevant { background: var(--good-back); color: var(--good); }
.pill.answered-wrong, .pill.declined-wrong, .flip.worse { background: var(--bad-back); color: var(--bad); } .pill.relevant { margin-left: 8px; }
.body { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); gap: 4px 28px; padding: 0 16px 14px; border-top: 1px solid var(--line); }
.body > div { min-width: 0; overflow-wrap: anywhere; } .body p { margin: 0 0 8px; } .body ol, .body ul { margin: 0; padding-left: 20px; }
.answer { white-space: pre-wrap; } cite { color: var(--soft); font-size: 12.5px; font-style: normal; } .document { margin-bottom: 12px; }
.document p { font-size: 14px; white-space: pre-line; } mark { background: none; color: inherit; } mark.quote { background: var(--quote); border-radius: 3px; }
mark.gold { border-bottom: 2px solid var(--gold); } .meta { margin-top: 12px !important; }
@media print { form { display: none; } }
`;
