//! When changes that come one by one are handled together. Pure: it is told the time.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// More paths than this are no save by hand, but a program that writes many files.
const HANDFUL: usize = 8;

/// Nobody is kept waiting longer than this by changes that do not end.
const LONGEST: Duration = Duration::from_secs(2);

/// So long at most another program may hold the files.
const HELD_LONGEST: Duration = Duration::from_secs(10);

/// How often it is asked whether the files are still held.
pub(super) const HELD_PAUSE: Duration = Duration::from_millis(5);

/// How long it has to be quiet before changes are handled.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quiet {
    /// After a few of them.
    pub(super) few: Duration,
    /// After many.
    pub(super) many: Duration,
}

impl Quiet {
    /// For what is shown at once: an editor's save is several events within a millisecond or two.
    pub(super) const CONTENT: Self = Self { few: Duration::from_millis(5), many: Duration::from_millis(100) };
    /// For what takes seconds to make: to begin a little later costs less than to begin twice.
    pub(super) const PROGRAM: Self = Self { few: Duration::from_millis(100), many: Duration::from_millis(300) };
}

/// Changes that wait to be handled.
#[derive(Debug)]
pub(super) struct Batch {
    quiet: Quiet,
    paths: BTreeSet<String>,
    is_whole: bool,
    /// When the first and the last of them came.
    came: Option<(Instant, Instant)>,
}

/// What there is to do with a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// It is empty.
    Nothing,
    /// It is looked at again after this time, or when more comes.
    Wait(Duration),
    /// It is to be handled.
    Handle,
}

impl Next {
    /// How long there is nothing to do. None when that is for ever.
    pub(super) fn wait(self) -> Option<Duration> {
        match self {
            Self::Nothing => None,
            Self::Wait(wait) => Some(wait),
            Self::Handle => Some(Duration::ZERO),
        }
    }
}

/// Changes to be handled.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Handled {
    /// The paths that are all that may have changed. None when anything may have.
    pub(super) paths: Option<BTreeSet<String>>,
    /// When the first of them came.
    pub(super) since: Instant,
}

impl Batch {
    pub(super) fn new(quiet: Quiet) -> Self {
        Self { quiet, paths: BTreeSet::new(), is_whole: false, came: None }
    }

    /// Adds a path that may have changed; none when anything may have.
    pub(super) fn add(&mut self, path: Option<String>, at: Instant) {
        self.is_whole |= path.is_none();
        self.paths.extend(path);
        let (first, last) = self.came.unwrap_or((at, at));
        self.came = Some((first.min(at), last.max(at)));
    }

    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.came.is_none()
    }

    /// What there is to do now. `is_held` says whether a program that works on the files has not finished; it is asked
    /// only when nothing else is waited for.
    pub(super) fn next(&self, now: Instant, is_held: impl FnOnce() -> bool) -> Next {
        let Some((first, last)) = self.came else { return Next::Nothing };
        let quiet = if self.paths.len() > HANDFUL { self.quiet.many } else { self.quiet.few };
        let due = (last + quiet).min(first + LONGEST);
        if now < due {
            Next::Wait(due - now)
        } else if now < first + HELD_LONGEST && is_held() {
            Next::Wait(HELD_PAUSE)
        } else {
            Next::Handle
        }
    }

    /// Takes what is there, so that it is empty.
    pub(super) fn take(&mut self) -> Option<Handled> {
        let (since, _) = self.came.take()?;
        let paths = std::mem::take(&mut self.paths);
        let is_whole = std::mem::take(&mut self.is_whole);
        Some(Handled { paths: (!is_whole).then_some(paths), since })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is done with changes that came at these times (in milliseconds) when it is looked after as the worker does:
    /// whenever something comes, and when the wait is over. The time and the number of paths of each handling.
    fn handled(events: &[(u64, &str)], is_held: impl Fn(u64) -> bool) -> Vec<(u64, Option<usize>)> {
        let start = Instant::now();
        let millis = |now: Instant| u64::try_from((now - start).as_millis()).expect("it is short");
        let mut batch = Batch::new(Quiet::CONTENT);
        let mut events = events.iter().peekable();
        let (mut now, mut handled) = (start, Vec::new());
        loop {
            while let Some((at, path)) = events.next_if(|(at, _)| *at <= millis(now)) {
                let path = (*path != "?").then(|| (*path).to_owned());
                batch.add(path, start + Duration::from_millis(*at));
            }
            let next_event = events.peek().map(|(at, _)| start + Duration::from_millis(*at));
            let wait = match batch.next(now, || is_held(millis(now))) {
                Next::Handle => {
                    let taken = batch.take().expect("there is something");
                    handled.push((millis(now), taken.paths.map(|paths| paths.len())));
                    continue;
                }
                Next::Wait(wait) => Some(now + wait),
                Next::Nothing => None,
            };
            match [wait, next_event].into_iter().flatten().min() {
                Some(next) => now = next,
                None => return handled,
            }
        }
    }

    fn free(_: u64) -> bool {
        false
    }

    #[test]
    fn a_save_is_handled_after_a_few_milliseconds() {
        let save = [(0, "m.toml.tmp"), (0, "m.toml.tmp"), (1, "m.toml.tmp"), (1, "m.toml")];
        assert_eq!(handled(&save, free), [(6, Some(2))]);
        assert_eq!(handled(&[(0, "a"), (30, "a")], free), [(5, Some(1)), (35, Some(1))]);
        assert_eq!(handled(&[], free), []);
    }

    #[test]
    fn many_files_are_handled_once() {
        let names: Vec<String> = (0..1_000).map(|n| format!("{n}.toml")).collect();
        // A file each millisecond, with a stop of 80 ms in the middle.
        let times = (0..1_000).map(|n| n + if n >= 500 { 80 } else { 0 });
        let burst: Vec<(u64, &str)> = times.zip(names.iter().map(String::as_str)).collect();
        assert_eq!(handled(&burst, free), [(1_179, Some(1_000))]);
    }

    #[test]
    fn changes_that_do_not_end_are_handled_all_the_same() {
        let log: Vec<(u64, &str)> = (0..2_500).map(|n| (n * 2, "content/log.md")).collect();
        let times: Vec<u64> = handled(&log, free).into_iter().map(|(at, _)| at).collect();
        assert_eq!(times, [2_000, 4_002, 5_003]);
    }

    #[test]
    fn it_waits_for_who_holds_the_files_but_not_for_ever() {
        let checkout = [(0, "a.toml"), (300, "b.toml"), (600, "c.toml")];
        assert_eq!(handled(&checkout, |now| now < 700), [(700, Some(3))]);
        assert_eq!(handled(&checkout, |_| true), [(10_000, Some(3))]);
        assert_eq!(
            handled(&[(0, "a.toml")], |now| now < 3),
            [(5, Some(1))],
            "a short look at the files delays nothing"
        );
    }

    #[test]
    fn when_anything_may_have_changed_the_paths_say_nothing() {
        assert_eq!(handled(&[(0, "a"), (1, "?"), (2, "b")], free), [(7, None)]);
        assert_eq!(handled(&[(0, "?"), (20, "b")], free), [(5, None), (25, Some(1))]);
    }
}
