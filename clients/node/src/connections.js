'use strict';

const net = require('node:net');
const tls = require('node:tls');

/**
 * HTTP/1.1 over kept-alive connections, one request at a time on each. It exists because a session is loaded in every
 * request of a site: `fetch` takes three times as long for it and `node:http` a fifth longer (docs/measurements.md).
 *
 * @typedef {{method: string, path: string, headers: Record<string, string>, body?: Buffer}} Request
 * @typedef {{status: number, headers: Record<string, string>, body: Buffer}} Answer
 */

/** A failure of the connection; `sent` says whether the request may have reached the server. */
class ConnectionError extends Error {
    /** @param {string} message @param {boolean} sent @param {{cause?: any, hung?: boolean}} [about] */
    constructor(message, sent, { cause, hung = false } = {}) {
        super(message, { cause });
        this.sent = sent;
        this.hung = hung;
    }
}

const endOfHead = Buffer.from('\r\n\r\n');
const endOfLine = Buffer.from('\r\n');
const maxHeadBytes = 65_536;

/** Reads one answer from the bytes that arrive. */
class AnswerReader {
    /** @param {boolean} bodiless whether the answer has no body whatever its head says (HEAD) */
    constructor(bodiless) {
        this.bodiless = bodiless;
        /** @type {Buffer | null} */
        this.unread = null;
        /** @type {Buffer[]} */
        this.parts = [];
        this.status = 0;
        /** @type {Record<string, string>} */
        this.headers = {};
        /** @type {'head' | 'length' | 'size' | 'chunk' | 'trailer' | 'close' | 'done'} */
        this.state = 'head';
        this.left = 0;
    }

    /** @param {Buffer} bytes @returns {boolean} whether the answer is complete */
    read(bytes) {
        this.unread = this.unread === null || this.unread.length === 0 ? bytes : Buffer.concat([this.unread, bytes]);
        while (this.state !== 'done' && this.step());
        return this.state === 'done';
    }

    /** @returns {boolean} whether there was progress */
    step() {
        switch (this.state) {
            case 'head': return this.readHead();
            case 'size': return this.readSize();
            case 'trailer': return this.readTrailer();
            case 'close':
            default: return this.readBody();
        }
    }

    /** @param {Buffer} mark @param {number} most @returns {string | null} the text before the mark, which is consumed with it */
    takeUntil(mark, most) {
        const unread = /** @type {Buffer} */ (this.unread);
        const end = unread.indexOf(mark);
        if (end < 0) {
            if (unread.length > most) throw new Error('the head of the answer is too long');
            return null;
        }

        this.unread = unread.subarray(end + mark.length);
        return unread.toString('latin1', 0, end);
    }

    readHead() {
        const head = this.takeUntil(endOfHead, maxHeadBytes);
        if (head === null) return false;
        if (!/^HTTP\/1\.[01] \d{3}/.test(head)) throw new Error('the answer is not HTTP/1.1');
        const lines = head.split('\r\n');
        this.status = Number(head.slice(9, 12));
        this.headers = {};
        for (let i = 1; i < lines.length; i++) {
            const colon = lines[i].indexOf(':');
            if (colon > 0) this.headers[lines[i].slice(0, colon).toLowerCase()] = lines[i].slice(colon + 1).trim();
        }

        if (this.status < 200) return true;   // informational: another head follows
        const length = this.headers['content-length'];
        if (this.bodiless || this.status === 204 || this.status === 304) this.state = 'done';
        else if (/chunked$/i.test(this.headers['transfer-encoding'] ?? '')) this.state = 'size';
        else if (length === undefined) this.state = 'close';
        else if (!/^\d+$/.test(length)) throw new Error('the length of the answer is not a number');
        else {
            this.left = Number(length);
            this.state = this.left === 0 ? 'done' : 'length';
        }

        return true;
    }

    readSize() {
        const line = this.takeUntil(endOfLine, 1024);
        if (line === null) return false;
        const size = /^[0-9a-f]+/i.exec(line);
        if (size === null) throw new Error('the size of a chunk is not a number');
        this.left = parseInt(size[0], 16);
        this.state = this.left === 0 ? 'trailer' : 'chunk';
        this.left += this.left === 0 ? 0 : 2;   // the chunk's own end of line
        return true;
    }

    readTrailer() {
        const line = this.takeUntil(endOfLine, maxHeadBytes);
        if (line === '') this.state = 'done';
        return line !== null;
    }

    readBody() {
        const unread = /** @type {Buffer} */ (this.unread);
        if (unread.length === 0) return false;
        if (this.state === 'close') {
            this.parts.push(unread);
            this.unread = null;
            return false;
        }

        const part = unread.length <= this.left ? unread : unread.subarray(0, this.left);
        const tail = this.state === 'chunk' ? 2 : 0;
        const content = Math.min(part.length, Math.max(0, this.left - tail));
        if (content > 0) this.parts.push(content === part.length ? part : part.subarray(0, content));
        this.unread = unread.subarray(part.length);
        this.left -= part.length;
        if (this.left === 0) this.state = this.state === 'chunk' ? 'size' : 'done';
        return true;
    }

    /** @returns {boolean} whether an answer that ends with its connection is complete */
    get endsWithConnection() {
        return this.state === 'close';
    }

    /** @returns {boolean} whether the connection can carry another request */
    get reusable() {
        return !this.endsWithConnection && (this.unread === null || this.unread.length === 0) && !/close/i.test(this.headers.connection ?? '');
    }

    /** @returns {Answer} */
    answer() {
        return { status: this.status, headers: this.headers, body: this.parts.length === 1 ? this.parts[0] : Buffer.concat(this.parts) };
    }
}

