import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, test } from 'node:test';
import { Hearth, presence, views } from 'hearth';
import { HearthStore } from 'hearth/express-session';
import { eventually, freePort, OwnHearth, servers } from './hearth.mjs';
import { Browser, site } from './site.mjs';

const call = (store, method, ...args) => new Promise((resolve, reject) => { store[method](...args, (error, value) => (error ? reject(error) : resolve(value))); });
const sessionIdOf = cookie => /s%3A([^.]+)/.exec(cookie)[1];

for (const [mode, url] of servers) {
    describe(`An Express site, ${mode}`, { skip: url ? false : `no ${mode} Hearth` }, () => {
        const hearth = new Hearth(url);

        test('signs in under a new session id, keeps the cart, signs out', async () => {
            const shop = await site({ hearth });
            const browser = new Browser(shop.url), user = `ada-${randomUUID()}`;
            assert.deepEqual((await browser.get('/')).body, { userId: null, cart: [] });
            assert.equal(browser.cookie, undefined);
            await browser.post('/cart/boots');
            const anonymous = browser.cookie;
            assert.deepEqual((await browser.get('/')).body.cart, [{ item: 'boots', note: null }]);

            await browser.post(`/sign-in/${user}`);
            assert.notEqual(browser.cookie, anonymous);
            assert.deepEqual((await browser.get('/')).body, { userId: user, cart: [{ item: 'boots', note: null }] });
            assert.equal((await hearth.users.sessions(user)).length, 1);
            const old = new Browser(shop.url);
            old.cookie = anonymous;
            assert.equal((await old.get('/')).body.userId, null);
            assert.equal(await hearth.sessions.get(sessionIdOf(anonymous)), null);

            const signedIn = browser.cookie;
            assert.equal((await browser.post('/sign-out')).status, 204);
            browser.cookie = signedIn;
            assert.equal((await browser.get('/')).body.userId, null);
            await shop.close();
        });

        test('loses a session whose user was signed out everywhere', async () => {
            const shop = await site({ hearth });
            const browser = new Browser(shop.url), user = `bob-${randomUUID()}`;
            await browser.post(`/sign-in/${user}`);
            assert.equal(await hearth.users.endSessions(user), 1);
            assert.equal((await browser.get('/')).body.userId, null);
            await shop.close();
        });

        test('lets a session expire after its maxAge, and use puts that off', async () => {
            const shop = await site({ hearth, cookie: { maxAge: 1500 } });
            const browser = new Browser(shop.url), user = `eve-${randomUUID()}`;
            await browser.post(`/sign-in/${user}`);
            const id = sessionIdOf(browser.cookie);
            const before = Date.parse((await hearth.sessions.get(id, { peek: true })).data.cookie.expires);
            await eventually(async () => (await browser.get('/')).body.userId === user && Date.parse((await hearth.sessions.get(id, { peek: true })).data.cookie.expires) > before, 'a later expiry');
            await eventually(async () => await call(shop.sessions, 'get', id) === null, 'the end of the session');
            assert.equal((await browser.get('/')).body.userId, null);
            await eventually(async () => await hearth.sessions.get(id, { peek: true }) === null, 'its end in Hearth');
            await shop.close();
        });

        test('tells who is online and counts pages', async () => {
            const shop = await site({ hearth });
            const browser = new Browser(shop.url), user = `ida-${randomUUID()}`, page = `/pages/${randomUUID()}/é`;
            await browser.post(`/sign-in/${user}`);
            await browser.get(encodeURI(page));
            await browser.get(encodeURI(page));
            await browser.get('/missing');
            await eventually(async () => (await hearth.presence.get(user)).online, 'the user online');
            const counts = await eventually(async () => { const seen = await hearth.views.get(page); return seen.views === 2 && seen; }, 'two views');
            assert.equal(counts.visitors, 1);
            assert.equal((await hearth.views.get('/missing')).views, 0);
            await shop.close();
        });

        test('keeps whatever id and data a store is given, as connect-redis does', async () => {
            const store = new HearthStore({ hearth, prefix: randomUUID() });
            const data = { foo: 'bar', deep: { list: [1, null, { a: 'ü' }] }, none: null, cookie: { originalMaxAge: null } };
            await call(store, 'set', '123', data);
            assert.deepEqual(await call(store, 'get', '123'), data);
            const expires = new Date(Date.now() + 60_000);
            await call(store, 'set', '456', { cookie: { expires } });
            assert.deepEqual(await store.get('456'), { cookie: { expires: expires.toISOString() } });
            const later = new Date(Date.now() + 90_000);
            await call(store, 'touch', '456', { cookie: { expires: later } });
            const left = (Date.parse((await hearth.sessions.get(store.idOf('456'), { peek: true })).expiresAt) - Date.now()) / 1000;
            assert.ok(left > 80 && left <= 91, `${left} s`);
            await call(store, 'destroy', '456');
            assert.equal(await call(store, 'get', '456'), null);
            await call(store, 'set', '456', data);   // of a request that was under way
            assert.equal(await call(store, 'get', '456'), null);
            await call(store, 'touch', 'none', data);
            await call(store, 'destroy', 'none');
            await call(store, 'set', '789', { cookie: { expires: new Date(Date.now() - 1000) } });
            assert.equal(await call(store, 'get', '789'), null);
        });
    });
}

