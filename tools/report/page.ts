/** A report as one page that needs nothing else. */
import { alignedRows, type Cell } from './line-diff.ts';
import { script } from './script.ts';
import { style } from './style.ts';

/** An operation's line as the page shows it. */
export interface PageLine {
  readonly text: string;
  /** Numbers of the places that it is from; lines that share one are linked. */
  readonly places: readonly number[];
  /** What the operation gave, in a few words. */
  readonly value: string | undefined;
  /** How that compares with the column before. */
  readonly comparison: string | undefined;
  readonly isWrong: boolean;
}

/** A column of the page. Passes that changed nothing have no lines. */
export interface PageColumn {
  readonly title: string;
  readonly note: string;
  readonly lines: readonly PageLine[] | undefined;
}

/** A row of the table of passes. */
export interface PagePass {
  readonly cells: readonly string[];
  readonly isWrong: boolean;
}

/** What went wrong, in pieces. */
export interface PageFinding {
  readonly text: string;
  readonly before: string;
  readonly after: string;
  readonly passName: string;
  readonly replay: string;
}

/** Everything that a page tells. */
export interface Page {
  readonly title: string;
  readonly verdict: { readonly text: string; readonly isGood: boolean };
  readonly facts: readonly (readonly [name: string, what: string])[];
  readonly passHeadings: readonly string[];
  readonly passes: readonly PagePass[];
  readonly finding: PageFinding | undefined;
  readonly columns: readonly PageColumn[];
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Text that means nothing to a browser. Control characters are shown, as a page must not have them. */
export const escaped = (text: string): string =>
  text
    .replace(/[&<>"']/g, (mark) => entities[mark] as string)
    .replace(/[^\P{Cc}\t\n]/gu, (mark) => `\\${mark.charCodeAt(0).toString(16).padStart(2, '0')}`);

const lineText = ({ text, places, value, comparison }: PageLine): string => {
  const linked = places.length > 0 ? ` data-p="${places.join(' ')}" role="button" tabindex="-1"` : '';
  const told =
    value === undefined
      ? ''
      : `<div class="value">→ ${escaped(value)}${comparison === undefined ? '' : ` · <b>${escaped(comparison)}</b>`}</div>`;
  return `<div${linked}>${escaped(text) || ' '}</div>${told}`;
};

function cellText(cell: Cell | undefined, lines: readonly PageLine[]): string {
  const line = cell && lines[cell.at];
  if (!line) return '<td></td>';
  const classes = [cell.isNew ? 'new' : '', cell.isGone ? 'gone' : '', line.isWrong ? 'wrong' : ''].filter(Boolean);
  return `<td${classes.length > 0 ? ` class="${classes.join(' ')}"` : ''}>${lineText(line)}</td>`;
}

function tableText(columns: readonly PageColumn[], label: string): string {
  const shown = columns.flatMap(({ lines }) => (lines ? [lines] : []));
  const rows = alignedRows(shown.map((lines) => lines.map(({ text }) => text)));
  const head = columns
    .map(({ title, note, lines }) =>
      lines
        ? `<th scope="col">${escaped(title)}<small>${escaped(note)}</small></th>`
        : `<th scope="col" class="folded" title="${escaped(`${title}: ${note}`)}"><span>${escaped(title)}</span></th>`,
    )
    .join('');
  const body = rows.map((row) => {
    let at = 0;
    const cells = columns.map(({ lines }) => (lines ? cellText(row[at++], lines) : '<td class="folded"></td>'));
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escaped(label)}"><table class="ir"><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`;
}

const plainLines = (text: string): readonly PageLine[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => ({ text: line, places: [], value: undefined, comparison: undefined, isWrong: false }));

function findingText({ text, before, after, passName, replay }: PageFinding): string {
  const columns = [
    { title: 'reduced program', note: 'the smallest that was found', lines: plainLines(before) },
    { title: `after ${passName}`, note: '', lines: plainLines(after) },
  ];
  return `<section><h2>What went wrong</h2><pre>${escaped(text.trimEnd())}</pre></section>
${tableText(columns, 'the reduced program before and after the pass')}
<section><details><summary>A file that shows it again</summary><pre>${escaped(replay.trimEnd())}</pre></details></section>`;
}

/** The page as HTML. */
export function pageText({ title, verdict, facts, passHeadings, passes, finding, columns }: Page): string {
  const passRows = passes.map(
    ({ cells, isWrong }) =>
      `<tr${isWrong ? ' class="bad"' : ''}>${cells.map((cell) => `<td${/^[\d.]+$/.test(cell) ? ' class="number"' : ''}>${escaped(cell)}</td>`).join('')}</tr>`,
  );
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
<p class="verdict ${verdict.isGood ? 'good' : 'bad'}">${escaped(verdict.text)}</p>
<dl>${facts.map(([name, what]) => `<dt>${escaped(name)}</dt><dd>${escaped(what)}</dd>`).join('')}</dl>
</header>
<section><h2>Passes</h2>
<table class="passes"><thead><tr>${passHeadings.map((one) => `<th scope="col">${escaped(one)}</th>`).join('')}</tr></thead>
<tbody>${passRows.join('\n')}</tbody></table></section>
${finding ? findingText(finding) : ''}
<section><h2>Programs</h2></section>
<div class="tools"><label><input type="checkbox" id="values" checked> values</label>
<span>Green at the left: new in a column. Red at the right: gone after it. A line marks the operations of the same place in all columns.</span></div>
${tableText(columns, 'the program before and after every pass')}
<footer>Made by paleozoic. Values are those of the first run on the inputs above; a bound says how far from exact arithmetic they can be.</footer>
<script>${script}</script>
</body>
</html>
`;
}
