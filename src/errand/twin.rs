//! The copy beside the database, as far as it concerns everything at once: snapshots are made and thinned out, the database is compared
//! with what the journal has, and brought back from it.

use super::message;
use crate::archive::backup::{Entry, Place, Plan};
use crate::archive::errand::{Answer, Audited, Snapshot, Step, Weighed};
use crate::archive::journal::{self, Act, FileKind, Head, Mark, Reading};
use crate::keep::drafts;
use crate::keep::image::{Image, image};
use crate::state::clock;
use crate::store::bulk::Go;
use crate::store::database::Store;
use crate::store::error::StoreError;
use crate::store::journal::{DRAFTS, SNAPSHOT, TAIL, file_name, number_of};
use crate::store::opfs::Folder;
use uuid::Uuid;

/// Texts of a frame of a snapshot, in bytes: a damage costs no more.
const CHUNK: usize = 256 * 1024;

/// Snapshots that are kept: should the newest be damaged, the one before it and the saves since have everything too.
const GENERATIONS: usize = 2;

/// The journal's files as they were read.
struct Files {
    tails: Vec<(String, Reading)>,
    snapshots: Vec<(String, Reading)>,
    /// The copies of the drafts.
    drafts: Vec<(String, Reading)>,
    bytes: u64,
}

/// How a file is read.
type Read = fn(&[u8], fn(&[u8], usize) -> Option<Vec<u8>>) -> Reading;

async fn files(folder: &Folder, read: Read) -> Result<Files, StoreError> {
    let mut files = Files { tails: Vec::new(), snapshots: Vec::new(), drafts: Vec::new(), bytes: 0 };
    for (name, size) in folder.list().await? {
        files.bytes += size;
        let lists = [(TAIL, &mut files.tails), (SNAPSHOT, &mut files.snapshots), (DRAFTS, &mut files.drafts)];
        let Some((_, list)) = lists.into_iter().find(|(what, _)| number_of(what, &name).is_some()) else { continue };
        list.push((name.clone(), read(&folder.read(&name).await?, journal::unpack)));
    }
    Ok(files)
}

impl Files {
    fn image(self, epoch: Uuid) -> Image {
        let tails: Vec<Reading> = self.tails.into_iter().map(|(_, tail)| tail).collect();
        let snapshots: Vec<(Mark, Vec<Act>)> = self.snapshots.into_iter().filter_map(|(_, file)| rows_of(file)).collect();
        let drafts: Vec<Reading> = self.drafts.into_iter().map(|(_, file)| file).collect();
        let copy = drafts::newest(&drafts, epoch).map(|(_, copy)| copy);
        image(&snapshots, &tails, copy.as_ref(), epoch)
    }

    /// Whether there is anything to go by: a snapshot, or saves from the very beginning.
    fn knows(&self, epoch: Uuid) -> bool {
        let is_of = |file: &Reading| file.head.is_some_and(|head| head.mark.epoch == epoch);
        let is_first = |file: &Reading| file.head.is_some_and(|head| head.mark.sequence == 0) && !file.frames.is_empty();
        self.snapshots.iter().any(|(_, file)| is_of(file) && file.is_whole())
            || self.tails.iter().any(|(_, file)| is_of(file) && is_first(file))
    }

    /// The database that the newest of the files is of which anything is known.
    fn newest_known(&self) -> Option<Uuid> {
        let heads = self.tails.iter().chain(&self.snapshots).filter_map(|(_, file)| file.head);
        heads.filter(|head| self.knows(head.mark.epoch)).max_by_key(|head| head.made_at).map(|head| head.mark.epoch)
    }
}

/// What a snapshot holds; none of one that is not whole.
fn rows_of(file: Reading) -> Option<(Mark, Vec<Act>)> {
    let head = file.head.filter(|_| file.is_whole())?;
    let acts = file.frames.into_iter().filter_map(|frame| match frame.entry {
        journal::Entry::Change { acts, .. } => Some(acts),
        _ => None,
    });
    Some((head.mark, acts.flatten().collect()))
}

