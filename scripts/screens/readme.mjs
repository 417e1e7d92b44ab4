// The four pictures of README: which screen in which series, sharp on a phone and small in the repository.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { small } from './palette.mjs';

const PICTURES = [
  { file: 'readme-today.png', screen: 'today', series: '390x844-zh-light' },
  { file: 'readme-count.png', screen: 'visit-count', series: '390x844-zh-light' },
  { file: 'readme-owner-card.png', screen: 'owner-card', series: '390x844-en-light' },
  { file: 'readme-tablet.png', screen: 'visit-count', series: '1024x768-en-dark' },
];

/** Takes the screen at twice the pixels where README shows it; the window stays as it is. */
export async function takeForReadme(page, folder, screen, { name, width, height }) {
  for (const { file } of PICTURES.filter((picture) => picture.screen === screen && picture.series === name)) {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 2, mobile: false });
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'png' });
    await devtools.send('Emulation.clearDeviceMetricsOverride');
    await devtools.detach();
    // The library does not know of all this: it sets the size anew only where it thinks that it changes.
    await page.setViewportSize({ width, height: height - 1 });
    await page.setViewportSize({ width, height });
    writeFileSync(join(folder, file), small(Buffer.from(data, 'base64')));
  }
}
