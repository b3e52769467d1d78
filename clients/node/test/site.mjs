// An Express site as a developer would write it, and a browser for it.
import { once } from 'node:events';
import express from 'express';
import session from 'express-session';
import { presence, views } from 'hearth';
import { HearthStore } from 'hearth/express-session';

export async function site({ hearth, cookie = { maxAge: 60_000 }, ...store }) {
    const app = express();
    const note = presence({ hearth, interval: 10 }), count = views({ hearth, interval: 10 });
    const sessions = new HearthStore({ hearth, ...store });
    app.use(session({ secret: 'test', resave: false, saveUninitialized: false, store: sessions, cookie }));
    app.use(note, count);
    app.get('/', (request, response) => {
        const { userId = null, cart = [] } = request.session;
        response.json({ userId, cart });
    });
    app.get(/^\/pages\//, (request, response) => { response.type('html').send('<p>page</p>'); });
    app.post('/cart/:item', (request, response) => {
        request.session.cart = [...request.session.cart ?? [], { item: request.params.item, note: null }];
        response.sendStatus(204);
    });
    app.post('/sign-in/:user', (request, response, next) => {
        const { cart } = request.session;
        request.session.regenerate(error => {
            if (error) return next(error);
            request.session.userId = request.params.user;
            request.session.cart = cart;
            response.sendStatus(204);
        });
    });
    app.post('/sign-out', (request, response, next) => {
        request.session.destroy(error => (error ? next(error) : response.sendStatus(204)));
    });
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return {
        url: `http://127.0.0.1:${server.address().port}`, sessions, note, count,
        async close() {
            await Promise.all([note.close(), count.close()]);
            server.close();
            server.closeAllConnections();
        },
    };
}

export class Browser {
    constructor(url) {
        this.url = url;
        this.cookie = undefined;
    }

    async send(method, path) {
        const answer = await fetch(this.url + path, { method, headers: this.cookie ? { cookie: this.cookie, 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' } : {} });
        this.cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? this.cookie;
        const text = await answer.text();
        return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text };
    }

    get(path) { return this.send('GET', path); }

    post(path) { return this.send('POST', path); }
}
