// The laws that need no browser: the journal read whatever its bytes, imports of anything, keeping over every crash, clocks.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Skipped } from './world.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LAWS = ['journal_laws', 'import_fuzz', 'keep_simulation', 'clock_laws'];

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

async function play(law, times) {
  if (!existsSync(`${ROOT}tests/${law}.rs`) && !existsSync(`${ROOT}tests/${law}`)) throw new Skipped(`tests/${law}.rs is not there`);
  const [code, output] = await cargo(law, times);
  if (code !== 0) throw new Error(output.split('\n').slice(-60).join('\n'));
  const passed = [...output.matchAll(/test result: .*? (\d+) passed/g)].reduce((sum, [, number]) => sum + Number(number), 0);
  // What a test says of its own figures.
  const said = output.split('\n').filter((line) => /^[a-z].*\d/.test(line) && !/^(test |running |warning|error|failures)/.test(line)).slice(-3).join('; ');
  return `${passed} tests${said ? `: ${said}` : ''}`;
}

export const lines = LAWS.map((law) => ({ name: `native-${law}`, play: ({ times }) => play(law, times) }));
