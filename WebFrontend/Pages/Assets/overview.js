import { chart, utc } from './chart.js';
import { data, make, number, percent, show } from './figures.js';
import { watch } from './live.js';
import { online } from './online.js';

const SLICE = 600;
let plot;

function draw(views) {
  const times = views.slices.map((_, at) => views.until - (views.slices.length - 1 - at) * SLICE);
  if (plot) plot.setData([times, views.slices]);
  else plot = chart(document.getElementById('chart'), [{ label: 'views', colour: '--accent', bars: true }], [times, views.slices]);
}

function ranking(id, counts, label) {
  const list = document.getElementById(id);
  const most = counts[0]?.views ?? 1;
  const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
  list.replaceChildren(...counts.map(count => {
    const meter = make('meter', { min: 0, max: most, value: count.views });
    meter.setAttribute('aria-hidden', 'true');
    return make('li', {},
      make('a', { className: 'grow id', href: '/operator/page?id=' + encodeURIComponent(count.page), textContent: label(count) }),
      make('b', { textContent: number(count.views) }), meter);
  }));
  if (focused) [...list.querySelectorAll('a')].find(link => link.getAttribute('href') === focused)?.focus();
  list.nextElementSibling.hidden = counts.length > 0;
}

const first = data('views-data');
if (first) draw(first);

watch({
  online,
  views(views) {
    show('views-rate', views.perSecond.toFixed(1));
    show('views-day', number(views.lastDay));
    draw(views);
  },
  today(today) {
    show('views-today', number(today.views));
    show('visitors-today', number(today.visitors));
    ranking('top-pages', today.pages, count => count.page);
    ranking('top-categories', today.categories, count => count.name ?? count.id);
    ranking('top-products', today.products, count => count.name ?? count.id);
  },
  memory({ sessions, cacheHits, cacheMisses }) {
    show('sessions', number(sessions));
    show('cache-ratio', percent(cacheHits, cacheHits + cacheMisses));
    show('cache-reads', number(cacheHits + cacheMisses));
  },
  health({ mode, parts }) {
    show('mode', mode);
    document.getElementById('health').replaceChildren(...parts.map(part => make('li', {},
      make('span', { className: `mark ${part.state}`, textContent: part.state }),
      make('span', { className: 'grow', textContent: part.name }),
      make('span', { className: 'note', textContent: part.detail }))));
  },
});
