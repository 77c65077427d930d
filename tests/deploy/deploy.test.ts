import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { WEBHOOK_PATH } from '../../src/channels/official-account/index.ts';
import { readConfig } from '../../src/config/index.ts';
import { OperatorFault } from '../../src/domain/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(`${root}/${file}`, 'utf8');

const DEPLOY = readdirSync(`${root}/deploy`).map((name) => `deploy/${name}`);
const FILES = ['Dockerfile', 'compose.yml', ...DEPLOY];
const GUIDE = 'docs/operations.md';
const dockerfile = read('Dockerfile');
const compose = parse(read('compose.yml')) as Compose;

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

interface Service {
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly env_file?: string;
  readonly scale?: number;
}

describe('the settings in the files', () => {
  test.each([...FILES, GUIDE])('%s names none that the program does not know', (file) => {
    const names = [...read(file).matchAll(/\bFANZHA_[A-Z_]+[A-Z]\b/g)].map(([name]) => name);
    expect([...new Set(names)].filter((name) => !isKnown(name))).toEqual([]);
  });
  test('are judged by a rule that refuses a name with a typing error', () => {
    expect(isKnown('FANZHA_STATE_DIR')).toBe(true);
    expect(isKnown('FANZHA_STATEDIR')).toBe(false);
  });
  test('of the example are taken as they stand', () => {
    const lines = read('deploy/fanzha.env.example')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    const values = Object.fromEntries(lines.map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]));
    const config = readConfig(values, '/nowhere');
    expect(config.databaseUrl).toMatch(/^postgres:/);
    expect(config.officialAccount.token).toBeDefined();
  });
});

describe('the ports', () => {
  const inside = /FANZHA_PUBLIC_PORT=(\d+)/.exec(dockerfile)?.[1];

  test('of the image are one and the same: set, opened, asked by the health check', () => {
    expect(inside).toBe(String(readConfig({}, '/nowhere').publicPort));
    expect(/^EXPOSE (\d+)$/m.exec(dockerfile)?.[1]).toBe(inside);
    expect(/127\.0\.0\.1:(\d+)\/ready/.exec(dockerfile)?.[1]).toBe(inside);
  });
  test('of the image are those at which nginx looks for it', () => {
    expect(read('deploy/upstream-compose.conf')).toContain(`server fanzha:${inside} `);
    expect(Object.keys(compose.services)).toContain('fanzha');
  });
  test('of nginx on a machine are those of the units that the guide starts', () => {
    const listening = [...read('deploy/upstream-host.conf').matchAll(/server 127\.0\.0\.1:(\d+) /g)].map((m) => m[1]);
    const guide = /systemctl enable --now ((?:fanzha@\d+ ?)+)/.exec(read(GUIDE))?.[1] ?? '';
    expect(listening).toHaveLength(3);
    expect([...guide.matchAll(/@(\d+)/g)].map((m) => m[1])).toEqual(listening);
    expect(read('deploy/fanzha@.service')).toContain('FANZHA_PUBLIC_PORT=%i');
  });
  test('are opened to the outside by nginx alone', () => {
    const open = Object.entries(compose.services).filter(([, service]) => service.ports !== undefined);
    expect(open.map(([name]) => name)).toEqual(['nginx']);
  });
});

describe('the image', () => {
  test('has a Node that package.json allows', () => {
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    const image = Number(/^FROM node:(\d+)-/m.exec(dockerfile)?.[1]);
    const [oldest] = /\d+/.exec(engines.node) ?? [];
    expect(engines.node).toMatch(/^>=/);
    expect(image).toBeGreaterThanOrEqual(Number(oldest));
  });
  test('is built from files that exist and that .dockerignore lets in', () => {
    const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap((match) => (match[1] ?? '').split(' '));
    const letIn = read('.dockerignore').split('\n');
    expect(copied.length).toBeGreaterThan(3);
    expect(copied.filter((file) => !existsSync(`${root}/${file}`) || !letIn.includes(`!${file}`))).toEqual([]);
    expect(letIn).toContain('*');
  });
  test('joins the program as root and runs it as somebody who cannot change it', () => {
    const steps = dockerfile.split('\n');
    const at = (start: string): number => steps.findIndex((line) => line.startsWith(start));
    expect(at('RUN node bin/fanzha.js')).toBeGreaterThan(at('COPY src'));
    expect(at('USER node')).toBeGreaterThan(at('RUN node bin/fanzha.js'));
    expect(dockerfile).not.toContain('USER root');
  });
});

