'use strict';

const { HearthUnavailableError } = require('./errors');

/** How long calls are not tried after one of them hung, in milliseconds: a site must not wait for each. */
const pauseAfterHanging = 1000;

/** Keeps a site up while Hearth is away: calls answer with a substitute, and one warning is given each time it goes away. */
class Availability {
    /** @param {string} subject what the warning is about @param {string} consequence what happens meanwhile @param {boolean} raise whether errors are thrown instead */
    constructor(subject, consequence, raise) {
        this.subject = subject;
        this.consequence = consequence;
        this.raise = raise;
        this.away = false;
        this.pausedUntil = -Infinity;
    }

    /**
     * @template T, S
     * @param {() => Promise<T>} call
     * @param {S} substitute what is answered while Hearth is away
     * @returns {Promise<T | S>}
     */
    async attempt(call, substitute) {
        if (performance.now() < this.pausedUntil) return substitute;
        try {
            const answer = await call();
            this.away = false;
            return answer;
        } catch (error) {
            if (this.raise || !(error instanceof HearthUnavailableError)) throw error;
            if (error.hung) this.pausedUntil = performance.now() + pauseAfterHanging;
            this.warn(error);
            return substitute;
        }
    }

    /** @param {Error} error */
    warn(error) {
        if (this.away) return;
        this.away = true;
        process.emitWarning(`${this.subject}: ${error.message}. Until it is back, ${this.consequence}.`, { type: 'HearthWarning', code: 'HEARTH_UNAVAILABLE' });
    }
}

module.exports = { Availability };
