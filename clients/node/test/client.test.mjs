import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { Hearth, HearthError, HearthUnavailableError } from 'hearth';
import { eventually, freePort, servers } from './hearth.mjs';

const unique = name => `${name}-${randomUUID()}`;

for (const [mode, url] of servers) {
    describe(`The client, ${mode}`, { skip: url ? false : `no ${mode} Hearth` }, () => {
        const hearth = new Hearth(url);

        test('counts views once however often their call is repeated', async () => {
            const page = unique('/blog/x?é%2F');
            const id = randomUUID();
            await hearth.views.add(page, { id, visitor: 'a' });
            await hearth.views.add(page, { id, visitor: 'a' });
            assert.deepEqual(await hearth.views.addMany([{ page, visitor: 'b' }, { page, count: 3 }]), { accepted: 4, duplicates: 0 });
            const seen = await eventually(async () => { const counts = await hearth.views.get(page); return counts.views === 5 && counts; }, 'five views');
            assert.equal(seen.page, page);
            assert.equal((await hearth.views.getMany([page, 'none']))[1].views, 0);
            assert.equal((await hearth.views.series(page, { from: seen.today.day, to: seen.today.day, by: 'day' })).series.length, 1);
        });

        test('keeps ids apart that a path would change', async () => {
            for (const id of ['.', '..', '/', 'a/../b', '%2F', ' ', 'ü', '?', '#', '&']) {
                await hearth.cache.set(id, `value of ${id}`);
            }

            for (const id of ['.', '..', '/', 'a/../b', '%2F', ' ', 'ü', '?', '#', '&']) {
                assert.equal((await hearth.cache.get(id)).value.toString(), `value of ${id}`);
            }
        });

        test('tells who is online, one by one, many at once and as it changes', async () => {
            const [ada, bob] = [unique('ada'), unique('bob')];
            const stop = new AbortController();
            const events = hearth.presence.events({ users: [ada], signal: stop.signal });
            assert.equal((await events.next()).value.online, false);
            await hearth.presence.touchMany([{ user: ada, device: 'phone' }, { user: bob }]);
            const { value: event } = await events.next();
            assert.deepEqual([event.event, event.user, event.online], ['online', ada, true]);
            stop.abort();
            await eventually(async () => (await hearth.presence.getMany([ada, bob])).every(({ online }) => online), 'both online');
            await hearth.presence.leave(bob);
            await eventually(async () => !(await hearth.presence.get(bob)).online, 'bob offline');
        });

        test('keeps, merges, rotates and ends sessions', async () => {
            const user = unique('ada');
            const made = await hearth.sessions.create({ user, data: { cart: [{ id: 1 }], empty: null } });
            assert.deepEqual(made.data.cart, [{ id: 1 }]);
            assert.deepEqual((await hearth.sessions.update(made.id, { data: { step: 2 } })).data.cart, [{ id: 1 }]);
            const rotated = await hearth.sessions.rotate(made.id);
            assert.notEqual(rotated.id, made.id);
            assert.equal(await hearth.sessions.get(made.id), null);
            assert.equal((await hearth.sessions.get(rotated.id, { peek: true })).data.step, 2);
            assert.equal((await hearth.users.sessions(user)).length, 1);
            assert.equal(await hearth.users.endSessions(user), 1);
            assert.equal(await hearth.sessions.get(rotated.id), null);
            await assert.rejects(hearth.sessions.put(rotated.id, {}), { name: 'HearthError', status: 409 });
        });

        test('creates a session under an id of its own only once where it is asked to', async () => {
            const id = unique('own').padEnd(43, 'x');
            assert.notEqual(await hearth.sessions.put(id, { data: { a: 1 } }, { ifNew: true }), null);
            assert.equal(await hearth.sessions.put(id, { data: { a: 2 } }, { ifNew: true }), null);
            assert.deepEqual((await hearth.sessions.put(id, { data: { a: null, b: [null] } })).data, { a: null, b: [null] });
        });

        test('shows and forgets a user', async () => {
            const user = unique('eve');
            await hearth.presence.touch(user);
            await hearth.sessions.create({ user });
            const all = await eventually(async () => { const seen = await hearth.users.get(user); return seen.presence.online && seen; }, 'eve online');
            assert.equal(all.sessions.length, 1);
            await hearth.users.forget(user);
            assert.equal((await hearth.users.get(user)).sessions.length, 0);
        });

        test('caches bytes, on conditions and many at once', async () => {
            const [key, other, tag] = [unique('k'), unique('o'), unique('t')];
            const bytes = Buffer.from([0, 255, 13, 10, 13, 10]);
            const etag = await hearth.cache.set(key, bytes, { ttl: 60, type: 'image/png', tags: [tag] });
            assert.deepEqual({ ...await hearth.cache.get(key), ttl: 60 }, { value: bytes, type: 'image/png', etag, ttl: 60 });
            assert.equal(await hearth.cache.add(key, 'no'), false);
            assert.equal(await hearth.cache.add(other, 'yes', { tags: [tag] }), true);
            const next = await hearth.cache.replace(key, etag, 'new');
            assert.notEqual(next, null);
            assert.equal(await hearth.cache.replace(key, etag, 'newer'), null);
            assert.equal(await hearth.cache.expire(key, { ttl: 100 }), true);
            assert.equal(await hearth.cache.expire(unique('none'), { ttl: 100 }), false);
            await hearth.cache.deleteTag(tag);
            await eventually(async () => await hearth.cache.get(other) === null, 'the end of the tag');

            const keys = Array.from({ length: 501 }, () => unique('many'));
            await hearth.cache.setMany(keys.map(name => ({ key: name, value: name, ttl: 60 })));
            const found = await hearth.cache.getMany([...keys, unique('none')]);
            assert.equal(found.size, 501);
            assert.equal(found.get(keys[500]).value.toString(), keys[500]);
            assert.equal(await hearth.cache.deleteMany(keys), 501);
        });

        test('adds to numbers', async () => {
            const key = unique('n');
            assert.equal(await hearth.cache.increment(key), null);
            await Promise.all(Array.from({ length: 20 }, () => hearth.cache.increment(key, { initial: 0, ttl: 60 })));
            assert.equal(await hearth.cache.increment(key, { by: -1 }), 19);
            await hearth.cache.set(key, 'word');
            await assert.rejects(hearth.cache.increment(key), { status: 409 });
        });

        test('edits the tree and its products', async () => {
            const [root, leaf, product] = [unique('root'), unique('leaf'), unique('p')];
            await hearth.categories.create({ id: root, name: 'Root' });
            const { version } = await hearth.categories.create({ id: leaf, name: 'Leaf', parentId: root });
            assert.deepEqual((await hearth.categories.get(leaf, { minVersion: version })).path, [{ id: root, name: 'Root' }]);
            await hearth.products.put(product, { name: 'Boot', categoryId: leaf });
            assert.deepEqual((await hearth.categories.products(root)).products.map(({ id }) => id), [product]);
            await hearth.products.delete(product);
            assert.equal(await hearth.products.get(product), null);
            await hearth.categories.delete(root, { children: 'cascade' });
            assert.equal(await hearth.categories.get(unique('none')), null);
        });

        test('says what was wrong', async () => {
            await assert.rejects(hearth.views.add('x'.repeat(300)), error => error instanceof HearthError && error.status === 400 && /POST \/pages\/x+\/views was answered 400: .*256/.test(error.message));
            assert.throws(() => new Hearth('ftp://x'), /url begins with http/);
            await assert.rejects(hearth.cache.set('k', 'v', { type: 'a\r\nb: c' }), /Content-Type/);
        });

        test('works through fetch as well', async () => {
            const through = new Hearth({ url, fetch });
            const key = unique('fetch');
            await through.cache.set(key, 'value');
            assert.equal((await through.cache.get(key)).value.toString(), 'value');
        });
    });
}

