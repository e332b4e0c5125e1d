//! Lists that are longer than a page: what stands on which page, and the links between the pages.

use std::ops::Range;

use crate::urls::{self, LinkBase, SiteUrl};

/// So many rows stand on a page at most.
pub(super) const MOST_ROWS: usize = 200;

/// So many of the rows that hold a whole model, with a dozen cells: the page and its style sheet are within the 14 kB that a
/// browser gets in the first round trip.
pub(super) const MOST_WIDE_ROWS: usize = 100;

/// What of a list stands on one of its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The page, counted from one.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// The entries on it.
    pub entries: Range<usize>,
}

/// What stands on which page: the entries in their order, each of so many rows. There is at least one page, and each has
/// at most so many rows, unless one entry alone has more.
pub(super) fn cut(rows: impl IntoIterator<Item = usize>, most: usize) -> Vec<Part> {
    let mut cuts: Vec<Range<usize>> = Vec::new();
    let (mut start, mut end, mut held) = (0, 0, 0);
    for rows in rows {
        if held + rows > most && end > start {
            cuts.push(start..end);
            (start, held) = (end, 0);
        }
        held += rows;
        end += 1;
    }
    cuts.push(start..end);
    let pages = cuts.len();
    (1..).zip(cuts).map(|(page, entries)| Part { page, pages, entries }).collect()
}

/// How many pages so many entries of one row take.
pub(super) fn pages(entries: usize, most: usize) -> usize {
    entries.div_ceil(most).max(1)
}

/// The entries on a page, when each has one row; none on a page that there is not.
pub(super) fn on_page(page: usize, entries: usize, most: usize) -> Option<Range<usize>> {
    let start = page.checked_sub(1)?.checked_mul(most)?;
    (page <= pages(entries, most)).then(|| start..(start + most).min(entries))
}

/// Of several lists, one behind the other and each so long, what stands on a page with these entries of them all: which list,
/// and its own entries.
pub(super) fn of_each(
    entries: Range<usize>,
    lengths: impl IntoIterator<Item = usize>,
) -> impl Iterator<Item = (usize, Range<usize>)> {
    let mut before = 0;
    let own = lengths.into_iter().map(move |length| {
        let place = |place: usize| place.saturating_sub(before).min(length);
        let own = place(entries.start)..place(entries.end);
        before += length;
        own
    });
    own.enumerate().filter(|(_, own)| !own.is_empty())
}

/// The end of a title, which tells further pages from the first: `, page 2`.
pub(super) fn title_end(page: usize) -> String {
    if page == 1 { String::new() } else { format!(", page {page}") }
}

/// What a description says on further pages: `Page 2 of 5.`
pub(super) fn page_sentence(page: usize, pages: usize) -> Option<String> {
    (page > 1).then(|| format!("Page {page} of {pages}."))
}

/// The links from one page of a list to the pages beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pager {
    /// `Page 2 of 5`
    pub words: String,
    /// The page before.
    pub previous: Option<String>,
    /// The page behind.
    pub next: Option<String>,
}

impl Pager {
    /// The links of a page; `None` when it is the only one.
    pub(super) fn new(list: &SiteUrl, page: usize, pages: usize, base: &LinkBase) -> Option<Self> {
        let href = |page| base.href(&urls::page_of(list, page));
        (pages > 1).then(|| Self {
            words: format!("Page {page} of {pages}"),
            previous: (page > 1).then(|| href(page - 1)),
            next: (page < pages).then(|| href(page + 1)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_page_has_more_rows_than_it_may_and_every_entry_stands_on_one() {
        let cut = |rows: &[usize]| -> Vec<(usize, usize)> {
            let parts = cut(rows.iter().copied(), 3);
            assert!(parts.iter().all(|part| part.pages == parts.len()));
            parts.into_iter().map(|part| (part.entries.start, part.entries.end)).collect()
        };
        assert_eq!(cut(&[]), [(0, 0)]);
        assert_eq!(cut(&[1, 1, 1]), [(0, 3)]);
        assert_eq!(cut(&[1, 2, 1, 3, 5, 1]), [(0, 2), (2, 3), (3, 4), (4, 5), (5, 6)]);
        assert_eq!((pages(0, 200), pages(200, 200), pages(201, 200)), (1, 1, 2));
        assert_eq!(on_page(1, 0, 200), Some(0..0));
        assert_eq!(on_page(2, 201, 200), Some(200..201));
        assert_eq!((on_page(0, 5, 200), on_page(2, 200, 200)), (None, None));
    }

    #[test]
    fn a_page_has_a_part_of_each_list_that_reaches_it() {
        let parts = |entries| of_each(entries, [2, 0, 3, 4]).collect::<Vec<_>>();
        assert_eq!(parts(0..0), []);
        assert_eq!(parts(0..3), [(0, 0..2), (2, 0..1)]);
        assert_eq!(parts(3..6), [(2, 1..3), (3, 0..1)]);
        assert_eq!(parts(6..9), [(3, 1..4)]);
    }

    #[test]
    fn only_further_pages_say_which_they_are() {
        assert_eq!((title_end(1), page_sentence(1, 5)), (String::new(), None));
        assert_eq!((title_end(2), page_sentence(2, 5)), (", page 2".to_owned(), Some("Page 2 of 5.".to_owned())));
    }

    #[test]
    fn the_first_page_is_the_list_itself() {
        let list = urls::developers();
        assert_eq!(Pager::new(&list, 1, 1, &LinkBase::Page(list.clone())), None);
        let second = LinkBase::Page(urls::page_of(&list, 2));
        let pager = Pager::new(&list, 2, 3, &second).expect("there are three");
        assert_eq!((pager.previous.as_deref(), pager.next.as_deref()), (Some("../"), Some("../3/")));
        assert_eq!(pager.words, "Page 2 of 3");
    }
}
