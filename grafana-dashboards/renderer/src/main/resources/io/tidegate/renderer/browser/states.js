'use strict';

/** Panels of type state-timeline: a row for each series, a box for each time of one value. */
const States = (() => {
  function draw(panel, answers, box) {
    if (!answers.series.length) {
      return Report.nothing(box);
    }
    const chart = box.appendChild(element('div', 'states'));
    const labels = chart.appendChild(element('div', 'labels'));
    const plot = chart.appendChild(element('div', 'plot'));
    const rows = plot.appendChild(element('div', 'rows'));
    plot.appendChild(clock());
    answers.series.forEach((one, index) => {
      labels.appendChild(element('div', 'label', Format.legend(panel.targets[one.query].legendFormat, one.labels)));
      const row = rows.appendChild(element('div', 'row'));
      spans(one.points, answers.step).forEach((span) => row.appendChild(state(span, index, panel)));
    });
    rows.querySelectorAll('.state').forEach(fit);
    return () => Report.shown(box, [...rows.querySelectorAll('.state')].some((one) => one.offsetWidth > 0), []);
  }

  /** Times of one value each; what is missing for a step ends it. */
  function spans(points, step) {
    const all = [];
    points.forEach(([time, value]) => {
      const last = all[all.length - 1];
      if (value !== null && last && last.value === value && time - last.to < 1) {
        last.to = time + step;
      } else if (value !== null) {
        all.push({value, from: time, to: time + step});
      }
    });
    return all;
  }

  function state(span, index, panel) {
    const defaults = panel.fieldConfig.defaults;
    const share = (time) => (100 * (Math.min(Math.max(time, Board.from), Board.to) - Board.from)) / (Board.to - Board.from);
    const box = element('div', 'state');
    box.style.left = share(span.from) + '%';
    box.style.width = share(span.to) - share(span.from) + '%';
    box.style.background = Colors.faded(Colors.value(span.value, index, defaults), defaults.custom.fillOpacity / 100);
    box.textContent = panel.options.showValue === 'never' ? '' : Format.named(span.value, defaults);
    return box;
  }

  /** A text that does not fit is left out. */
  function fit(box) {
    if (box.scrollWidth > box.clientWidth) {
      box.textContent = '';
    }
  }

  function clock() {
    const line = element('div', 'clock');
    for (let i = 0; i <= 5; i++) {
      const time = Board.from + ((Board.to - Board.from) * i) / 5;
      line.appendChild(element('span', '', new Date(time * 1000).toISOString().substring(11, 19)));
    }
    return line;
  }

  return {draw};
})();
