//! Running text with dates, links and source markers in it, put together by the view-models.

use askama::Template;

use super::sources::Mark;
use crate::catalog::{Date, decimals};

/// A piece of running text. At most one of `href` and `date` is there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Run {
    /// The words.
    pub text: String,
    /// Where the words lead.
    pub href: Option<String>,
    /// Whether the link leaves the site.
    pub external: bool,
    /// The date that the words tell, for machines.
    pub date: Option<Date>,
    /// The source that stands behind what was said before.
    pub mark: Option<Mark>,
    /// Whether the words are strong.
    pub strong: bool,
}

/// Running text. It escapes what it holds, so that it can stand in a template as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Template)]
#[template(path = "components/text.html")]
pub(super) struct Text {
    /// Its pieces in order.
    pub runs: Vec<Run>,
}

impl askama::filters::HtmlSafe for Text {}

impl Text {
    /// Text of these words.
    pub(super) fn of(words: impl Into<String>) -> Self {
        Self::default().say(words)
    }

    /// The same with these words behind.
    #[must_use]
    pub(super) fn say(self, words: impl Into<String>) -> Self {
        self.push(Run { text: words.into(), ..Run::default() })
    }

    /// The same with these words behind, strong.
    #[must_use]
    pub(super) fn strong(self, words: impl Into<String>) -> Self {
        self.push(Run { text: words.into(), strong: true, ..Run::default() })
    }

    /// The same with a date behind.
    #[must_use]
    pub(super) fn date(self, date: Date) -> Self {
        self.push(Run { text: date.long(), date: Some(date), ..Run::default() })
    }

    /// The same with a date behind, and before it the word that it takes: `on 23 Oct 2026`, `in Oct 2026`.
    #[must_use]
    pub(super) fn on(self, date: Date) -> Self {
        self.say(if date.has_day() { "on " } else { "in " }).date(date)
    }

    /// The same with a link within the site behind.
    #[must_use]
    pub(super) fn link(self, words: impl Into<String>, href: impl Into<String>) -> Self {
        self.push(Run { text: words.into(), href: Some(href.into()), ..Run::default() })
    }

    /// The same with a link to another site behind.
    #[must_use]
    pub(super) fn web(self, words: impl Into<String>, href: impl Into<String>) -> Self {
        self.push(Run { text: words.into(), href: Some(href.into()), external: true, ..Run::default() })
    }

    /// The same with a source marker behind, when there is a source.
    #[must_use]
    pub(super) fn mark(self, mark: Option<Mark>) -> Self {
        match mark {
            Some(mark) => self.push(Run { mark: Some(mark), ..Run::default() }),
            None => self,
        }
    }

    /// The same with all of another text behind.
    #[must_use]
    pub(super) fn then(mut self, other: Self) -> Self {
        self.runs.extend(other.runs);
        self
    }

    /// Whether nothing is said.
    #[must_use]
    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    fn push(mut self, run: Run) -> Self {
        self.runs.push(run);
        self
    }

    /// The words alone, as a reader hears them.
    #[cfg(test)]
    pub(super) fn words(&self) -> String {
        let mark = |mark: Mark| {
            let checked = mark.overdue.map(|day| format!(" (last checked {})", day.long()));
            format!("[{}]{}", mark.number, checked.unwrap_or_default())
        };
        self.runs.iter().map(|run| run.mark.map_or_else(|| run.text.clone(), mark)).collect()
    }
}

/// Words as a list in a sentence: `a`, `a and b`, `a, b and c`.
pub(super) fn listed<T: AsRef<str>>(words: &[T]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [firsts @ .., last] => {
            let firsts: Vec<&str> = firsts.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", firsts.join(", "), last.as_ref())
        }
    }
}

/// Search engines show about this much of a title and of a description.
pub(super) const TITLE: usize = 70;
pub(super) const DESCRIPTION: usize = 160;

/// The first of these that has at most so many letters, else the last.
pub(super) fn first_that_fits(texts: impl IntoIterator<Item = String>, most: usize) -> String {
    let mut last = String::new();
    for text in texts {
        if text.chars().count() <= most {
            return text;
        }
        last = text;
    }
    last
}

/// Those of the sentences, in their order, that fit into so many letters.
pub(super) fn fitting(sentences: impl IntoIterator<Item = String>, most: usize) -> String {
    let mut text = String::new();
    for sentence in sentences {
        let space = usize::from(!text.is_empty());
        if text.chars().count() + space + sentence.chars().count() <= most {
            text.push_str(if space == 1 { " " } else { "" });
            text.push_str(&sentence);
        }
    }
    text
}

/// Whether a name is so long that it needs smaller type at the head of a page.
pub(super) fn is_long_name(name: &str) -> bool {
    name.chars().count() > 22
}

/// `1,200`
pub(super) fn grouped(number: usize) -> String {
    // Most numbers have nothing to group: ranks of long lists are many.
    if number < 1_000 { number.to_string() } else { decimals(number.into(), 0) }
}

/// `1 model`, `1,200 models`
pub(super) fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(number))
}

/// The words with a capital in front.
pub(super) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The words with a full stop behind, unless they end a sentence already.
pub(super) fn sentence(words: &str) -> String {
    let words = words.trim();
    if words.is_empty() || words.ends_with(['.', '!', '?', '…']) { words.to_owned() } else { format!("{words}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_everything_that_it_places() {
        let text = Text::of("<i>&").link("a\"b", "x?a=\"><script>").date(Date::parse("2025-01").unwrap());
        let html = text.render().unwrap();
        assert!(!html.contains("<i>") && !html.contains("<script>"), "{html}");
        assert!(html.ends_with("<time datetime=\"2025-01\">Jan 2025</time>"), "{html}");
    }

    #[test]
    fn lists_read_like_sentences() {
        assert_eq!(listed::<&str>(&[]), "");
        assert_eq!(listed(&["a"]), "a");
        assert_eq!(listed(&["a", "b"]), "a and b");
        assert_eq!(listed(&["a", "b", "c"]), "a, b and c");
        assert_eq!(capital("éa b"), "Éa b");
        assert_eq!(sentence("Yes"), "Yes.");
        assert_eq!(sentence("Yes. "), "Yes.");
    }
}
