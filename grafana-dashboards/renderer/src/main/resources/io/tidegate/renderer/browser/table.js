'use strict';

/** Panels of type table: a row for each series, whose labels and number are the cells. */
const Table = (() => {
  function draw(panel, answers, box) {
    if (!answers.series.length) {
      return Report.nothing(box);
    }
    const organize = panel.transformations?.find((one) => one.id === 'organize')?.options ?? {};
    const columns = columnsOf(panel, answers.series, organize);
    const table = box.appendChild(element('table', 'cells'));
    const head = table.appendChild(element('tr'));
    columns.forEach((column) => {
      const cell = head.appendChild(element('th', '', column.title));
      const width = widthOf(panel, column.title);
      cell.style.width = width ? width + 'px' : '';
    });
    answers.series.forEach((one) => {
      const row = table.appendChild(element('tr'));
      columns.forEach((column) => row.appendChild(element('td', '', column.cell(one))));
    });
    const cells = [...table.querySelectorAll('td')].map((cell) => cell.textContent);
    return () => Report.shown(box, cells.some((text) => text !== ''), cells);
  }

  /** Labels and values, without those that the panel leaves out, in its order and by its names. */
  function columnsOf(panel, series, organize) {
    const labels = [...new Set(series.flatMap((one) => Object.keys(one.labels)))].filter((name) => name !== '__name__');
    const columns = labels.map((name) => ({name, cell: (one) => one.labels[name] ?? ''}));
    panel.targets.forEach((target, query) => {
      columns.push({
        name: panel.targets.length > 1 ? 'Value #' + target.refId : 'Value',
        cell: (one) => (one.query === query ? text(one, panel.fieldConfig.defaults) : ''),
      });
    });
    const place = (column) => organize.indexByName?.[column.name] ?? columns.length;
    return columns
      .filter((column) => !organize.excludeByName?.[column.name])
      .map((column) => ({...column, title: organize.renameByName?.[column.name] ?? column.name}))
      .sort((one, other) => place(one) - place(other));
  }

  function text(one, defaults) {
    const number = one.points[one.points.length - 1]?.[1] ?? null;
    return number === null ? '' : Format.named(number, defaults);
  }

  function widthOf(panel, title) {
    return (panel.fieldConfig.overrides ?? [])
      .filter((override) => override.matcher.id === 'byName' && override.matcher.options === title)
      .flatMap((override) => override.properties)
      .find((property) => property.id === 'custom.width')?.value;
  }

  return {draw};
})();
