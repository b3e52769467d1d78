'use strict';

const { HearthUnavailableError } = require('./errors');

/**
 * Sends what requests hand in, in batches and in the background. Bounded: what is handed in while it is full is dropped and
 * counted. Flushed when the process ends by itself, by SIGTERM or by SIGINT; see `close` for other ends.
 * @template T
 */
class Queue {
    /**
     * @param {string} subject what a warning is about
     * @param {(batch: T[]) => Promise<unknown>} send
     * @param {{interval?: number, maxLength?: number, maxBatch?: number}} [options] milliseconds between batches (default 250), how many may wait (default 10,000)
     */
    constructor(subject, send, { interval = 250, maxLength = 10_000, maxBatch = 1000 } = {}) {
        this.subject = subject;
        this.send = send;
        this.interval = interval;
        this.maxLength = maxLength;
        this.maxBatch = maxBatch;
        /** @type {T[]} */
        this.waiting = [];
        this.dropped = 0;
        /** @type {Promise<void> | null} */
        this.sending = null;
        /** @type {NodeJS.Timeout | null} */
        this.timer = null;
        this.closed = false;
        this.warned = false;
        open.add(this);
        flushAtExit();
    }

    /** Never waits and never throws. @param {T} item @returns {boolean} whether there was room */
    add(item) {
        if (this.closed || this.waiting.length >= this.maxLength) {
            this.dropped++;
            this.warn(this.closed ? 'it is closed' : `${this.maxLength} are waiting`);
            return false;
        }

        this.waiting.push(item);
        this.schedule(this.waiting.length >= this.maxBatch ? 0 : this.interval);
        return true;
    }

    /** @param {number} delay */
    schedule(delay) {
        if (this.timer !== null || this.sending !== null) return;
        this.timer = setTimeout(() => {
            this.timer = null;
            void this.sendWaiting();
        }, delay);
        this.timer.unref();
    }

    /** Sends all that waits; what cannot be sent goes on waiting. @returns {Promise<void>} */
    async flush() {
        if (this.timer !== null) clearTimeout(this.timer);
        this.timer = null;
        await this.sending;
        await this.sendWaiting();
    }

    sendWaiting() {
        this.sending ??= this.sendBatches().finally(() => {
            this.sending = null;
            if (this.waiting.length > 0) this.schedule(this.interval * 4);
        });
        return this.sending;
    }

    async sendBatches() {
        while (this.waiting.length > 0) {
            const batch = this.waiting.slice(0, this.maxBatch);
            try {
                await this.send(batch);
                this.waiting.splice(0, batch.length);
                this.warned = false;
            } catch (error) {
                this.warn(/** @type {Error} */ (error).message);
                if (error instanceof HearthUnavailableError) return;
                this.waiting.splice(0, batch.length);
                await this.sendOneByOne(batch);
            }
        }
    }

    /** One of a refused batch is at fault; the others are sent without it. @param {T[]} batch */
    async sendOneByOne(batch) {
        for (const item of batch.length > 1 ? batch : []) {
            try {
                await this.send([item]);
            } catch (error) {
                if (error instanceof HearthUnavailableError) this.waiting.push(item);
                else this.dropped++;
            }
        }

        if (batch.length === 1) this.dropped++;
    }

    /** @param {string} reason */
    warn(reason) {
        if (this.warned) return;
        this.warned = true;
        process.emitWarning(`${this.subject}: ${reason}. At most ${this.maxLength} wait, others are dropped.`, { type: 'HearthWarning', code: 'HEARTH_UNAVAILABLE' });
    }

    /** Sends what waits and takes no more; for a site that ends itself by `process.exit`. @returns {Promise<void>} */
    async close() {
        this.closed = true;
        await this.flush();
        open.delete(this);
    }
}

/** @type {Set<Queue<any>>} */
const open = new Set();
let watching = false;

function flushAll() {
    return Promise.allSettled([...open].map(queue => queue.flush()));
}

function flushAtExit() {
    if (watching) return;
    watching = true;
    process.once('beforeExit', () => void flushAll());
    for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) {
        const ended = async () => {
            const mine = process.listenerCount(signal) === 1;   // a site that handles the signal ends itself
            await flushAll();
            process.removeListener(signal, ended);
            if (mine) process.kill(process.pid, signal);
        };
        process.on(signal, ended);
    }
}

module.exports = { Queue };
