'use strict';

/** Colours of Grafana's dark theme by name, and those of series by their place. */
const Colors = (() => {
  const NAMES = {
    green: '#73BF69',
    yellow: '#FADE2A',
    red: '#F2495C',
    orange: '#FF9830',
    blue: '#5794F2',
    purple: '#B877D9',
    text: '#CCCCDC',
  };
  const SERIES = [
    '#73BF69', '#F2CC0C', '#8AB8FF', '#FF780A', '#F2495C', '#5794F2', '#B877D9', '#705DA0',
    '#37872D', '#FADE2A', '#447EBC', '#C15C17', '#890F02', '#0A437C', '#6D1F62', '#584477',
    '#B7DBAB', '#F4D598', '#70DBED', '#F9BA8F', '#F29191', '#82B5D8', '#E5A8E2', '#AEA2E0',
  ];

  const named = (name) => NAMES[name] ?? name;

  const series = (index) => SERIES[index % SERIES.length];

  /** The colour of the last step that a number reaches. */
  function threshold(number, thresholds) {
    const reached = (thresholds?.steps ?? []).filter((step) => step.value === null || number >= step.value);
    return named(reached.length ? reached[reached.length - 1].color : 'green');
  }

  /** The colour of a value: that of its name, or as the panel's mode says. */
  function value(number, index, defaults) {
    const color = Format.mapped(number, defaults)?.color;
    if (color) {
      return named(color);
    }
    switch (defaults.color?.mode) {
      case 'fixed':
        return named(defaults.color.fixedColor);
      case 'palette-classic':
        return series(index);
      default:
        return threshold(number, defaults.thresholds);
    }
  }

  function channels(color) {
    return [1, 3, 5].map((at) => parseInt(color.substring(at, at + 2), 16));
  }

  function faded(color, opacity) {
    return `rgba(${channels(color).join(',')},${opacity})`;
  }

  return {named, series, value, threshold, channels, faded};
})();