class Connection {
    /** @param {net.Socket} socket @param {boolean} secure @param {(connection: Connection) => void} closed */
    constructor(socket, secure, closed) {
        this.socket = socket;
        this.open = false;
        this.idleSince = 0;
        /** @type {AnswerReader | null} */
        this.reader = null;
        /** @type {{resolve: (answer: Answer) => void, reject: (error: Error) => void} | null} */
        this.waiting = null;
        /** @type {any} */
        this.failure = undefined;
        socket.setNoDelay(true);
        socket.once(secure ? 'secureConnect' : 'connect', () => { this.open = true; });
        socket.on('data', bytes => this.received(bytes));
        socket.on('error', error => { this.failure = error; });
        socket.once('close', () => {
            closed(this);
            const { reader } = this;
            if (reader !== null && reader.endsWithConnection && this.failure === undefined) this.finish();
            else this.fail(new ConnectionError(this.failure?.message || this.failure?.code || 'the connection was closed', this.open, { cause: this.failure }));
        });
    }

    /** @param {Request} request @returns {Promise<Answer>} */
    send({ method, path, headers, body }) {
        let head = `${method} ${path} HTTP/1.1\r\n`;
        for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
        if (body !== undefined || (method !== 'GET' && method !== 'HEAD')) head += `Content-Length: ${body?.length ?? 0}\r\n`;
        head += '\r\n';
        this.reader = new AnswerReader(method === 'HEAD');
        return new Promise((resolve, reject) => {
            this.waiting = { resolve, reject };
            if (body === undefined || body.length === 0) {
                this.socket.write(head, 'latin1');
            } else {
                this.socket.cork();
                this.socket.write(head, 'latin1');
                this.socket.write(body);
                this.socket.uncork();
            }
        });
    }

    /** @param {Buffer} bytes */
    received(bytes) {
        if (this.reader === null) {
            this.socket.destroy();   // nobody asked
            return;
        }

        try {
            if (this.reader.read(bytes)) this.finish();
        } catch (error) {
            this.fail(new ConnectionError(/** @type {Error} */ (error).message, true, { cause: error }));
            this.socket.destroy();
        }
    }

    finish() {
        const reader = /** @type {AnswerReader} */ (this.reader), waiting = this.waiting;
        this.reader = this.waiting = null;
        if (!reader.reusable) this.socket.destroy();
        waiting?.resolve(reader.answer());
    }

    /** @param {ConnectionError} error */
    fail(error) {
        const waiting = this.waiting;
        this.reader = this.waiting = null;
        waiting?.reject(error);
    }
}

/** The connections to one server. Idle ones keep no process alive. */
class Connections {
    /** @param {URL} url @param {{maxConnections: number, idleTimeout: number, tls?: tls.ConnectionOptions}} options milliseconds */
    constructor(url, { maxConnections, idleTimeout, tls: secrets }) {
        this.secure = url.protocol === 'https:';
        const host = url.hostname.replace(/^\[|\]$/g, '');
        this.target = { host, port: Number(url.port) || (this.secure ? 443 : 80), ...(this.secure ? { servername: net.isIP(host) ? undefined : host, ...secrets } : {}) };
        this.maxConnections = maxConnections;
        this.idleTimeout = idleTimeout;
        /** @type {Connection[]} */
        this.idle = [];
        /** @type {Set<Connection>} */
        this.all = new Set();
        /** @type {Array<(connection: Connection) => void>} */
        this.queue = [];
    }

    /**
     * @param {Request} request
     * @param {number} timeout milliseconds, the wait for a free connection included
     * @returns {Promise<Answer>}
     */
    send(request, timeout) {
        return new Promise((resolve, reject) => {
            /** @type {Connection | null} */
            let taken = null;
            const timer = setTimeout(() => {
                const sent = taken !== null && taken.open;
                this.queue = this.queue.filter(waiting => waiting !== start);
                reject(new ConnectionError(`no answer within ${timeout} ms`, sent, { hung: true }));
                taken?.socket.destroy();
            }, timeout);
            /** @param {Connection} connection */
            const start = connection => {
                taken = connection;
                connection.send(request).then(
                    answer => { clearTimeout(timer); this.release(connection); resolve(answer); },
                    error => { clearTimeout(timer); reject(error); });
            };
            const connection = this.take();
            if (connection) start(connection);
            else this.queue.push(start);
        });
    }

    /** @returns {Connection | undefined} */
    take() {
        while (this.idle.length > 0) {
            const connection = /** @type {Connection} */ (this.idle.pop());
            if (connection.socket.destroyed) continue;
            if (performance.now() - connection.idleSince < this.idleTimeout) {
                connection.socket.ref();
                return connection;
            }

            connection.socket.destroy();
        }

        return this.all.size < this.maxConnections ? this.connect() : undefined;
    }

    connect() {
        const socket = this.secure ? tls.connect(this.target) : net.connect(this.target);
        const connection = new Connection(socket, this.secure, closed => {
            this.all.delete(closed);
            this.idle = this.idle.filter(other => other !== closed);
            const next = this.queue.shift();
            if (next !== undefined) next(this.connect());
        });
        this.all.add(connection);
        return connection;
    }

    /** @param {Connection} connection */
    release(connection) {
        if (connection.socket.destroyed) return;
        const next = this.queue.shift();
        if (next !== undefined) {
            next(connection);
            return;
        }

        connection.idleSince = performance.now();
        connection.socket.unref();
        this.idle.push(connection);
    }

    /** Closes what is idle. */
    close() {
        for (const connection of this.idle) connection.socket.destroy();
        this.idle = [];
    }
}

module.exports = { Connections, ConnectionError, AnswerReader };
