'use strict';

/** Panels of type timeseries, by uPlot, which draws them in Grafana, too. */
const Lines = (() => {
  const FONT = '12px Inter, "DejaVu Sans", sans-serif';
  const GRID = 'rgba(240,250,255,0.09)';
  const TEXT = '#CCCCDC';

  function draw(panel, answers, box) {
    const series = named(panel, answers.series);
    if (!series.length) {
      return Report.nothing(box);
    }
    const chart = box.appendChild(element('div', 'chart'));
    if (panel.options.legend.showLegend) {
      box.appendChild(legend(series));
    }
    const defaults = panel.fieldConfig.defaults;
    const plot = new uPlot(options(chart, series, defaults), data(series, answers.step), chart);
    return () => Report.shown(box, pixels(plot, series) >= 10, []);
  }

  function named(panel, all) {
    return all.map((one, index) => ({
      name: Format.legend(panel.targets[one.query].legendFormat, one.labels),
      color: Colors.series(index),
      points: new Map(one.points.map(([time, value]) => [Math.round(time), value])),
    }));
  }

  function legend(series) {
    const list = element('div', 'legend');
    series.forEach((one) => {
      const entry = list.appendChild(element('span', 'entry'));
      entry.appendChild(element('span', 'dash')).style.background = one.color;
      entry.appendChild(element('span', '', one.name));
    });
    return list;
  }

  function data(series, step) {
    const first = Math.floor(Board.from / step) * step;
    const times = [];
    for (let time = first; time <= Board.to; time += step) {
      times.push(time);
    }
    return [times, ...series.map((one) => times.map((time) => one.points.get(time) ?? null))];
  }

  function options(chart, series, defaults) {
    const custom = defaults.custom;
    const stepped = custom.lineInterpolation === 'stepAfter';
    const incrs = Format.increments(defaults.unit);
    return {
      width: chart.clientWidth,
      height: chart.clientHeight,
      padding: [8, 28, 0, 4],
      cursor: {show: false},
      legend: {show: false},
      tzDate: (time) => uPlot.tzDate(new Date(time * 1000), 'UTC'),
      scales: {
        x: {time: true, range: () => [Board.from, Board.to]},
        y: {range: (plot, least, most) => range(least, most, defaults)},
      },
      axes: [
        axis({
          values: (plot, splits, index, space, distance) => splits.map((time) => clock(time, distance)),
          size: 30,
          space: 75,
        }),
        axis({
          values: (plot, splits, index, space, distance) =>
            splits.map((value) => Format.value(value, defaults.unit, Format.digitsFor(distance))),
          size: (plot, values) => (values ? 14 + Math.max(...values.map(width)) : 40),
          space: 30,
          ...(incrs && {incrs}),
        }),
      ],
      series: [
        {},
        ...series.map((one) => ({
          stroke: one.color,
          width: custom.lineWidth,
          fill: Colors.faded(one.color, custom.fillOpacity / 100),
          paths: stepped ? uPlot.paths.stepped({align: 1}) : uPlot.paths.linear(),
          points: {show: custom.showPoints !== 'never'},
          spanGaps: custom.spanNulls === true,
        })),
      ],
      hooks: {draw: [(plot) => thresholds(plot, defaults), (plot) => marks(plot)]},
    };
  }

  function axis(further) {
    return {
      stroke: TEXT,
      font: FONT,
      grid: {stroke: GRID, width: 1},
      ticks: {stroke: GRID, width: 1, size: 4},
      gap: 5,
      ...further,
    };
  }

  /** As Grafana: a tenth of the distance beside it, from zero if zero is near; what the panel fixes counts. */
  function range(least, most, defaults) {
    const near = {pad: 0.1, soft: 0, mode: 3};
    const flat = !Number.isFinite(least) || (least === 0 && most === 0);
    const free = flat ? [0, 1] : uPlot.rangeNum(least, most, {min: near, max: near});
    return [defaults.min ?? free[0], defaults.max ?? free[1]];
  }

  function clock(time, distance) {
    const text = new Date(time * 1000).toISOString();
    return distance <= 60 ? text.substring(11, 19) : text.substring(11, 16);
  }

  const ruler = document.createElement('canvas').getContext('2d');

  function width(text) {
    ruler.font = FONT;
    return Math.ceil(ruler.measureText(text).width);
  }

  /** Lines at the thresholds, where the panel asks for them; the axis does not grow for them. */
  function thresholds(plot, defaults) {
    if (defaults.custom.thresholdsStyle?.mode !== 'line') {
      return;
    }
    defaults.thresholds.steps
      .filter((step) => step.value !== null && step.value >= plot.scales.y.min && step.value <= plot.scales.y.max)
      .forEach((step) => {
        const y = plot.valToPos(step.value, 'y', true);
        line(plot, Colors.named(step.color), [], plot.bbox.left, y, plot.bbox.left + plot.bbox.width, y);
      });
  }

  function marks(plot) {
    const bottom = plot.bbox.top + plot.bbox.height;
    Board.marks.forEach((mark) => {
      const x = plot.valToPos(mark.at, 'x', true);
      const color = Colors.named(mark.color);
      line(plot, color, [4, 4], x, plot.bbox.top, x, bottom);
      const ctx = plot.ctx;
      ctx.fillStyle = color;
      ctx.beginPath();
      ctx.moveTo(x, bottom);
      ctx.lineTo(x - 4, bottom + 6);
      ctx.lineTo(x + 4, bottom + 6);
      ctx.fill();
    });
  }

  function line(plot, color, dash, x1, y1, x2, y2) {
    const ctx = plot.ctx;
    ctx.save();
    ctx.strokeStyle = color;
    ctx.setLineDash(dash);
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
    ctx.lineTo(Math.round(x2) + 0.5, Math.round(y2) + 0.5);
    ctx.stroke();
    ctx.restore();
  }

  /** How many pixels of the plot have the colour of a series. */
  function pixels(plot, series) {
    const {left, top, width: wide, height: high} = plot.bbox;
    const image = plot.ctx.getImageData(left, top, wide, high + 1).data;
    const colors = series.map((one) => Colors.channels(one.color));
    let count = 0;
    for (let at = 0; at < image.length; at += 4) {
      if (image[at + 3] > 200 && colors.some((color) => color.every((part, i) => Math.abs(image[at + i] - part) < 24))) {
        count++;
      }
    }
    return count;
  }

  return {draw};
})();
