/** What a report does when scripts run: marks operations of one place in all columns, by pointer, keyboard and address. */
export const script = `
(() => {
  const table = document.querySelector('table.ir');
  if (!table) return;
  const lines = [...table.querySelectorAll('[data-p]')];
  const byPlace = new Map();
  for (const line of lines) for (const place of line.dataset.p.split(' ')) {
    if (!byPlace.has(place)) byPlace.set(place, []);
    byPlace.get(place).push(line);
  }
  let pinned;
  const show = (line) => {
    for (const old of table.querySelectorAll('td.mark')) old.classList.remove('mark');
    if (!line) return;
    for (const place of line.dataset.p.split(' ')) for (const other of byPlace.get(place)) other.parentElement.classList.add('mark');
  };
  const pin = (line) => {
    pinned = pinned === line ? undefined : line;
    show(pinned);
    history.replaceState(null, '', pinned ? '#place-' + pinned.dataset.p.split(' ')[0] : location.pathname);
  };
  const lineOf = (event) => event.target instanceof Element ? event.target.closest('[data-p]') : null;
  table.addEventListener('mouseover', (event) => { const line = lineOf(event); if (line) show(line); });
  table.addEventListener('mouseleave', () => show(pinned));
  table.addEventListener('click', (event) => { const line = lineOf(event); if (line) pin(line); });
  const focus = (line) => { for (const one of lines) one.tabIndex = -1; line.tabIndex = 0; line.focus(); };
  if (lines[0]) lines[0].tabIndex = 0;
  table.addEventListener('keydown', (event) => {
    const line = lineOf(event);
    if (!line) return;
    if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); pin(line); return; }
    const cell = line.parentElement;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const side = { ArrowRight: 'nextElementSibling', ArrowLeft: 'previousElementSibling' }[event.key];
    let to;
    if (step) for (let row = cell.parentElement; (row = step > 0 ? row.nextElementSibling : row.previousElementSibling) && !to;) to = row.cells[cell.cellIndex]?.querySelector('[data-p]');
    if (side) for (let other = cell; (other = other[side]) && !to;) to = other.querySelector('[data-p]');
    if (to) { event.preventDefault(); focus(to); show(to); }
  });
  const values = document.querySelector('#values');
  if (values) values.addEventListener('change', () => document.body.classList.toggle('no-values', !values.checked));
  const asked = /^#place-(\\d+)$/.exec(location.hash);
  const first = asked && byPlace.get(asked[1]);
  if (first) { pin(first[0]); first[0].scrollIntoView({ block: 'center' }); }
})();
`;
