'use strict';

const { createHash, randomUUID } = require('node:crypto');
const { clientOf } = require('./hearth');
const { Queue } = require('./queue');

/**
 * @typedef {import('node:http').IncomingMessage & {session?: any, user?: any, originalUrl?: string, ip?: string}} Request
 * @typedef {import('node:http').ServerResponse} Response
 * @typedef {{hearth?: import('./hearth').Hearth | string | import('./transport').ClientOptions, interval?: number, maxLength?: number}} QueueOptions
 */

/**
 * Notes that the user of each request did something now. Adds nothing to the request's latency: what was done is sent in
 * the background, twice a second, each user once.
 *
 * In Express: `app.use(presence({ hearth }))`, after the session; in plain http: `note(request, response)`.
 * @param {QueueOptions & {user?: (request: any) => string | number | null | undefined, device?: (request: any) => string | undefined}} [options]
 *   `user`: who asks; default `request.user.id` (Passport), else `request.session.user` or its `id`, else `request.session.userId`
 */
function presence({ hearth, user = userOf, device, interval = 500, maxLength } = {}) {
    const { presence } = clientOf(hearth);
    /** @type {Map<string, {user: string, device?: string}>} */
    const noted = new Map();
    const queue = new Queue('Presence', /** @param {string[]} keys */ async keys => {
        await presence.touchMany(keys.map(key => noted.get(key)).filter(action => action !== undefined));
        for (const key of keys) noted.delete(key);
    }, { interval, maxLength });
    return middleware(queue, request => {
        const who = user(request);
        if (who === undefined || who === null || who === '') return;
        const action = { user: String(who), device: device?.(request) };
        const key = JSON.stringify(action);
        if (noted.has(key)) return;
        noted.set(key, action);
        if (!queue.add(key)) noted.delete(key);
    });
}

/**
 * Counts the views of pages: answers of 200 to 299 and 304 to GET, once they were sent. Adds nothing to the request's
 * latency: views are sent in the background, four times a second, each with an event id, so that none counts twice.
 *
 * In Express: `app.use(views({ hearth }))`; in plain http: `count(request, response)`.
 * @param {QueueOptions & {page?: (request: any, response: any) => string | null | undefined, location?: (request: any) => string | undefined,
 *   visitor?: (request: any) => string | undefined}} [options]
 *   `page`: the page's id; default the decoded path of answers that are HTML; null counts nothing. `visitor`: default a hash of address and browser
 */
function views({ hearth, page = pageOf, location, visitor = visitorOf, interval, maxLength } = {}) {
    const { views } = clientOf(hearth);
    const queue = new Queue('Views', /** @param {import('./views').PageView[]} batch */ batch => views.addMany(batch), { interval, maxLength });
    return middleware(queue, (request, response) => {
        if (request.method !== 'GET') return;
        const at = new Date();
        response.once('finish', () => {
            if ((response.statusCode < 200 || response.statusCode > 299) && response.statusCode !== 304) return;
            const id = page(request, response);
            if (id === null || id === undefined || id === '') return;
            const private_ = request.headers['sec-gpc'] === '1' || request.headers.dnt === '1';
            queue.add({
                page: id, id: randomUUID(), at,
                ...(location ? { location: location(request) } : {}), ...(private_ ? {} : { visitor: visitor(request) }),
            });
        });
    });
}

/**
 * @param {Queue<any>} queue @param {(request: Request, response: Response) => void} note
 */
function middleware(queue, note) {
    /** @param {Request} request @param {Response} response @param {(error?: any) => void} [next] */
    const handler = (request, response, next) => {
        try {
            note(request, response);
        } catch (error) {
            queue.warn(/** @type {Error} */ (error).message);   // counting is no reason to fail a request
        }

        next?.();
    };
    return Object.assign(handler, {
        /** Sends all that waits. */ flush: () => queue.flush(),
        /** Sends all that waits and takes no more. */ close: () => queue.close(),
        /** @returns {number} how many were dropped because too many waited */ dropped: () => queue.dropped,
    });
}

/** @param {Request} request */
function userOf({ user, session }) {
    const inSession = session?.user;
    return user?.id ?? (typeof inSession === 'object' ? inSession?.id : inSession) ?? session?.userId;
}

/** @param {Request} request @param {Response} response */
function pageOf(request, response) {
    const type = response.getHeader('content-type');
    if (response.statusCode !== 304 && !/^text\/html|^application\/xhtml/.test(String(type ?? ''))) return null;
    const path = (request.originalUrl ?? request.url ?? '/').split('?', 1)[0];
    try {
        return path.split(/(%2f)/i).map(part => (/^%2f$/i.test(part) ? part : decodeURIComponent(part))).join('');
    } catch {
        return path;   // not UTF-8: as it was sent
    }
}

/** @param {Request} request */
function visitorOf(request) {
    const address = request.ip ?? request.socket.remoteAddress ?? '';
    return createHash('sha256').update(`${address}\0${request.headers['user-agent'] ?? ''}`).digest('base64url').slice(0, 22);
}

module.exports = { presence, views };
