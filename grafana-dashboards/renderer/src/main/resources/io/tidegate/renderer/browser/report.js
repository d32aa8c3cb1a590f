'use strict';

/** What the page says of itself to the program that had it drawn. */
const Report = (() => {
  function shown(box, visible, texts) {
    return {visible, cut: cut(box), texts};
  }

  function nothing(box) {
    box.appendChild(element('div', 'nothing', 'No data'));
    return () => shown(box, false, []);
  }

  /** Parts that are larger than their place. */
  function cut(box) {
    return [...box.parentElement.querySelectorAll('.name, .legend, .numbers, .label, th, td, .content')]
      .filter((part) => part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1)
      .map((part) => (part.className || part.tagName.toLowerCase()) + ': ' + part.textContent.substring(0, 60))
      .join('; ');
  }

  function write(content) {
    const script = document.body.appendChild(document.createElement('script'));
    script.id = 'report';
    script.type = 'application/json';
    script.textContent = JSON.stringify(content).replace(/</g, '\\u003c');
  }

  return {shown, nothing, write};
})();

function element(tag, name, text) {
  const one = document.createElement(tag);
  one.className = name ?? '';
  if (text !== undefined) {
    one.textContent = text;
  }
  return one;
}
