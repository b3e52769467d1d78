// Writes figures as people read them, as Figure.cs does on the server.
const numbers = new Intl.NumberFormat('en-US');

export const number = n => n == null ? '–' : numbers.format(n);

export const percent = (part, whole) => whole === 0 ? '–' : (100 * part / whole).toFixed(1) + ' %';

export function duration(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min`;
  if (s < 86400) return `${Math.floor(s / 3600)} h`;
  return `${Math.floor(s / 86400)} d`;
}

export function show(id, text) {
  const element = document.getElementById(id);
  if (element && element.textContent !== text) element.textContent = text;
}

export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export const data = id => JSON.parse(document.getElementById(id).textContent);

// Ages grow by themselves; one timer for all of the page.
setInterval(() => {
  for (const element of document.querySelectorAll('[data-at]')) {
    const [, words = 'last here '] = /^(\D*)/.exec(element.textContent);
    const text = `${words}${duration(Date.now() - Number(element.dataset.at))} ago`;
    if (element.textContent !== text) element.textContent = text;
  }
}, 1000);
