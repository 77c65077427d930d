import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Keeps the browser from talking to anybody but the program under test. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Opens a Chromium that is installed on this machine. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: QUIET });
}

function findChromium(): string {
  const named = process.env.CHROMIUM_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, and there is no such file.`);
  const found = named || USUAL_PLACES.find((place) => existsSync(place));
  if (!found) {
    throw new Error(
      `The tests in a browser need Chromium, and none is at ${USUAL_PLACES.join(', ')}. ` +
        'Install it (Debian: apt-get install chromium) or name another with the environment variable CHROMIUM_PATH.',
    );
  }
  return found;
}
