//! Every code that a diagnostic can have. Each has a paragraph in `docs/diagnostics.md` and a broken site in
//! `tests/fixtures/broken/`; tests hold them equal.

/// A code and, in one line, what it stands for, in the order of the alphabet.
pub const CODES: &[(&str, &str)] = &[
    ("absurd-number", "a number cannot be meant"),
    ("bad-file-name", "a file's name cannot be used on every system"),
    ("broken-anchor", "a link leads to no place of its page"),
    ("broken-link", "a link leads to no page of the site"),
    ("cache-above-input", "reading from the cache costs more than input"),
    ("capability-conflict", "a capability contradicts the modalities or the reasoning efforts"),
    ("comparison-size", "a comparison is not of two to four models"),
    ("control-character", "a text holds a character that cannot be shown"),
    ("damaged-manifest", "the record of the last build cannot be read"),
    ("dangling-symlink", "a symbolic link leads nowhere"),
    ("date-order", "dates are in an impossible order"),
    ("disagrees-with-source", "another catalogue has another number"),
    ("duplicate-fact", "the same fact is given twice"),
    ("duplicate-id", "two records have the same id"),
    ("duplicate-key", "a key is given twice"),
    ("duplicate-path", "two pages would have the same address"),
    ("empty-catalogue", "there is no model"),
    ("empty-text", "a text says nothing"),
    ("external-image", "an image of another site is shown as a link"),
    ("faq-without-answer", "a question has no answer"),
    ("faq-without-question", "an FAQ has text before its first question"),
    ("file-too-large", "a text file is larger than 8 MiB"),
    ("hidden-static", "a hidden file of static/ is not published"),
    ("host-limit", "the site is more than a host takes"),
    ("invalid-base-url", "base_url is not an http or https address"),
    ("invalid-date", "a date is not a date"),
    ("invalid-endpoint", "an endpoint is not a method and a path"),
    ("invalid-id", "a name cannot be made into a path"),
    ("invalid-path", "a file's path does not work on every host and system"),
    ("invalid-redirect", "an address cannot be redirected so"),
    ("invalid-toml", "a file is not valid TOML"),
    ("invalid-url", "an address is not a URL"),
    ("left-file", "a file of the last build was changed by somebody else and stays"),
    ("markdown-failed", "a Markdown file cannot be read"),
    ("missing-key", "a key that must be given is missing"),
    ("missing-source", "a fact has no source"),
    ("negative-number", "a number is below zero"),
    ("no-site-file", "content/site.toml is missing"),
    ("not-a-number", "a number is no decimal number"),
    ("not-minified", "a page is written as it is, since the minifier failed on it"),
    ("not-utf8", "a text file is not UTF-8"),
    ("orphan-file", "a text belongs to no model"),
    ("output-above-context", "max output is larger than the context window"),
    ("path-clash", "two files of the site would have the same path"),
    ("raw-html", "Markdown holds raw HTML"),
    ("retired-but-active", "a model is retired and active at once"),
    ("score-outside-scale", "a score is outside of its benchmark's scale"),
    ("stale-figure", "a figure was last checked longer ago than the site allows"),
    ("status-conflict", "the status does not fit the dates"),
    ("successor-circle", "successors go round in a circle"),
    ("symlink-folder", "a symbolic link leads to a folder"),
    ("symlink-outside", "a symbolic link leaves the site's folder"),
    ("unit-mismatch", "a score is in another unit than its benchmark"),
    ("unknown-benchmark", "no benchmark has this id"),
    ("unknown-category", "the category is not one of the site's"),
    ("unknown-developer", "no developer has this id"),
    ("unknown-file", "a file of content/ is ignored where it is"),
    ("unknown-key", "a key means nothing where it is"),
    ("unknown-model", "no model has this ID"),
    ("unknown-source", "no source has this key"),
    ("unknown-successor", "the successor is not in the catalogue"),
    ("unknown-word", "a word is not one of those to choose from"),
    ("unreachable-tier", "a context tier can never apply"),
    ("unreadable-file", "a file or folder cannot be read"),
    ("unsafe-url", "an address is of a kind that is not allowed"),
    ("unused-source", "a source is named and nothing refers to it"),
    ("wrong-type", "a value is of another type than it must be"),
];

/// What this code stands for, in one line.
#[must_use]
pub fn summary(code: &str) -> Option<&'static str> {
    CODES.iter().find(|(name, _)| *name == code).map(|(_, summary)| *summary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_none_is_there_twice() {
        assert!(CODES.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn a_code_has_a_summary() {
        assert_eq!(summary("unknown-key"), Some("a key means nothing where it is"));
        assert_eq!(summary("no-such-code"), None);
    }
}