describe('Without Hearth', () => {
    async function warningsOf(work) {
        const warnings = [];
        const note = warning => { if (warning.name === 'HearthWarning') warnings.push(warning.message); };
        process.on('warning', note);
        await work();
        await new Promise(setImmediate);
        process.removeListener('warning', note);
        return warnings;
    }

    test('an Express site stays up with anonymous visitors and warns once', async () => {
        const shop = await site({ hearth: new Hearth(`http://127.0.0.1:${await freePort()}`) });
        const warnings = await warningsOf(async () => {
            const browser = new Browser(shop.url);
            for (let i = 0; i < 5; i++) assert.deepEqual(await browser.get('/'), { status: 200, body: { userId: null, cart: [] } });
            assert.equal((await browser.post('/cart/boots')).status, 204);
            assert.equal((await browser.get('/')).status, 200);
            assert.equal((await browser.post('/sign-out')).status, 204);
        });
        assert.equal(warnings.filter(text => text.startsWith('Sessions')).length, 1, warnings.join('\n'));
        assert.match(warnings[0], /Sessions: .*ECONNREFUSED.*visitors are anonymous/);
        shop.note.close();   // never ends: nobody takes what waits
        await shop.close();
    });

    test('a site that wants to fails instead', async () => {
        const shop = await site({ hearth: new Hearth(`http://127.0.0.1:${await freePort()}`), raise: true });
        const browser = new Browser(shop.url);
        browser.cookie = undefined;
        assert.equal((await browser.post('/cart/boots')).status, 204);   // the answer was under way when saving failed
        assert.equal((await browser.get('/')).status, 500);
        await shop.close();
    });

    test('a visitor has the session again once Hearth is back, and sign-outs are made up for', { skip: OwnHearth.program ? false : 'WebFrontend is not built' }, async () => {
        const own = await OwnHearth.start();
        try {
            const hearth = new Hearth(own.url);
            const shop = await site({ hearth });
            const [ada, bob] = [new Browser(shop.url), new Browser(shop.url)];
            await ada.post('/sign-in/ada');
            await bob.post('/sign-in/bob');
            const cookie = ada.cookie, bobsCookie = bob.cookie;
            await own.kill();
            assert.equal((await ada.get('/')).body.userId, null);
            await ada.post('/cart/boots');
            assert.equal(ada.cookie, cookie);
            assert.equal((await bob.post('/sign-out')).status, 204);
            await own.run();
            assert.deepEqual((await ada.get('/')).body, { userId: 'ada', cart: [] });
            await eventually(async () => await hearth.sessions.get(sessionIdOf(bobsCookie)) === null, "the end of bob's session");
            await shop.close();
        } finally {
            await own.remove();
        }
    });
});

describe('Middleware', () => {
    test('of plain http waits for nobody, keeps within its bounds and sends the rest', async () => {
        const batches = [];
        let answering;
        const held = new Promise(resolve => { answering = resolve; });
        const hearth = createServer(async (request, response) => {
            let body = '';
            for await (const part of request) body += part;
            await held;
            batches.push([request.url, JSON.parse(body)]);
            if (request.url === '/views') response.writeHead(202).end('{}');
            else response.writeHead(204).end();
        }).listen(0, '127.0.0.1');
        await once(hearth, 'listening');
        const url = `http://127.0.0.1:${hearth.address().port}`;
        const note = presence({ hearth: url, user: request => request.headers['x-user'], interval: 1 });
        const count = views({ hearth: url, page: request => request.url, maxLength: 3, interval: 1 });
        const server = createServer((request, response) => {
            note(request, response);
            count(request, response);
            response.end('ok');
        }).listen(0, '127.0.0.1');
        await once(server, 'listening');
        for (let i = 0; i < 5; i++) assert.equal((await fetch(`http://127.0.0.1:${server.address().port}/${i}`, { headers: { 'x-user': 'ada', dnt: '1' } })).status, 200);
        await eventually(() => count.dropped() === 2, 'two dropped');
        answering();
        await Promise.all([note.close(), count.close()]);
        assert.deepEqual(batches.filter(([path]) => path === '/presence').map(([, actions]) => actions), [[{ user: 'ada' }]]);
        const sent = batches.filter(([path]) => path === '/views').flatMap(([, batch]) => batch);
        assert.deepEqual(sent.map(({ page }) => page), ['/0', '/1', '/2']);
        assert.ok(sent.every(({ visitor, id }) => visitor === undefined && id));
        server.close();
        server.closeAllConnections();
        hearth.close();
        hearth.closeAllConnections();
    });
});
