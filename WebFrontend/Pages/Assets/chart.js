// uPlot in the page's colours. Colours are read when it is drawn, so light and dark switch by themselves.
import { number } from './figures.js';

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const axis = more => ({
  stroke: () => colour('--quiet'), grid: { stroke: () => colour('--line'), width: 1 }, ticks: { show: false },
  font: '12px system-ui, sans-serif', ...more,
});

// series: [{ label, colour, bars }]; data as uPlot has it, times in Unix seconds.
export function chart(element, series, data, { tzDate, days = false } = {}) {
  const half = ((data[0][1] ?? data[0][0] + 86400) - data[0][0]) / 2;
  const size = () => ({ width: element.clientWidth, height: element.clientHeight - 30 });
  const plot = new uPlot({
    ...size(),
    tzDate,
    padding: [10, 20, 0, 0],
    cursor: { points: { size: 6 }, drag: { x: false, y: false } },
    legend: { live: true },
    scales: { x: { time: true, range: (u, min, max) => [min - half, max + half] }, y: { range: (u, min, max) => [0, Math.max(4, max * 1.08)] } },
    axes: [
      axis({ space: 56, values: days ? [[86400, '{DD} {MMM}', '\n{YYYY}', null, null, null, null, null, 1]] : [[3600, '{HH}:{mm}', null, null, null, null, null, null, 1]], incrs: days ? [86400, 2 * 86400, 7 * 86400, 14 * 86400, 28 * 86400, 56 * 86400] : [3600, 2 * 3600, 4 * 3600, 6 * 3600] }),
      axis({ size: 54, values: (u, ticks) => ticks.map(tick => Number.isInteger(tick) ? number(tick) : '') }),
    ],
    series: [
      { value: days ? '{YYYY}-{MM}-{DD}' : '{HH}:{mm}' },
      ...series.map(({ label, colour: name, bars }) => ({
        label, width: 1.6, stroke: () => colour(name), value: (u, v) => number(v),
        fill: bars ? () => colour(name) : undefined, paths: bars ? uPlot.paths.bars({ size: [0.86], gap: 1 }) : undefined, points: { show: !bars && data[0].length < 60, size: 5 },
      })),
    ],
  }, data, element);
  new ResizeObserver(() => plot.setSize(size())).observe(element);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plot.redraw(false));
  return plot;
}

export const utc = ts => uPlot.tzDate(new Date(ts * 1000), 'Etc/UTC');