/// Everything in the database as a new snapshot; then older files that it makes needless go.
pub async fn snapshot(store: &Store) -> Result<Answer, StoreError> {
    let folder = Folder::open().await?;
    let before = folder.list().await?;
    let number = before.iter().filter_map(|(name, _)| number_of(SNAPSHOT, name)).max().unwrap_or(0) + 1;
    let name = file_name(SNAPSHOT, number);
    let made = write_snapshot(store, &folder, &name).await;
    let whole = match &made {
        Ok((mark, rows)) => {
            let read = rows_of(journal::read_with(&folder.read(&name).await?, journal::unpack));
            read.is_some_and(|(held, acts)| held == *mark && acts.len() as u64 == *rows)
        }
        Err(_) => false,
    };
    if !whole {
        folder.remove(&name).await;
    }
    let (mark, rows) = made?;
    if !whole {
        return Err(StoreError::Broken("the snapshot does not read back".to_owned()));
    }
    thin_out(&folder).await?;
    let bytes = folder.list().await?.iter().map(|(_, size)| size).sum();
    Ok(Answer::Snapshot(Snapshot { mark, rows, bytes }))
}

async fn write_snapshot(store: &Store, folder: &Folder, name: &str) -> Result<(Mark, u64), StoreError> {
    let mut file = folder.create(name).await?;
    let session = store.look().await?;
    let mark = session.mark().await?.ok_or_else(|| StoreError::Broken("no mark".to_owned()))?;
    let head = Head { format: journal::FORMAT, kind: FileKind::Snapshot, packed: true, mark, made_at: clock::millis() };
    let (opening, mut link) = journal::opening(&head);
    file.begin_with(opening);
    let (mut acts, mut size, mut rows, mut sequence) = (Vec::new(), 0, 0, 0);
    let mut put = |file: &mut crate::store::opfs::NewFile, entry: journal::Entry| -> Result<(), StoreError> {
        sequence += 1;
        let (frame, next) = journal::frame_with(link, sequence, &entry, journal::pack);
        link = next;
        file.write(&frame)
    };
    session
        .walk(|place, id, body| {
            acts.push(Act::Put { place, id: id.to_owned(), body: body.to_owned() });
            rows += 1;
            size += id.len() + body.len();
            if size >= CHUNK {
                size = 0;
                put(&mut file, journal::Entry::Change { acts: std::mem::take(&mut acts), events: 0 })?;
            }
            Ok(Go::On)
        })
        .await?;
    if !acts.is_empty() {
        put(&mut file, journal::Entry::Change { acts, events: 0 })?;
    }
    put(&mut file, journal::Entry::End { rows })?;
    file.finish()?;
    Ok((mark, rows))
}

/// Keeps two generations and the saves behind the older one. What has far fewer records never takes the place of what has more.
async fn thin_out(folder: &Folder) -> Result<(), StoreError> {
    let sizes = folder.list().await?;
    let files = files(folder, journal::read_slim).await?;
    let size_of = |name: &str| sizes.iter().find(|(known, _)| known == name).map_or(0, |(_, size)| *size);
    let whole: Vec<(&str, Mark)> = files
        .snapshots
        .iter()
        .filter(|(_, file)| file.is_whole())
        .filter_map(|(name, file)| Some((name.as_str(), file.head?.mark)))
        .collect();
    let kept: Vec<(&str, Mark)> = whole.iter().rev().take(GENERATIONS).copied().collect();
    let (Some((newest, mark)), Some((_, older))) = (kept.first(), kept.get(1)) else { return Ok(()) };
    let is_far_larger = |name: &str| size_of(name) > 2 * size_of(newest);
    let mut needless: Vec<&str> = Vec::new();
    for (name, _) in &files.snapshots {
        if !kept.iter().any(|(held, _)| held == name) && !is_far_larger(name) {
            needless.push(name);
        }
    }
    let next_bases = files.tails.iter().skip(1).map(|(_, file)| file.head.map(|head| head.mark));
    for ((name, file), next) in files.tails.iter().zip(next_bases) {
        let is_behind_both = next.is_some_and(|next| next.epoch == mark.epoch && next.sequence <= older.sequence.min(mark.sequence));
        let is_of_another = file.head.is_none_or(|head| head.mark.epoch != mark.epoch);
        // Only what is of another database may hold more than this one ever had.
        if older.epoch == mark.epoch && (is_behind_both || is_of_another && !is_far_larger(name)) {
            needless.push(name);
        }
    }
    for name in needless {
        folder.remove(name).await;
    }
    Ok(())
}

