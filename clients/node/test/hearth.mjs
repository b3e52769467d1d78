// Real Hearths for the tests: the built front end embedded, and a cluster of eng/cluster.sh. test.sh starts them and hands
// their addresses over in HEARTH_EMBEDDED and HEARTH_CLUSTER.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
export const packageFolder = path.join(root, 'clients/node');

export const servers = [['embedded', process.env.HEARTH_EMBEDDED], ['cluster', process.env.HEARTH_CLUSTER]];

export async function freePort() {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    server.close();
    await once(server, 'close');
    return port;
}

/** Polls until the condition gives something; only what hangs meets the limit. */
export async function eventually(condition, what, limit = 30_000) {
    const end = performance.now() + limit;
    for (;;) {
        const seen = await condition();
        if (seen) return seen;
        if (performance.now() > end) throw new Error(`${what} did not happen within ${limit} ms`);
        await new Promise(resolve => { setTimeout(resolve, 20); });
    }
}

/** An embedded Hearth of the test's own, on a port that stays the same when it is started again. */
export class OwnHearth {
    static program = ['debug', 'release'].map(kind => path.join(root, `artifacts/bin/Hearth.WebFrontend/${kind}/Hearth.WebFrontend.dll`)).find(existsSync);

    static async start() {
        const own = new OwnHearth();
        own.port = await freePort();
        own.url = `http://127.0.0.1:${own.port}`;
        own.folder = await mkdtemp(path.join(tmpdir(), 'hearth-node-'));
        await own.run();
        return own;
    }

    async run() {
        this.process = spawn('dotnet', [OwnHearth.program], { env: { ...process.env, ASPNETCORE_URLS: this.url, Storage__DataDirectory: this.folder }, stdio: 'ignore' });
        await eventually(() => fetch(`${this.url}/health/ready`).then(answer => answer.ok, () => false), 'the start of Hearth', 60_000);
    }

    async kill() {
        this.process.kill('SIGKILL');
        if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit');
    }

    async remove() {
        await this.kill();
        await rm(this.folder, { recursive: true });
    }
}
