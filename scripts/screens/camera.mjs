// Takes one screen in every series of a walk: the page stays as it is, only window, looks and place change.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lookAt, scrollBack, scrollToEnd } from './checks.mjs';
import { takeForReadme } from './readme.mjs';

/** Everything is drawn and stands still. */
export const still = (page) => page.evaluate(() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => Promise.all(document.getAnimations().map((move) => move.finished.catch(() => {}))).then(done)));
}));

export class Camera {
  pictures = new Set();
  sessions = new WeakMap();

  constructor(folder, findings) {
    this.folder = folder;
    this.findings = findings;
  }

  async shoot(page, name) {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    // Straight from the browser: a third faster than by way of the library, which first looks for what could still move.
    const devtools = this.sessions.get(page) ?? await page.context().newCDPSession(page);
    this.sessions.set(page, devtools);
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true });
    writeFileSync(path, Buffer.from(data, 'base64'));
    this.pictures.add(name);
  }

  /** One screen in all of `shots`; with `end`, once more scrolled down. */
  async take(page, shots, name, { name: screen, end = false }) {
    const seen = new Set();
    await page.mouse.move(0, 0);
    for (const series of shots) {
      const { width, height, looks } = series;
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: looks });
      await still(page);
      await this.shoot(page, `${series.name}/${name}.png`);
      await takeForReadme(page, this.folder, screen, series);
      const size = `${width} ${height}`;
      if (!seen.has(size)) this.findings.add(`${series.name}/${name}`, await lookAt(page));
      if ((end || !seen.has(size)) && await scrollToEnd(page)) {
        await still(page);
        if (!seen.has(size)) this.findings.add(`${series.name}/${name}`, await lookAt(page, true));
        if (end) await this.shoot(page, `${series.name}/${name}-end.png`);
        await scrollBack(page);
      }
      seen.add(size);
    }
    const [{ width, height, looks }] = shots;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: looks });
  }
}