describe('The connections', () => {
    /** A server that answers each request with the given bytes, in pieces. */
    async function serve(answerFor) {
        const requests = [];
        const server = createServer(socket => {
            socket.on('error', () => {});
            socket.on('data', async data => {
                requests.push(data.toString());
                for (const part of await answerFor(requests.length, data.toString())) {
                    if (part === null) socket.destroy();
                    else socket.write(part);
                    await new Promise(setImmediate);
                }
            });
        }).listen(0, '127.0.0.1');
        await once(server, 'listening');
        return { url: `http://127.0.0.1:${server.address().port}`, requests, close: () => server.close() };
    }

    test('read an answer in pieces of one byte, chunked or not', async () => {
        for (const text of ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\nETag: "e"\r\n\r\nabc', 'HTTP/1.1 200 OK\r\nETag: "e"\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n2;x=y\r\nbc\r\n0\r\nTrailer: t\r\n\r\n']) {
            const server = await serve(() => [...text]);
            const hearth = new Hearth({ url: server.url });
            for (let i = 0; i < 2; i++) assert.deepEqual(await hearth.cache.get('k'), { value: Buffer.from('abc'), type: undefined, etag: '"e"', ttl: undefined });
            hearth.close();
            server.close();
        }
    });

    test('repeat a read whose connection was closed, and never an increment', async () => {
        const server = await serve(number => (number % 2 === 1 ? [null] : ['HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"value":1}']));
        const hearth = new Hearth({ url: server.url });
        assert.equal((await hearth.cache.get('k')).value.toString(), '{"value":1}');
        await assert.rejects(hearth.cache.increment('k'), error => error instanceof HearthUnavailableError && error.mayHaveHappened && /It may have been carried out/.test(error.message));
        assert.equal(server.requests.length, 3);
        hearth.close();
        server.close();
    });

    test('give up after the time that a call has', async () => {
        const server = await serve(() => []);
        const hearth = new Hearth({ url: server.url, timeout: 100 });
        await assert.rejects(hearth.cache.get('k'), error => error instanceof HearthUnavailableError && error.hung && /no answer within 100 ms/.test(error.message));
        assert.equal(server.requests.length, 1);
        server.close();
    });

    test('name the server that refuses them', async () => {
        const port = await freePort();
        await assert.rejects(new Hearth(`http://127.0.0.1:${port}`).cache.increment('k'), error => error instanceof HearthUnavailableError && !error.mayHaveHappened && error.message.includes(`127.0.0.1:${port}`));
    });

    test('send a repeated view under one event id', async () => {
        const server = await serve(number => (number === 1 ? [null] : ['HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n']));
        const hearth = new Hearth({ url: server.url });
        await hearth.views.add('/');
        const ids = server.requests.map(text => /"id":"([^"]+)"/.exec(text)[1]);
        assert.equal(ids.length, 2);
        assert.equal(ids[0], ids[1]);
        hearth.close();
        server.close();
    });
});
