import { chart, utc } from './chart.js';
import { data } from './figures.js';

if (document.getElementById('chart')) {
  const days = data('days-data');
  const columns = [days.map(([day]) => Date.parse(day + 'T00:00:00Z') / 1000), days.map(([, views]) => views), days.map(([, , visitors]) => visitors)];
  chart(document.getElementById('chart'),
    [{ label: 'views', colour: '--accent', bars: true }, { label: 'visitors', colour: '--good' }], columns, { tzDate: utc, days: true });
}
