// The browser as the tests and the pictures start it, and its clock, which can be set in the worker too.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHROMIUM = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
export const LAUNCH = {
  executablePath: CHROMIUM,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync',
  ],
};

/** The page's clock in the worker: a set clock does not reach there by itself. Each errand is told the time; the app passes it over. */
export function tellTheTime() {
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (...message) {
    // What begins with a number is for the journal's worker, which has no use for the time.
    if (!/^\d+$/.test(message[0]?.[0])) post.call(this, { now: Date.now() });
    post.apply(this, message);
  };
}
const HEAR_THE_TIME = `
let now = 0;
addEventListener('message', ({ data }) => { now = data?.now ?? now; });
Date = class extends Date { constructor(...parts) { super(...(parts.length ? parts : [now])); } static now() { return now; } };
`;
export const withAClock = (body, path) => (/^\/worker-[0-9a-f]+\.js$/.test(path) ? Buffer.concat([Buffer.from(HEAR_THE_TIME), body]) : body);

/** An empty profile on disk; `preferences` as in Chromium's own file. */
export function newProfile(preferences) {
  const profile = mkdtempSync(join(tmpdir(), 'shelfwise-e2e-'));
  if (preferences) {
    mkdirSync(join(profile, 'Default'));
    writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  }
  return profile;
}

export const dropProfile = (profile) => rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
