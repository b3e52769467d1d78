// A session load from Node: hearth's express-session store beside connect-redis, in one run, warm, over kept-alive connections.
//   HEARTH_URL=http://… REDIS_URL=redis://… node session.mjs      (npm ci first; both servers running on this machine)
import { randomBytes } from 'node:crypto';
import { Agent, get } from 'node:http';
import { RedisStore } from 'connect-redis';
import { createClient } from 'redis';
import { Hearth } from 'hearth';
import { HearthStore } from 'hearth/express-session';

const loads = Number(process.env.LOADS ?? 10_000), rounds = 5;
const url = process.env.HEARTH_URL ?? 'http://localhost:5080';
const hearth = new Hearth(url);
const redis = await createClient({ url: process.env.REDIS_URL }).connect();
const session = { cookie: { originalMaxAge: 1_200_000, expires: new Date(Date.now() + 1_200_000).toISOString(), httpOnly: true, path: '/' }, userId: 'ada', cart: 'x'.repeat(500) };
const sid = randomBytes(24).toString('base64url');
const stores = { 'connect-redis': new RedisStore({ client: redis, prefix: 'bench:' }), hearth: new HearthStore({ hearth }), 'hearth through fetch': new HearthStore({ hearth: new Hearth({ url, fetch }) }) };
const contents = Object.values(stores);
for (const store of contents.slice(0, 2)) await new Promise((resolve, reject) => { store.set(sid, session, error => (error ? reject(error) : resolve())); });

const agent = new Agent({ keepAlive: true, maxSockets: 32 });
const throughHttp = () => new Promise((resolve, reject) => {
    get(`${url}/sessions/${sid}`, { agent }, answer => {
        const parts = [];
        answer.on('data', part => parts.push(part)).on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString()).data));
    }).on('error', reject);
});
const ways = [...Object.entries(stores).map(([name, store]) => [name, () => new Promise((resolve, reject) => { store.get(sid, (error, value) => (error ? reject(error) : resolve(value))); })]), ['node:http', throughHttp]];

async function measure(load, clients) {
    const times = [];
    let left = loads;
    const begin = performance.now();
    await Promise.all(Array.from({ length: clients }, async () => {
        while (left-- > 0) {
            const start = performance.now();
            if ((await load()).userId !== 'ada') throw new Error('not the session');
            times.push(performance.now() - start);
        }
    }));
    const each = (performance.now() - begin) / loads;
    times.sort((a, b) => a - b);
    return { p50: times[loads >> 1] * 1000, p99: times[Math.floor(loads * 0.99)] * 1000, each: each * 1000 };
}

const median = values => values.sort((a, b) => a - b)[values.length >> 1];
for (const clients of [1, 16]) {
    const seen = Object.fromEntries(ways.map(([name]) => [name, []]));
    for (const [, load] of ways) await measure(load, clients);
    for (let round = 0; round < rounds; round++) for (const [name, load] of ways) seen[name].push(await measure(load, clients));
    const base = median(seen['connect-redis'].map(({ each }) => each));
    console.log(`${clients} at once, medians of ${rounds} rounds of ${loads}`);
    for (const [name, all] of Object.entries(seen)) {
        const each = median(all.map(one => one.each));
        console.log(`  ${name.padEnd(22)} ${each.toFixed(0).padStart(5)} µs each  p50 ${median(all.map(one => one.p50)).toFixed(0).padStart(5)}  p99 ${median(all.map(one => one.p99)).toFixed(0).padStart(6)}  ${(each / base).toFixed(2)} x connect-redis`);
    }
}

process.exit();
