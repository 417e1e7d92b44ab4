// The laws that need no browser: the journal read whatever its bytes, imports of anything, keeping over every crash, clocks.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Skipped } from './world.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Each with the figures that are wanted of what it prints. */
const LAWS = {
  journal_laws: /harmed files|cuts within/, import_fuzz: /files, \d+ refused/, keep_simulation: /runs in/, clock_laws: /lives/,
};

const cargo = (law, times) => new Promise((done) => {
  const settings = {
    ...process.env, FUZZ_FILES: String(Number(process.env.FUZZ_FILES ?? 10_000) * times), SIM_RUNS: String(Number(process.env.SIM_RUNS ?? 2_000) * times),
  };
  // Fast enough without the whole-program optimisation that the site has, and built in a quarter of the time.
  const quick = ['--release', '--config', 'profile.release.lto="off"', '--config', 'profile.release.opt-level=2', '--config', 'profile.release.codegen-units=16'];
  const child = spawn('cargo', ['test', ...quick, '--locked', '--features', 'sabotage', '--test', law, '--', '--nocapture'], { cwd: ROOT, env: settings, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => { output += data; });
  child.on('error', (error) => done([1, String(error)]));
  child.on('close', (code) => done([code, output]));
});

async function play(law, figures, times) {
  if (!existsSync(`${ROOT}tests/${law}.rs`) && !existsSync(`${ROOT}tests/${law}`)) throw new Skipped(`tests/${law}.rs is not there`);
  const [code, output] = await cargo(law, times);
  if (code !== 0) throw new Error(output.split('\n').slice(-60).join('\n'));
  const passed = [...output.matchAll(/test result: .*? (\d+) passed/g)].reduce((sum, [, number]) => sum + Number(number), 0);
  const said = output.split('\n').filter((line) => figures.test(line));
  if (!said.length) throw new Error(`no figures:\n${output.split('\n').slice(-60).join('\n')}`);
  return `${passed} tests: ${said.join('; ')}`;
}

export const lines = Object.entries(LAWS).map(([law, figures]) => ({ name: `native-${law}`, play: ({ times }) => play(law, figures, times) }));
