import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { default: packaged } = await import(require.resolve('@sparticuz/chromium'));
const { chromium } = require('playwright-core');

const patienceMs = 60_000;

/** Opens the dashboard in a headless browser and says what a reader sees; takes its picture when given a path. */
export async function look(url, picture) {
  const executablePath = await packaged.executablePath();
  const browser = await chromium.launch({ executablePath, args: packaged.args, headless: true });
  try {
    const viewport = { width: 1360, height: 900 };
    const page = await browser.newPage({ locale: 'en-GB', viewport, deviceScaleFactor: 1.5 });
    const complaints = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(url);
    for (const selector of ['.faults li', 'tbody tr', '.cells li', '.u-over', '.sources .source']) {
      await page.waitForSelector(selector, { timeout: patienceMs });
    }
    if (picture) await page.screenshot({ path: picture, fullPage: true });
    return { ...(await page.evaluate(read)), complaints };
  } finally {
    await browser.close();
  }
}

/** Runs in the page. */
function read() {
  const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent);
  const names = texts('.figures dt');
  const values = texts('.figures dd');
  return {
    figures: Object.fromEntries(names.map((name, index) => [name, values[index]])),
    sections: texts('section h2'),
    sources: texts('.sources .source'),
  };
}
