'use strict';

/** The dashboard: its title, its choices, and its panels on the grid. */
const Board = JSON.parse(document.getElementById('answers').textContent);

(() => {
  const COLUMNS = 24;
  const ROW = 30;
  const GAP = 8;
  const KINDS = {timeseries: Lines, 'state-timeline': States, stat: Stat, table: Table};

  function head(root) {
    const top = root.appendChild(element('div', 'top'));
    top.appendChild(element('span', 'title', Board.board.title));
    top.appendChild(element('span', 'by', 'drawn by ./tidegate pictures from the dashboard’s JSON and a real Prometheus; not a Grafana'));
    const time = (seconds) => new Date(seconds * 1000).toISOString().substring(0, 19).replace('T', ' ');
    top.appendChild(element('span', 'time', time(Board.from) + ' to ' + time(Board.to).substring(11) + ' UTC'));
    const choices = root.appendChild(element('div', 'choices'));
    Board.board.templating.list.forEach((variable) => {
      const choice = choices.appendChild(element('span', 'choice'));
      choice.appendChild(element('span', 'of', variable.label ?? variable.name));
      choice.appendChild(element('span', 'chosen', Board.chosen?.[variable.name] ?? variable.current?.text ?? 'Prometheus'));
    });
  }

  function place(box, grid, width) {
    const column = (width - GAP * (COLUMNS - 1)) / COLUMNS;
    box.style.left = grid.x * (column + GAP) + 'px';
    box.style.top = grid.y * (ROW + GAP) + 'px';
    box.style.width = grid.w * (column + GAP) - GAP + 'px';
    box.style.height = grid.h * (ROW + GAP) - GAP + 'px';
  }

  /** Draws a panel and gives what tells, once all is drawn, what it shows. */
  function draw(panel, root) {
    const box = root.appendChild(element('div', panel.type === 'row' ? 'heading' : 'panel'));
    place(box, panel.gridPos, root.clientWidth);
    if (panel.type === 'row') {
      box.textContent = panel.title;
      return [];
    }
    box.appendChild(element('div', 'name', panel.title));
    const kind = KINDS[panel.type];
    if (!kind) {
      throw new Error('panels of type ' + panel.type + ' can not be drawn: ' + panel.title);
    }
    const tell = kind.draw(panel, Board.panels[panel.id], box.appendChild(element('div', 'content')));
    return [() => ({title: panel.title, type: panel.type, ...tell()})];
  }

  try {
    const root = document.getElementById('board');
    head(root);
    const grid = root.appendChild(element('div', 'grid'));
    const panels = Board.board.panels.flatMap((panel) => draw(panel, grid));
    // uPlot draws when the script has ended.
    setTimeout(() => Report.write({panels: panels.map((tell) => tell())}), 100);
  } catch (failure) {
    Report.write({failure: String(failure)});
  }
})();
