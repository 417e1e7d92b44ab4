// The fonts of an Android phone where the machine has them: Linux takes DejaVu for `system-ui`, a fifth wider than Roboto.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const rule = (family) => `<match target="pattern"><test qual="any" name="family"><string>${family}</string></test>
<edit name="family" mode="prepend_first" binding="same"><string>Roboto</string><string>Noto Sans CJK SC</string></edit></match>`;
const CONFIG = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>${['system-ui', 'sans-serif'].map(rule).join('')}</fontconfig>`;

/** The environment for a browser that takes these fonts, a word on what is missing, and how to clean up. */
export function phoneFonts() {
  if (process.platform !== 'linux') return { env: process.env, note: '', drop: () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'shelfwise-fonts-'));
  writeFileSync(join(folder, 'fonts.conf'), CONFIG);
  const env = { ...process.env, FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  let found = '';
  try { found = execFileSync('fc-match', ['system-ui', 'family'], { env, encoding: 'utf8' }); } catch { /* no fontconfig tools: nothing to say */ }
  const note = !found || found.includes('Roboto') ? '' : `without Roboto (Debian: fonts-roboto-unhinted) the pictures show ${found.trim()}`;
  return { env, note, drop: () => rmSync(folder, { recursive: true, force: true }) };
}
