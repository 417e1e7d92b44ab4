//! Files that nobody should choose, read by what reads a chosen file in the app: thousands of broken and made-up backups and lists. None
//! may panic, take long, or take much memory; what is certainly wrong is refused, what is merely written otherwise is taken. The same
//! harness catches readers that do not keep to it, so it can fail.
//!
//! `FUZZ_FILES`: how many of each format, `FUZZ_SEED`: which. A file that fails is named by its number: `FUZZ_ONLY=<number>` reads it
//! alone. Time is what the processor spent on it, where Linux says it: a test beside others waits. Memory is the peak of the whole
//! process while a file is read, as Linux counts it (`VmHWM`); elsewhere it is not measured. Counting allocations would take an
//! allocator of our own, and unsafe code is forbidden here, tests among it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod backups;
mod dice;
mod lists;

use dice::{Dice, Due};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{LazyLock, Mutex};
use std::time::{Duration, Instant};

/// For each file. Without optimisation the same work takes some ten times as long.
const LONGEST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });
/// In bytes, everything else of this process included.
const LARGEST: u64 = 256 << 20;

/// The process's memory is measured: one at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// Whether a file is taken; an error is a promise that was not kept.
type Reader = dyn Fn(&[u8]) -> Result<bool, String>;
type Maker = dyn Fn(&mut Dice) -> (Vec<u8>, Due);

#[derive(Default)]
struct Tally {
    files: usize,
    refused: usize,
    accepted: usize,
    slowest: Duration,
    largest: u64,
    broken: Vec<String>,
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().unwrap_or_else(|_| panic!("{name}={value}")))
}

fn seed() -> u64 {
    number("FUZZ_SEED").unwrap_or(20_261_122)
}

fn files() -> usize {
    number("FUZZ_FILES").map_or(1_000, |files| usize::try_from(files).unwrap())
}

/// Forgets the peak of memory so far.
fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The peak of memory since, in bytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) << 10
}

/// What the processor has spent on this thread; the clock's time where nobody says that.
fn spent() -> Duration {
    static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let spent = spent.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok());
    spent.map_or_else(|| BEGAN.elapsed(), Duration::from_nanos)
}

/// Makes files and reads them.
fn run(format: &str, seed: u64, files: usize, make: &Maker, read: &Reader) -> Tally {
    let mut tally = Tally::default();
    let only = number("FUZZ_ONLY").map(|only| usize::try_from(only).unwrap());
    let numbers = only.map_or(0..files, |only| only..only + 1);
    for number in numbers {
        let (bytes, due) = make(&mut Dice::of(seed, format, number));
        forget_peak();
        let began = spent();
        let read = catch_unwind(AssertUnwindSafe(|| read(&bytes)));
        let (took, peak) = (spent().saturating_sub(began), peak());
        tally.files += 1;
        tally.slowest = tally.slowest.max(took);
        tally.largest = tally.largest.max(peak);
        let mut break_law =
            |what: String| tally.broken.push(format!("{format} file {number} of seed {seed}, {} bytes: {what}", bytes.len()));
        match read {
            Err(panic) => {
                let words = panic.downcast_ref::<String>().cloned().or(panic.downcast_ref::<&str>().map(|words| (*words).to_owned()));
                break_law(format!("panic: {}", words.unwrap_or_default()));
            }
            Ok(Err(promise)) => break_law(promise),
            Ok(Ok(is_taken)) => {
                if (is_taken && due == Due::Refused) || (!is_taken && due == Due::Taken) {
                    break_law(format!("is_taken: {is_taken}, due: {due:?}"));
                }
                *(if is_taken { &mut tally.accepted } else { &mut tally.refused }) += 1;
            }
        }
        if took > LONGEST {
            tally.broken.push(format!("{format} file {number} of seed {seed}: {took:?}"));
        }
        if peak > LARGEST {
            tally.broken.push(format!("{format} file {number} of seed {seed}: {} MB", peak >> 20));
        }
    }
    tally
}

fn no_law_is_broken(format: &str, make: &Maker, read: &Reader) {
    let _alone = ALONE.lock().unwrap_or_else(|held| held.into_inner());
    let seed = seed();
    let tally = run(format, seed, files(), make, read);
    println!(
        "{format}: {} files, {} refused, {} accepted, {} panics or broken promises, slowest {} ms, largest {} MB, seed {seed}",
        tally.files,
        tally.refused,
        tally.accepted,
        tally.broken.len(),
        tally.slowest.as_millis(),
        tally.largest >> 20,
    );
    assert!(tally.broken.is_empty(), "{}", tally.broken.iter().take(20).cloned().collect::<Vec<_>>().join("\n"));
    // A run that only ever refuses or only ever takes has tried nothing.
    let is_whole = number("FUZZ_ONLY").is_none() && tally.files >= 500;
    assert!(!is_whole || (tally.accepted * 50 > tally.files && tally.refused * 5 > tally.files), "too few of either");
}

#[test]
fn no_backup_breaks_the_reader() {
    no_law_is_broken("json", &backups::make, &backups::read);
}

#[test]
fn no_list_breaks_the_reader() {
    no_law_is_broken("csv", &lists::make, &lists::read);
}

#[test]
fn a_reader_that_keeps_no_law_is_caught() {
    let _alone = ALONE.lock().unwrap_or_else(|held| held.into_inner());
    let seed = seed();
    let caught = |format: &str, make: &Maker, read: &Reader, words: &str| {
        let broken = run(format, seed, 60, make, read).broken;
        assert!(broken.iter().any(|law| law.contains(words)), "{format}: nothing said of {words}");
    };
    // Reads anything that is JSON, as a library does: the second of two keys, numbers without end.
    caught("json", &backups::make, &|bytes| Ok(serde_json::from_slice::<serde_json::Value>(bytes).is_ok()), "due: Refused");
    caught("json", &backups::make, &|_| Ok(false), "due: Taken");
    caught("csv", &lists::make, &|_| Ok(true), "due: Refused");
    caught("csv", &lists::make, &|_| Ok(false), "due: Taken");
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    caught("json", &backups::make, &|bytes| Ok(bytes[1_000_000] == 0), "panic");
    std::panic::set_hook(hook);
    if peak() > 0 {
        let greedy = |_: &[u8]| Ok(std::hint::black_box(vec![1_u8; 300 << 20]).len() > usize::MAX / 2);
        let broken = run("json", seed, 1, &backups::make, &greedy).broken;
        assert!(broken.iter().any(|law| law.contains(" MB")), "{broken:?}");
    }
}
