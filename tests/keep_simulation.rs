//! Thousands of lives of a phone: real commands through the keeper into storage that crashes, tears, fills up, is set back, emptied
//! or exchanged. What was said to be saved is there exactly once or its loss is noticed, and the journal brings it back.
//!
//! `SIM_RUNS` lives from `SIM_SEED` on. Where neither canary nor journal knows of the last saves, nothing can notice a loss:
//! - the canary is late or gone, and the journal is gone, or could not be written since it was last begun;
//! - another database of the same name and descent went further than anything that is known.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "support/contract.rs"]
mod contract;
#[path = "support/log_contract.rs"]
mod log_contract;
#[path = "keep/run.rs"]
mod run;
mod support;
#[path = "keep/work.rs"]
mod work;
#[path = "keep/world.rs"]
#[expect(clippy::await_holding_refcell_ref, reason = "each is dropped before the next pause")]
mod world;

use contract::{Bench, Found, contract};
use log_contract::{LogBench, log_contract};
use run::live;
use shelfwise::archive::backup::Place;
use shelfwise::archive::journal::Mark;
use std::collections::BTreeMap;
use std::time::Instant;
use uuid::Uuid;
use world::{Fault, Sim, drive};

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

#[test]
fn what_was_said_to_be_saved_is_there_or_its_loss_is_noticed() {
    let (runs, seed, started) = (setting("SIM_RUNS", 300), setting("SIM_SEED", 1), Instant::now());
    let mut mix: BTreeMap<Fault, u64> = BTreeMap::new();
    let mut broken = Vec::new();
    for seed in seed..seed + runs {
        match live(seed) {
            Ok(counts) => counts.into_iter().for_each(|(fault, count)| *mix.entry(fault).or_default() += count),
            Err(why) => broken.push(why),
        }
    }
    println!("{runs} runs in {} ms: {mix:?}", started.elapsed().as_millis());
    assert!(broken.is_empty(), "{} of {runs} runs broke:\n{}", broken.len(), broken[..broken.len().min(20)].join("\n"));
    if runs >= 300 {
        for fault in [Fault::Crash, Fault::TornWrite, Fault::LostAcknowledgement, Fault::FullDisk, Fault::AppendFails, Fault::CutFails]
            .into_iter()
            .chain([Fault::RolledBack, Fault::Emptied, Fault::Forked, Fault::OtherDatabase, Fault::Recovered, Fault::StaleTab])
        {
            assert!(mix.get(&fault).is_some_and(|count| *count > 0), "{fault:?} never happened");
        }
        let few = |fault, of| mix.get(&fault).is_none_or(|count| count * of < runs);
        assert!(few(Fault::FalseAlarm, 20) && few(Fault::Blind, 4) && few(Fault::NotRecoverable, 3), "not rare any more");
    }
}

impl Bench for Sim {
    type Disk = Sim;

    fn disk(&self) -> &Sim {
        self
    }

    async fn rows(&self) -> Found {
        self.world().db.rows.iter().map(|(key, body)| (key.clone(), body.as_ref().to_owned())).collect()
    }

    async fn found_mark(&self) -> Option<Mark> {
        self.world().db.mark
    }

    async fn put_draft(&self, key: &str, body: &str) {
        self.world().db.rows.insert((Place::Drafts, key.to_owned()), body.into());
    }

    async fn fill(&self, is_full: bool) {
        self.world().room = is_full.then_some(0);
    }
}

#[test]
fn the_simulated_database_keeps_the_contract() {
    let sim = Sim::new(1);
    sim.world().trouble = 0;
    let ids = [1, 2, 3].map(Uuid::from_u128);
    drive(contract(&sim, ids), None).unwrap();
}

impl LogBench for Sim {
    type Log = Sim;

    fn log(&self) -> Sim {
        self.clone()
    }

    async fn tails(&self) -> Vec<Vec<u8>> {
        self.world().tails.iter().map(|file| file.bytes.clone()).collect()
    }

    async fn start_again(&self) {
        self.world().close();
    }

    async fn keep_room(&self) {
        self.world().has_ballast = true;
    }

    async fn fill(&self, is_full: bool) {
        self.world().room = is_full.then_some(0);
    }
}

#[test]
fn the_simulated_journal_keeps_the_contract() {
    let sim = Sim::new(1);
    sim.world().trouble = 0;
    drive(log_contract(&sim, Uuid::from_u128(1)), None).unwrap();
}

/// Without one of its protections the keeper breaks its promise, and the simulation sees it.
#[cfg(feature = "sabotage")]
#[test]
fn each_protection_is_missed_when_it_is_out() {
    use shelfwise::keep::sabotage::take_out;
    const RUNS: u64 = 400;
    for word in ["no-journal", "no-flush", "no-canary", "no-replay", "no-ballast"] {
        take_out(word);
        let broken = (1..=RUNS).find_map(|seed| live(seed).err());
        take_out("");
        println!("{word}: {}", broken.as_deref().unwrap_or("nothing was missed"));
        assert!(broken.is_some(), "{word}: {RUNS} runs missed nothing");
    }
}
