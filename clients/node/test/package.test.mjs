import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { packageFolder, servers } from './hearth.mjs';

const [, [, cluster]] = servers;
const url = servers[0][1] ?? cluster;

function inFolder(work) {
    const folder = mkdtempSync(path.join(tmpdir(), 'hearth-package-'));
    try {
        return work(folder);
    } finally {
        rmSync(folder, { recursive: true });
    }
}

const run = (cwd, program, ...args) => execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const ours = program => path.join(packageFolder, 'node_modules/.bin', program);

test('the sources have the types that they say', () => {
    run(packageFolder, ours('tsc'), '--noEmit');
});

test('the types are those of the API document that Hearth serves', { skip: url ? false : 'no Hearth' }, () => inFolder(folder => {
    const made = path.join(folder, 'api.d.ts');
    run(packageFolder, ours('openapi-typescript'), `${url}/openapi/v1.json`, '--output', made);
    assert.equal(readFileSync(path.join(packageFolder, 'src/api.d.ts'), 'utf8'), readFileSync(made, 'utf8'), 'run: npm run api -- http://localhost:5080/openapi/v1.json --output src/api.d.ts');
}));

test('the package can be made, installed from its file and used from either kind of module and from TypeScript', () => inFolder(folder => {
    const [{ filename, files }] = JSON.parse(run(packageFolder, 'npm', 'pack', '--json', '--silent', '--pack-destination', folder));
    assert.ok(files.some(({ path }) => path === 'types/index.d.ts') && files.every(({ path }) => !path.startsWith('test')));
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
    run(folder, 'npm', 'install', '--offline', '--no-audit', '--no-fund', `./${filename}`);
    assert.equal(run(folder, process.execPath, '-p', "typeof new (require('hearth').Hearth)('http://localhost:1').cache.get"), 'function\n');
    assert.equal(run(folder, process.execPath, '--input-type=module', '-e', "import { Hearth, KeyvHearth, presence } from 'hearth'; import { KeyvHearth as K } from 'hearth/keyv'; console.log(K === KeyvHearth, typeof presence)"), 'true function\n');
    assert.throws(() => run(folder, process.execPath, '-e', "require('hearth/express-session')"), /npm install express-session/);
    writeFileSync(path.join(folder, 'use.ts'), "import { Hearth } from 'hearth';\nexport const views: Promise<number> = new Hearth().views.get('/').then(counts => counts.views);\n");
    run(folder, ours('tsc'), '--noEmit', '--strict', '--module', 'node16', '--target', 'es2022', '--typeRoots', path.join(packageFolder, 'node_modules/@types'), '--types', 'node', '--skipLibCheck', 'use.ts');
}));
