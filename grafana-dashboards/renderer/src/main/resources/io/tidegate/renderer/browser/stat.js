'use strict';

/** Panels of type stat: the last number of each series, large. */
const Stat = (() => {
  function draw(panel, answers, box) {
    const defaults = panel.fieldConfig.defaults;
    const numbers = answers.series
      .map((one) => one.points.map(([, value]) => value).filter((value) => value !== null).pop())
      .filter((value) => value !== undefined);
    if (!numbers.length) {
      return Report.nothing(box);
    }
    const list = box.appendChild(element('div', 'numbers'));
    const texts = numbers.map((value) => Format.named(value, defaults));
    texts.forEach((text, index) => {
      const number = list.appendChild(element('div', 'number', text));
      number.style.color = Colors.value(numbers[index], index, defaults);
      number.style.fontSize = size(text, list.clientWidth / texts.length, list.clientHeight) + 'px';
    });
    return () => Report.shown(box, texts.every((text) => text !== ''), texts);
  }

  /** As large as fits. */
  function size(text, width, height) {
    return Math.floor(Math.min(height * 0.6, 64, (width - 8) / (0.62 * text.length)));
  }

  return {draw};
})();
