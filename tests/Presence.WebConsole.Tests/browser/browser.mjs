// Chromium without a window, and pages in it that fail the story when anything in them goes wrong.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export const { PRESENCE_URL: url, PRESENCE_TOKEN: token } = process.env;

const { chromium } = createRequire(join(process.env.PRESENCE_BROWSER_MODULES, 'any.js'))('playwright-core');

const switches = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
];

// Generous, since other tests may run beside it; what is quick is measured and printed.
const PATIENCE = 60_000;

export class Browser {
  /** What the pages complained of: broken rules of the security policy, failed modules, uncaught errors. */
  complaints = [];

  static async start() {
    const browser = new Browser();
    browser.chromium = await chromium.launch({ executablePath: '/usr/bin/chromium', args: switches });
    return browser;
  }

  /** A window of its own, which shares nothing with the others. Options are those of Playwright's contexts. */
  async open(path, options = {}) {
    const context = await this.chromium.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...options });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    page.on('pageerror', fault => this.complaints.push(`${fault.stack}`));
    page.on('console', said => said.type() === 'error' && this.complaints.push(said.text()));
    await page.goto(new URL(path, url).href);
    return page;
  }

  /** Ends the browser; fails if a page has complained, but for what was expected. */
  async close(...expected) {
    await this.chromium.close();
    assert.deepEqual(this.complaints.filter(text => !expected.some(one => one.test(text))), []);
  }
}

export async function picture(page, name) {
  const folder = process.env.PRESENCE_PICTURES;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** Fails if something on the page has no name for those who do not see it, or if the page is wider than its window. */
export async function examine(page) {
  const faults = await page.evaluate(() => {
    const isNamed = one => one.labels?.length > 0 || (one.ariaLabel ?? one.textContent).trim() !== '';
    const unnamed = [...document.querySelectorAll('button, input, select, textarea')].filter(one => !isNamed(one));
    const root = document.documentElement;
    return [
      ...unnamed.map(one => `no name: ${one.outerHTML}`),
      ...(root.scrollWidth > root.clientWidth ? [`${root.scrollWidth} px in a window of ${root.clientWidth}`] : []),
    ];
  });
  assert.deepEqual(faults, []);
}

const begun = performance.now();

/** Tells how far the story has come. */
export const tell = text => console.log(`${((performance.now() - begun) / 1000).toFixed(1).padStart(5)} s  ${text}`);

/** Milliseconds that something took. */
export async function timed(doing) {
  const from = performance.now();
  await doing();
  return Math.round(performance.now() - from);
}
