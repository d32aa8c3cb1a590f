'use strict';

/** Numbers as Grafana writes them: three digits that count, and the unit that a panel names. */
const Format = (() => {
  const SHORT = ['', ' K', ' Mil', ' Bil', ' Tri'];
  const IEC = [' ', ' Ki', ' Mi', ' Gi', ' Ti'];
  const COUNTS = [' ', 'K ', 'M ', 'B ', 'T '];
  const UNITS = {
    short: (value, digits) => scaled(value, digits, 1000, SHORT, ''),
    percentunit: (value, digits) => plain(value * 100, digits) + '%',
    bytes: (value, digits) => scaled(value, digits, 1024, IEC, 'B'),
    binBps: (value, digits) => scaled(value, digits, 1024, IEC, 'B/s'),
    ops: (value, digits) => scaled(value, digits, 1000, COUNTS, 'ops/s'),
    s: seconds,
    bool_yes_no: (value) => (value ? 'Yes' : 'No'),
    dateTimeFromNow: (value) => fromNow((Board.to * 1000 - value) / 1000),
  };

  function digitsOf(value) {
    return Number.isInteger(value) ? 0 : Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value)))));
  }

  /** With so many digits after the point; without a number of them, as many as make three in all. */
  function plain(value, digits) {
    return digits === undefined ? value.toFixed(digitsOf(value)) : trimmed(value.toFixed(digits));
  }

  /** Axes write no zeros at the end. */
  function trimmed(text) {
    return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  }

  function scaled(value, digits, factor, names, unit) {
    const power = value === 0 ? 0 : Math.floor(Math.log(Math.abs(value)) / Math.log(factor) + 1e-9);
    const step = Math.min(names.length - 1, Math.max(0, power));
    return plain(value / factor ** step, digits === undefined ? digits : digits + 3 * step) + names[step] + unit;
  }

  function seconds(value, digits) {
    const size = Math.abs(value);
    const units = [
      [86400, ' day'],
      [3600, ' hour'],
      [60, ' min'],
      [1, ' s'],
      [1e-3, ' ms'],
      [1e-6, ' µs'],
      [0, ' ns'],
    ];
    const [unit, name] = size === 0 ? [1, ' s'] : units.find(([least]) => size >= least);
    return plain(value / (unit || 1e-9), digits === undefined || unit === 1 ? digits : 3) + name;
  }

  function fromNow(age) {
    const some = (count, one, name) => (count === 1 ? one + ' ' + name : count + ' ' + name + 's') + ' ago';
    if (age < 45) {
      return 'a few seconds ago';
    }
    if (age < 45 * 60) {
      return some(Math.max(1, Math.round(age / 60)), 'a', 'minute');
    }
    if (age < 22 * 3600) {
      return some(Math.max(1, Math.round(age / 3600)), 'an', 'hour');
    }
    return some(Math.max(1, Math.round(age / 86400)), 'a', 'day');
  }

  /** The text of a number in a unit; digits after the point are given for axes only. */
  function value(number, unit, digits) {
    const known = UNITS[unit];
    if (known) {
      return known(number, digits);
    }
    const suffix = unit && unit.startsWith('suffix:') ? ' ' + unit.substring('suffix:'.length) : '';
    return plain(number, digits) + suffix;
  }

  /** Digits after the point that tell apart numbers so far from each other. */
  function digitsFor(distance) {
    return Math.max(0, Math.min(12, Math.ceil(-Math.log10(distance) - 1e-9) + 1));
  }

  const BINARY = Array.from({length: 51}, (none, power) => 2 ** power);
  const DECIMAL = [-9, -8, -7, -6, -5, -4, -3, -2, -1].flatMap((power) => [1, 2, 5].map((lead) => Number(lead + 'e' + power)));
  const TIMES = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 43200, 86400, 172800, 604800, 2592000];
  const INCREMENTS = {bytes: BINARY, binBps: BINARY, s: [...DECIMAL, ...TIMES]};

  /** Distances between an axis' numbers that give round ones in a unit; none, if powers of ten do. */
  function increments(unit) {
    return INCREMENTS[unit];
  }

  /** The name of a series: the legend of its query, with its labels in place of double braces. */
  function legend(pattern, labels) {
    return pattern.replace(/\{\{\s*(\w+)\s*}}/g, (all, label) => labels[label] ?? '').trim();
  }

  /** What a value is called, if the panel names it; else the number in its unit. */
  function named(number, defaults) {
    const mapping = mapped(number, defaults);
    return mapping ? mapping.text : value(number, defaults.unit);
  }

  function mapped(number, defaults) {
    return (defaults.mappings ?? [])
      .filter((mapping) => mapping.type === 'value')
      .map((mapping) => mapping.options[String(number)])
      .find((option) => option !== undefined);
  }

  return {value, digitsFor, increments, legend, named, mapped};
})();
