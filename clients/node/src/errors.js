'use strict';

/** A call that Hearth refused. The message names the call and what was wrong with it. */
class HearthError extends Error {
    /**
     * @param {string} call the method and path
     * @param {number} status
     * @param {{title?: string, detail?: string, errors?: Record<string, string[]>}} [problem] the answer's problem document
     */
    constructor(call, status, problem = {}) {
        const fields = Object.entries(problem.errors ?? {}).map(([field, messages]) => `${field}: ${messages.join(' ')}`).filter(field => field !== problem.detail);
        const reason = [problem.detail ?? problem.title, ...fields].filter(Boolean).join(' ');
        super(`${call} was answered ${status}${reason ? `: ${reason}` : ''}`);
        this.name = 'HearthError';
        this.code = 'HEARTH_REFUSED';
        this.status = status;
        this.detail = problem.detail;
        /** What was wrong, by field. */
        this.errors = problem.errors ?? {};
    }
}

/** Hearth, or a store that the answer needs, could not be reached in time. */
class HearthUnavailableError extends Error {
    /**
     * @param {string} call
     * @param {string} reason
     * @param {{cause?: unknown, mayHaveHappened?: boolean, retryAfter?: number, hung?: boolean}} [about]
     */
    constructor(call, reason, { cause, mayHaveHappened = false, retryAfter, hung = false } = {}) {
        super(`${call} had no answer: ${reason}${mayHaveHappened ? '. It may have been carried out' : ''}`, { cause });
        this.name = 'HearthUnavailableError';
        this.code = 'HEARTH_UNAVAILABLE';
        /** Whether the call may have been carried out although its answer was lost. */
        this.mayHaveHappened = mayHaveHappened;
        /** Seconds after which Hearth asks to try again. */
        this.retryAfter = retryAfter;
        /** Whether the time ran out, rather than the connection being refused or closed. */
        this.hung = hung;
    }
}

module.exports = { HearthError, HearthUnavailableError };
