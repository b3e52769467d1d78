import './figures.js';
import { online } from './online.js';
import { watch } from './live.js';

if (document.getElementById('online')) watch({ online });
