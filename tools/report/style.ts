/** How a report looks. Everything is in the page: a report is read where there is no network. */
export const style = `
:root { color-scheme: light dark; --back: #fff; --fore: #1c2024; --dim: #5b6470; --line: #d8dee6; --panel: #f5f7f9;
  --new: #dff5e3; --new-edge: #1a7f37; --gone: #fde8e8; --gone-edge: #c0362c; --mark: #fff2b3; --mark-edge: #9a6700; --bad: #b3261e; --good: #1a6b32; }
@media (prefers-color-scheme: dark) { :root { --back: #14171b; --fore: #e3e7ec; --dim: #9aa5b1; --line: #333b45; --panel: #1c2127;
  --new: #14351f; --new-edge: #4ac26b; --gone: #431d1c; --gone-edge: #ff7b72; --mark: #4b3d0a; --mark-edge: #e3b341; --bad: #ff8a80; --good: #6fdd8b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--fore); font: 14px/1.5 system-ui, sans-serif; }
header, section { padding: 0 1.5rem; max-width: 110rem; }
h1 { font-size: 1.35rem; margin: 1.2rem 0 .3rem; } h2 { font-size: 1.05rem; margin: 1.6rem 0 .5rem; }
code, pre, .ir { font-family: ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace; font-size: 12px; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem; overflow-x: auto; margin: .4rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.verdict { font-weight: 600; } .bad { color: var(--bad); } .good { color: var(--good); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .6rem 0; } dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
table.passes { border-collapse: collapse; margin: .5rem 0; } .passes th, .passes td { text-align: left; padding: .15rem .9rem .15rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.passes td.number { text-align: right; font-variant-numeric: tabular-nums; } th { color: var(--dim); font-weight: 600; }
.tools { padding: .3rem 1.5rem; display: flex; gap: 1.2rem; align-items: center; flex-wrap: wrap; color: var(--dim); }
.scroll { overflow: auto; max-height: 92vh; border-block: 1px solid var(--line); margin: .4rem 0 2rem; }
table.ir { border-collapse: separate; border-spacing: 0; min-width: 100%; }
.ir thead th { position: sticky; top: 0; z-index: 2; background: var(--panel); color: var(--fore); text-align: left; padding: .45rem .7rem; border-bottom: 1px solid var(--line); border-right: 1px solid var(--line); font: 600 13px/1.35 system-ui, sans-serif; vertical-align: bottom; }
.ir thead th small { display: block; font-weight: 400; color: var(--dim); }
.ir th.folded { padding: .5rem .15rem; min-width: 1.7rem; max-width: 1.7rem; } .ir th.folded span { writing-mode: vertical-rl; transform: rotate(180deg); font-weight: 400; color: var(--dim); max-height: 13rem; overflow: hidden; }
.ir td { padding: 0 .7rem; border-right: 1px solid var(--line); vertical-align: top; min-width: 30rem; max-width: 46rem; } .ir td.folded { min-width: 1.7rem; max-width: 1.7rem; padding: 0; background: var(--panel); }
.ir td > div { white-space: pre-wrap; overflow-wrap: anywhere; padding-left: 2ch; text-indent: -2ch; }
.ir td.new { background: var(--new); box-shadow: inset 3px 0 var(--new-edge); } .ir td.gone { background: var(--gone); box-shadow: inset -3px 0 var(--gone-edge); }
.ir td.new.gone { box-shadow: inset 3px 0 var(--new-edge), inset -3px 0 var(--gone-edge); background: var(--new); }
.ir td.wrong { outline: 2px solid var(--bad); outline-offset: -2px; }
.ir [data-p] { cursor: pointer; } .ir [data-p]:focus-visible { outline: 2px solid var(--mark-edge); outline-offset: 1px; }
.ir td.mark { background: var(--mark); box-shadow: inset 3px 0 var(--mark-edge); }
.value { color: var(--dim); font-size: 11px; } .value b { font-weight: 600; } body.no-values .value { display: none; }
footer { padding: 0 1.5rem 2rem; color: var(--dim); }
@media (max-width: 45rem) { header, section, .tools, footer { padding-inline: .8rem; } .ir td { min-width: 17rem; } dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
@media print { .scroll { max-height: none; } .tools { display: none; } }
`;
