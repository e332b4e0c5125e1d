//! What is wrong in a TOML file, in the author's words.

use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue, Error};

use super::read::{Fault, Kind, Problem};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::suggest::{list, nearest};
use crate::files::{FileId, Origin, Span};

/// No more than this many findings of a kind are told of one file: such a file is broken as a whole, and telling costs
/// time for each.
pub(super) const TOLD: usize = 100;

/// A file that is being read, for messages about it.
pub(super) struct Subject<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    /// What the file is about, with its name: "model `openai/o3-mini`".
    pub(super) record: String,
}

impl Subject<'_> {
    fn origin(&self, span: Span) -> Origin {
        Origin { file: self.file, span }
    }

    /// "`price.input` of model `openai/o3-mini`", or the record alone for the top of the file.
    fn place(&self, keys: &[String]) -> String {
        if keys.is_empty() { self.record.clone() } else { format!("`{}` of {}", keys.join("."), self.record) }
    }

    /// The diagnostic for something that does not fit the content type.
    pub(super) fn problem(&self, problem: &Problem, table: &DeTable<'_>, top_keys: &[&str]) -> Diagnostic {
        let origin = self.origin(problem.span);
        match &problem.fault {
            Fault::UnknownKey { key, known } => {
                let keys = keys_to(table, problem.span).unwrap_or_default();
                let place = self.place(&keys);
                let diagnostic = Diagnostic::error("unknown-key", format!("unknown key `{key}` in {place}"))
                    .at(origin, "means nothing here");
                diagnostic.help(match nearest(key, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if !keys.is_empty() && top_keys.contains(&key.as_str()) => {
                        format!("`{key}` is a key of the file as a whole: move it above the first `[table]`")
                    }
                    None => format!("known keys: {}", list(known.iter().copied())),
                })
            }
            Fault::MissingKey(key) => {
                let place = self.place(&problem.keys);
                Diagnostic::error("missing-key", format!("{place} lacks the key `{key}`"))
                    .at(origin, format!("`{key}` must be given"))
            }
            Fault::WrongType { expected, found } => {
                let place = self.place(&problem.keys);
                let wanted = plain(expected);
                let written = self.text.get(problem.span.start()..problem.span.end()).unwrap_or_default();
                let found_words =
                    if *found == Kind::Boolean { format!("`{written}`") } else { found.name().to_owned() };
                let message = format!("{place}: expected {wanted}, found {found_words}");
                let diagnostic = Diagnostic::error("wrong-type", message).at(origin, format!("expected {wanted}"));
                match self.cure(problem, wanted, *found) {
                    Some(help) => diagnostic.help(help),
                    None => diagnostic,
                }
            }
            Fault::Blank => {
                let place = self.place(&problem.keys);
                Diagnostic::error("empty-text", format!("{place} says nothing"))
                    .at(origin, "no text")
                    .help("write it, or leave the key out if it is not known")
            }
            Fault::Unseen(c) => {
                let place = self.place(&problem.keys);
                Diagnostic::error("control-character", format!("{place} holds a character that cannot be shown"))
                    .at(origin, format!("U+{:04X} in it", u32::from(*c)))
                    .help("remove it; a new line is written `\\n`, or as itself between triple quotes")
            }
            Fault::TooLarge => {
                let place = self.place(&problem.keys);
                Diagnostic::error("absurd-number", format!("the number of {place} is too large to be meant"))
                    .at(origin, "too many digits")
            }
        }
    }

    fn cure(&self, problem: &Problem, wanted: &str, found: Kind) -> Option<String> {
        let written = self.text.get(problem.span.start()..problem.span.end())?;
        let keys = problem.keys.join(".");
        match (wanted, found) {
            ("a list", Kind::Table) => Some(format!("write `[[{keys}]]`, once for each entry of the list")),
            ("a table", Kind::TableList) => Some(format!("write `[{keys}]`, once")),
            ("a list", Kind::String | Kind::Number | Kind::Date) if is_short(written) => {
                Some(format!("put it in square brackets: `[{written}]`"))
            }
            ("a string", Kind::Number | Kind::Date) if is_short(written) => {
                Some(format!("put it in quotes: `\"{written}\"`"))
            }
            _ if wanted.starts_with("a number") && found == Kind::String => {
                let bare = written.trim_matches(['"', '\'']).replace([',', ' ', '$', '\''], "");
                bare.parse::<f64>().is_ok_and(f64::is_finite).then(|| format!("write it without quotes: `{bare}`"))
            }
            _ if wanted.starts_with("a date") && found == Kind::Number && is_short(written) => {
                Some(format!("put it in quotes: `\"{written}\"`"))
            }
            _ if wanted.starts_with("true") && found == Kind::String => {
                match written.trim_matches(['"', '\'']).trim().to_ascii_lowercase().as_str() {
                    "true" | "yes" => Some("write `true`, without quotes".to_owned()),
                    "false" | "no" => Some("write `false`, without quotes".to_owned()),
                    "unknown" | "" => Some("leave the key out: what is absent is unknown".to_owned()),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The diagnostics for what is not TOML: one a line, since the rest of a broken line is broken as well.
    pub(super) fn syntax(&self, errors: &[Error], table: &DeTable<'_>) -> Vec<Diagnostic> {
        let mut lines = BTreeSet::new();
        let mut found = Vec::new();
        let start = |error: &Error| error.span().unwrap_or_default().start;
        let broken = errors.iter().filter(|error| !is_duplicate(error)).map(start).min().unwrap_or(usize::MAX);
        for error in errors.iter().take(TOLD) {
            let span = Span::from(error.span().unwrap_or_default());
            if is_duplicate(error) {
                // Behind a broken header, keys seem to stand in a table where they do not.
                if span.start() < broken {
                    found.push(self.duplicate(span, table));
                }
                continue;
            }
            let start = crate::files::floor_char_boundary(self.text, span.start());
            if !lines.insert(self.text[..start].matches('\n').count()) {
                continue;
            }
            let reason = error.message().trim_end_matches(", expected nothing");
            let message = format!("{} is not valid TOML: {reason}", self.record);
            let diagnostic = Diagnostic::error("invalid-toml", message).at(self.origin(span), "");
            found.push(match self.syntax_cure(start) {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            });
        }
        found
    }

    fn syntax_cure(&self, offset: usize) -> Option<String> {
        let start = self.text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
        let line = self.text[start..].lines().next()?;
        let value = line.split_once('=')?.1.split('#').next()?.trim();
        let digits = |part: &str, count| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
        let (year, month) = value.split_once('-')?;
        (digits(year, 4) && digits(month, 2)).then(|| format!("a month without a day is put in quotes: `\"{value}\"`"))
    }

    fn duplicate(&self, span: Span, table: &DeTable<'_>) -> Diagnostic {
        let key = self.text.get(span.start()..span.end()).unwrap_or_default();
        let message = format!("the key `{key}` is given twice in {}", self.record);
        let diagnostic = Diagnostic::error("duplicate-key", message)
            .at(self.origin(span), "given again here")
            .help("keep one of the two; a list of tables is written with double brackets, `[[…]]`");
        match self.first_of(span, key, table) {
            Some(first) => diagnostic.at(self.origin(first), "first given here"),
            None => diagnostic,
        }
    }

    /// Where a key that is given twice stood first. The parser knows and does not tell.
    fn first_of(&self, again: Span, key: &str, table: &DeTable<'_>) -> Option<Span> {
        let line_start = self.text[..again.start()].rfind('\n').map_or(0, |newline| newline + 1);
        let line = self.text[line_start..].lines().next()?.trim();
        if line.starts_with('[') {
            // The parser keeps the later one of two tables; the earlier has the same header.
            let mut start = 0;
            for earlier in self.text[..line_start].split_inclusive('\n') {
                if earlier.trim() == line {
                    let at = start + earlier.rfind(key)?;
                    return Some(Span::from(at..at + key.len()));
                }
                start += earlier.len();
            }
            return None;
        }
        let mut before = None;
        each_key(table, &mut |span| {
            if span.start() < again.start() && self.text.get(span.start()..span.end()) == Some(key) {
                before = before.max(Some(span));
            }
        });
        before
    }
}

/// Drops a missing key where an unknown one was surely meant for it: that is one mistake, and said once.
pub(super) fn drop_echoes(problems: &mut BTreeSet<Problem>) {
    let meant: BTreeSet<_> = problems
        .iter()
        .filter_map(|problem| match &problem.fault {
            Fault::UnknownKey { key, known } => Some((problem.table, nearest(key, known.iter().copied())?)),
            _ => None,
        })
        .collect();
    problems.retain(|problem| match problem.fault {
        Fault::MissingKey(key) => !meant.contains(&(problem.table, key)),
        _ => true,
    });
}

/// Whether the file can still be read: the first of two equal keys is kept.
pub(super) fn is_duplicate(error: &Error) -> bool {
    error.message() == "duplicate key"
}

fn is_short(written: &str) -> bool {
    written.len() < 60 && !written.contains('\n')
}

/// The plain words for what a visitor expects.
fn plain(expected: &str) -> &str {
    match expected {
        "a sequence" => "a list",
        "a map" => "a table",
        "a boolean" => "true or false",
        other if other.starts_with("struct ") => "a table",
        other => other,
    }
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Number => "a number",
            Self::Boolean => "true or false",
            Self::Date => "a date",
            Self::List => "a list",
            Self::TableList => "a list of tables",
            Self::Table => "a table",
        }
    }
}

/// The keys from the top to the table that has a key at this place.
fn keys_to(table: &DeTable<'_>, key_span: Span) -> Option<Vec<String>> {
    if table.keys().any(|key| Span::from(key.span()) == key_span) {
        return Some(Vec::new());
    }
    table.iter().find_map(|(key, value)| {
        let mut keys = tables_in(value.get_ref()).find_map(|inner| keys_to(inner, key_span))?;
        keys.insert(0, key.get_ref().to_string());
        Some(keys)
    })
}

fn each_key(table: &DeTable<'_>, visit: &mut dyn FnMut(Span)) {
    for (key, value) in table {
        visit(key.span().into());
        tables_in(value.get_ref()).for_each(|inner| each_key(inner, visit));
    }
}

/// The tables that this value is, or that it lists.
fn tables_in<'a, 'i>(value: &'a DeValue<'i>) -> impl Iterator<Item = &'a DeTable<'i>> {
    let items = value.as_array().into_iter().flat_map(|list| list.iter());
    value.as_table().into_iter().chain(items.filter_map(|item| item.get_ref().as_table()))
}