describe('compose', () => {
  const bot = compose.services.fanzha;

  test('starts three bots with the official account on one shared key', () => {
    expect(bot?.scale).toBe(3);
    expect(bot?.command?.join(' ')).toBe('node bin/fanzha.js start --channel official-account');
    expect(bot?.volumes).toContain(`state:${/FANZHA_STATE_DIR=(\S+)/.exec(dockerfile)?.[1]}`);
    expect(Object.keys(compose.volumes)).toContain('state');
  });
  test('mounts only files that exist here, or secrets outside of the repository', () => {
    const mounted = Object.values(compose.services).flatMap((service) => service.volumes ?? []);
    const here = mounted.flatMap((one) => /^\.\/([^:]+):/.exec(one)?.[1] ?? []);
    expect(here).toEqual(['deploy/nginx.conf', 'deploy/upstream-compose.conf']);
    expect(here.filter((file) => !existsSync(`${root}/${file}`))).toEqual([]);
    expect(Object.values(compose.secrets).every(({ file }) => file.startsWith('/etc/fanzha/'))).toBe(true);
    expect(bot?.env_file).toMatch(/^\/etc\/fanzha\//);
  });
  test('lets nginx reach the bots but not the database', () => {
    const { nginx, db } = compose.services;
    expect(nginx?.networks).not.toContain(db?.networks?.[0]);
    expect(bot?.networks).toEqual(expect.arrayContaining([...(nginx?.networks ?? []), ...(db?.networks ?? [])]));
  });
  test('holds no password', () => {
    for (const file of FILES)
      expect(read(file), file).not.toMatch(/PASSWORD[=:]\s*\S|:\/\/fanzha:(?!换成自己的)[^@\s]+@/);
  });
});

describe('the units', () => {
  test.each(['deploy/fanzha.service', 'deploy/fanzha@.service'])(
    '%s runs a file that exists, as nobody special',
    (unit) => {
      const text = read(unit);
      const started = /^ExecStart=\/usr\/bin\/node (\S+) start/m.exec(text)?.[1] ?? '';
      expect(started).not.toBe('');
      expect(existsSync(`${root}/${started}`)).toBe(true);
      expect(text).toMatch(/^User=fanzha$/m);
      expect(text).toMatch(/^StateDirectoryMode=0700$/m);
      expect(text).toContain(`Environment=FANZHA_STATE_DIR=/var/lib/${/^StateDirectory=(\S+)/m.exec(text)?.[1]}\n`);
    },
  );
  test('differ in what several processes need, and in nothing else', () => {
    const lines = (unit: string): string[] =>
      read(unit)
        .split('\n')
        .filter((line) => /^[A-Z]\w+=/.test(line));
    const [one, several] = [lines('deploy/fanzha.service'), lines('deploy/fanzha@.service')];
    const only = several.filter((line) => !one.includes(line)).map((line) => line.split('=').slice(0, 2).join('='));
    expect(only).toEqual([
      'Description=反诈助手（端口 %i）',
      'After=network-online.target postgresql.service',
      'Environment=FANZHA_PUBLIC_PORT',
      'Environment=FANZHA_ADMIN_PORT',
      'EnvironmentFile=/etc/fanzha/fanzha.env',
      'ExecStart=/usr/bin/node bin/fanzha.js start --channel official-account',
    ]);
  });
});

describe('nginx', () => {
  const text = read('deploy/nginx.conf');

  test('writes down no address with the name of a talker in it', () => {
    expect(text).toMatch(/^\s*access_log off;/m);
    expect(text).toMatch(/^\s*error_log \S+ crit;/m);
  });
  test('shows nobody outside how the bot is', () => {
    for (const path of ['/ready', '/health']) expect(text).toMatch(new RegExp(`location = ${path} +{ return 404; }`));
  });
  test('hands out the addresses that the program has', () => {
    const paths = [...text.matchAll(/location = (\/\S+)/g)].map((match) => match[1]);
    expect(paths).toEqual(['/ready', '/health', WEBHOOK_PATH, '/chat/stream']);
  });
});

test('the guide names only files that exist', () => {
  const named = [...read(GUIDE).matchAll(/\b(?:deploy|bench|docs|bin)\/[\w@.-]*\w\b/g)].map(([file]) => file);
  expect(named.length).toBeGreaterThan(4);
  expect([...new Set(named)].filter((file) => !existsSync(`${root}/${file}`))).toEqual([]);
});

/** Whether the program reads a setting of this name, whatever its value. */
function isKnown(name: string): boolean {
  try {
    readConfig({ [name]: '' }, '/nowhere');
    return true;
  } catch (error) {
    if (!(error instanceof OperatorFault)) throw error;
    return !error.faults.some((fault) => fault.where === name && fault.what === '没有这一项配置');
  }
}