/// Compares every row with what the journal has.
pub async fn audit(store: &Store) -> Result<Answer, StoreError> {
    let unsure = Answer::Audited(Audited::default());
    let folder = Folder::open().await?;
    // First: what is saved while the files are read is in them, or is noticed below.
    let Some(mark) = store.mark().await? else { return Ok(unsure) };
    let image = files(&folder, journal::read_slim).await?.image(mark.epoch);
    if !image.is_gapless || image.mark.sequence < mark.sequence {
        let is_behind = image.mark.sequence < mark.sequence;
        return Ok(Answer::Audited(Audited { is_behind, ..Audited::default() }));
    }
    let session = store.look().await?;
    // Saved meanwhile: what was read of the journal is older than what is read now, or another history.
    if session.mark().await? != Some(image.mark) {
        return Ok(unsure);
    }
    let mut known = image.rows;
    known.retain(|(place, _), _| *place != Place::Drafts);
    let mut found = Audited { is_comparable: true, ..Audited::default() };
    session
        .walk(|place, id, body| {
            found.rows += 1;
            let is_changed = known.remove(&(place, id.to_owned())).is_some_and(|there| there != journal::digest(body));
            found.changed += u64::from(is_changed);
            Ok(Go::On)
        })
        .await?;
    found.missing = known.len() as u64;
    Ok(Answer::Audited(found))
}

/// Everything the journal has of a database; `epoch`: which, where it is known; else of the newest of which it has something. With it
/// when the last file was begun.
pub async fn image_of(epoch: Option<Uuid>) -> Result<Option<(Image, u64)>, StoreError> {
    let folder = Folder::open().await?;
    let files = files(&folder, journal::read_with).await?;
    let at = files.tails.iter().chain(&files.snapshots).filter_map(|(_, file)| file.head).map(|head| head.made_at).max().unwrap_or(0);
    // Of one that was begun in the place of another and never came to a snapshot nothing is known; of the one before it, all up to then.
    let Some(known) = epoch.filter(|epoch| files.knows(*epoch)).or_else(|| files.newest_known()) else { return Ok(None) };
    let mut image = files.image(known);
    image.is_gapless &= epoch.is_none_or(|epoch| epoch == known);
    Ok(Some((image, at)).filter(|(image, _)| !image.rows.is_empty()))
}

/// What the journal has, beside what is here.
pub async fn weigh(store: &Store, epoch: Option<Uuid>) -> Result<Answer, StoreError> {
    let Some((image, at)) = image_of(epoch).await? else { return Ok(Answer::Weighed(None)) };
    let rows = entries(&image);
    let mut plan = Plan::new("", &rows);
    let session = store.look().await?;
    let all = session.count().await?;
    let mut behind = 0_u64;
    session
        .walk(|place, id, body| {
            plan.see(place, id, body);
            behind += 1;
            if behind.is_multiple_of(1000) {
                message::progress(Step::Comparing, behind, all);
            }
            Ok(Go::On)
        })
        .await?;
    Ok(Answer::Weighed(Some(Weighed { tallies: plan.tallies(), at, is_gapless: image.is_gapless && !image.stops_at_bulk })))
}

/// An image as entries of a file to restore.
pub fn entries(image: &Image) -> Vec<Entry> {
    image.rows.iter().map(|((place, id), body)| Entry::kept(*place, id.clone(), body.clone())).collect()
}
