'use strict';

const { createHash } = require('node:crypto');
const { createRequire } = require('node:module');
const path = require('node:path');
const { clientOf } = require('./hearth');
const { HearthError, HearthUnavailableError } = require('./errors');
const { Availability } = require('./availability');

const Store = sessionModule().Store;

/** How many sign-outs are remembered while Hearth is away. */
const maxPendingEnds = 10_000;
const pauseBetweenTries = 1000;

/**
 * @typedef {{cookie?: {expires?: Date | string | null, originalMaxAge?: number | null, maxAge?: number | null}, [key: string]: any}} SessionData
 * @typedef {(error?: any, value?: any) => void} Callback
 * @typedef {object} StoreOptions
 * @property {import('./hearth').Hearth | string | import('./transport').ClientOptions} [hearth] default: the environment's `HEARTH_URL` and `HEARTH_KEY`
 * @property {number} [ttl] seconds that a session without a `cookie.maxAge` lives after its last use; default 86400
 * @property {(session: any) => string | number | null | undefined} [user] whose session it is, for "end all sessions of a user"; default `session.user` or its `id`, else `session.userId`, else Passport's user
 * @property {string} [prefix] keeps the sessions of sites apart that share a Hearth
 * @property {boolean} [raise] whether requests fail while Hearth is away; default false
 */

/**
 * A store for express-session. A session's id is a Hearth session's, where it can be one (22 to 128 URL-safe characters, as
 * express-session makes them) and there is no prefix; else a hash of it.
 *
 * While Hearth is away requests get an empty session under the same id, which is never saved, so that the visitor has the
 * session again once Hearth is back.
 */
class HearthStore extends Store {
    /** @param {StoreOptions} [options] */
    constructor({ hearth, ttl = 86_400, user = userOf, prefix = '', raise = false } = {}) {
        super();
        this.hearth = clientOf(hearth);
        this.ttl = ttl;
        this.user = user;
        this.prefix = prefix;
        this.availability = new Availability('Sessions', 'visitors are anonymous', raise);
        /** Sessions that stand in for those that could not be loaded. @type {WeakSet<object>} */
        this.standIns = new WeakSet();
        /** Sessions that were ended while Hearth was away, to be ended when it is back. @type {Set<string>} */
        this.pendingEnds = new Set();
        /** @type {NodeJS.Timeout | null} */
        this.retry = null;
    }

    /** @param {string} sid */
    idOf(sid) {
        return this.prefix === '' && /^[\w.~-]{22,128}$/.test(sid) ? sid : createHash('sha256').update(`${this.prefix}\0${sid}`).digest('base64url');
    }

    /** @param {string} sid @param {Callback} [callback] */
    get(sid, callback) {
        const id = this.idOf(sid);
        return answer(this.pendingEnds.has(id) ? Promise.resolve(null) : this.availability.attempt(async () => {
            const session = await this.hearth.sessions.get(id);
            return session === null || secondsLeft(session.data, 1) <= 0 ? null : session.data;
        }, this.standIn()), callback);
    }

    standIn() {
        const session = { cookie: { originalMaxAge: null, expires: null } };
        this.standIns.add(session);
        return session;
    }

    /** @param {any} request @param {any} data */
    createSession(request, data) {
        const substitute = this.standIns.has(data);
        if (substitute && request.sessionStore) {
            // With the site's own cookie options.
            const made = {};
            /** @type {any} */ (this).generate?.(made);
            if (/** @type {any} */ (made).session) data.cookie = /** @type {any} */ (made).session.cookie.toJSON();
        }

        const session = super.createSession(request, data);
        if (substitute) this.standIns.add(session);
        return session;
    }

    /** @param {string} sid @param {SessionData} session @param {Callback} [callback] */
    set(sid, session, callback) {
        const id = this.idOf(sid);
        const left = Math.ceil(secondsLeft(session, this.ttl));
        if (left <= 0) return this.destroy(sid, callback);
        if (this.standIns.has(session) || this.pendingEnds.has(id)) return answer(Promise.resolve(), callback);
        const user = this.user(session);
        const content = { user: user === null || user === undefined || user === '' ? undefined : String(user), data: JSON.parse(JSON.stringify(session)), idleTimeout: left };
        return answer(this.availability.attempt(async () => {
            try {
                await this.hearth.sessions.put(id, content);
            } catch (error) {
                // It was ended while this request was under way: the end prevails.
                if (!(error instanceof HearthError && error.status === 409)) throw error;
            }
        }, undefined), callback);
    }

    /** @param {string} sid @param {SessionData} session @param {Callback} [callback] */
    touch(sid, session, callback) {
        const left = Math.ceil(secondsLeft(session, this.ttl));
        if (left <= 0) return this.destroy(sid, callback);
        if (this.standIns.has(session)) return answer(Promise.resolve(), callback);
        const change = { data: session.cookie ? { cookie: JSON.parse(JSON.stringify(session.cookie)) } : {}, idleTimeout: left };
        return answer(this.availability.attempt(async () => void await this.hearth.sessions.update(this.idOf(sid), change), undefined), callback);
    }

    /** Ends a session for good. While Hearth is away it is ended for this process at once, elsewhere when Hearth is back. @param {string} sid @param {Callback} [callback] */
    destroy(sid, callback) {
        const id = this.idOf(sid);
        return answer(this.hearth.sessions.end(id).then(() => void this.pendingEnds.delete(id), error => {
            if (this.availability.raise || !(error instanceof HearthUnavailableError) || this.pendingEnds.size >= maxPendingEnds) throw error;
            this.availability.warn(error);
            this.pendingEnds.add(id);
            this.retryEnds();
        }), callback);
    }

    retryEnds() {
        this.retry ??= setTimeout(async () => {
            this.retry = null;
            for (const id of this.pendingEnds) {
                const ended = await this.hearth.sessions.end(id).then(() => true, error => !(error instanceof HearthUnavailableError));
                if (!ended) return this.retryEnds();
                this.pendingEnds.delete(id);
            }
        }, pauseBetweenTries).unref();
    }
}

/** @template T @param {Promise<T>} work @param {Callback} [callback] @returns {Promise<T> | void} a promise where there is no callback, as connect-redis has it */
function answer(work, callback) {
    if (callback === undefined) return work;
    // Outside of the promise, so that what the callback throws is not taken for a failure of the store.
    work.then(value => process.nextTick(callback, null, value), error => process.nextTick(callback, error));
}

/** @param {SessionData} session @param {number} otherwise seconds for a session whose cookie does not expire */
function secondsLeft({ cookie }, otherwise) {
    return cookie?.expires ? (new Date(cookie.expires).getTime() - Date.now()) / 1000 : otherwise;
}

/** @param {any} session */
function userOf({ user, userId, passport }) {
    const id = (typeof user === 'object' ? user?.id : user) ?? userId ?? passport?.user;
    return typeof id === 'string' || typeof id === 'number' ? id : undefined;
}

/** The site's own express-session, also where this package is linked from elsewhere. @returns {any} */
function sessionModule() {
    try {
        return require('express-session');
    } catch (error) {
        if (/** @type {any} */ (error).code !== 'MODULE_NOT_FOUND') throw error;
    }

    try {
        return createRequire(path.join(process.cwd(), 'package.json'))('express-session');
    } catch (cause) {
        throw new Error('hearth/express-session needs the package express-session: npm install express-session', { cause });
    }
}

module.exports = { HearthStore, default: HearthStore };
